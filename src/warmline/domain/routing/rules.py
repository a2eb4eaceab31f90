"""What a company sets about routing: how a queue is served, and what an agent can do at once.

Stored as JSON (column `queue.rules`, column `routing_profile.media`); the same documents feed the live router, the
preview and the digital twin. Everything has a default that behaves like a plain queue.
"""

from typing import Literal

from msgspec import Struct

from warmline.domain.contact.model import SkillNeed

Selection = Literal["longest_idle", "spare_capacity", "round_robin", "fewest", "best_level", "least_occupied"]
AtMaxWait = Literal["callback", "message", "stay"]


class Ring(Struct, frozen=True, omit_defaults=True):
    """From `after_s` of waiting on, these agents may be asked as well. Rings only ever add agents, never take any.

    An agent fits a ring who serves `queue_id` (None: the contact's own), has the skills (`match` all or any of
    them), is in one of `teams` (none: any team) and has every one of `attributes`.
    """

    after_s: float = 0
    queue_id: str | None = None
    skills: tuple[SkillNeed, ...] = ()
    match: Literal["all", "any"] = "all"
    teams: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


class CallbackRules(Struct, frozen=True, omit_defaults=True):
    """How promised calls are kept: the customer keeps the place in line."""

    offered: bool = False
    offer_after_s: float = 60
    order: Literal["customer_first", "agent_first"] = "agent_first"
    attempts: int = 3
    retry_s: float = 600  # between two attempts
    confirm_s: float = 120  # how long a customer asked first may take to answer


class QueueRules(Struct, frozen=True, omit_defaults=True):
    """How one queue is served.

    `weight`: how fast urgency grows with waiting, compared with other queues of the same rank (0.1 to 10).
    `reserve`: so many idle agents are kept for this queue: others' contacts do not get them.
    `broadcast`: so many agents are offered a contact at once; the first to accept wins (1 to 20).
    `relax_skills_after_s`: then skills asked for are no longer needed, languages still are.
    """

    weight: float = 1.0
    selection: Selection = "longest_idle"
    reserve: int = 0
    broadcast: int = 1
    rings: tuple[Ring, ...] = ()
    relax_skills_after_s: float | None = None
    overflow_queue_id: str | None = None
    overflow_after_s: float = 300
    max_wait_s: float | None = None
    at_max_wait: AtMaxWait = "stay"
    leave_when_empty: bool = False  # nobody on shift any more: waiting customers are told and helped otherwise
    callback: CallbackRules = CallbackRules()


class MediaRules(Struct, frozen=True, omit_defaults=True):
    """What an agent of a profile can do at once, beyond so many contacts per channel.

    `weights`: what one contact of a channel costs (1 unless set); `total`: what an agent can carry (None: no
    bound). `exclusive`: while such a contact is in hand, nothing else is offered. `interrupts`: pairs (by, what):
    a contact `by` may be offered as if contacts `what` in hand were not there.
    """

    weights: dict[str, int] = {}
    total: int | None = None
    exclusive: tuple[str, ...] = ()
    interrupts: tuple[tuple[str, str], ...] = ()
