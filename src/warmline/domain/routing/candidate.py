"""What a look at one agent finds: would be asked, and in which place, or why not."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

WhyNot = Literal[
    "queue",  # serves none of the queues the contact may be given from
    "skills",
    "team",
    "attributes",
    "off_shift",
    "not_available",  # on a break, in training, …
    "not_named",  # the contact is meant for somebody else alone
    "last_agent_first",  # somebody else helped this customer last and is asked first
    "passed_on",  # declined, missed or passed it on a moment ago
    "channel",  # takes no contacts of this channel
    "capacity",  # has as many contacts of this channel as allowed
    "exclusive",  # has something in hand beside which nothing else is offered
    "total",  # has as much in hand, over all channels, as allowed
    "later",  # may be asked once the contact has waited longer
    "reserved",  # kept for another queue
]


class Candidate(Struct, frozen=True, omit_defaults=True):
    """One agent. `rank`: 1 would be asked first. `opens_in_s`: until a later ring is reached."""

    agent_id: UUID
    fits: bool
    why_not: WhyNot | None = None
    rank: int | None = None
    ring: int | None = None
    opens_in_s: float | None = None
    kept_for: str | None = None  # the queue that keeps this agent
