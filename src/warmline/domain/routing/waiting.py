"""A contact in line as the engine is told of it, and what the engine answers: whom to offer it to."""

from datetime import datetime
from typing import Final

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.ids import Id
from warmline.domain.routing.reasons import Reason, sentence
from warmline.domain.routing.rules import Ring

_FIELDS: Final = (
    "channel", "entered_at", "id", "only_agent_id", "passed_on_by", "passed_on_until", "preferred_agent_id",
    "preferred_until", "priority", "queue_id", "rings", "skills",
)  # fmt: skip


class WaitingContact:
    """A contact in line. `entered_at` is its age key; priority 1 (most urgent) to 9; `rings` let more help.

    `passed_on_by` is the agent who passed it on and is not asked before `passed_on_until`. Nothing of it ever
    changes: another wish makes another one. A plain object, because the twin makes one for every contact.
    """

    __slots__ = _FIELDS

    def __init__(
        self, id: Id, queue_id: str, channel: str, entered_at: datetime, priority: int = 5,
        skills: tuple[SkillNeed, ...] = (), preferred_agent_id: Id | None = None,
        preferred_until: datetime | None = None, only_agent_id: Id | None = None, passed_on_by: Id | None = None,
        passed_on_until: datetime | None = None, rings: tuple[Ring, ...] = (),
    ) -> None:  # fmt: skip
        self.id = id
        self.queue_id = queue_id
        self.channel = channel
        self.entered_at = entered_at
        self.priority = priority
        self.skills = skills
        self.preferred_agent_id = preferred_agent_id
        self.preferred_until = preferred_until
        self.only_agent_id = only_agent_id
        self.passed_on_by = passed_on_by
        self.passed_on_until = passed_on_until
        self.rings = rings

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WaitingContact):
            return False
        return all(getattr(self, field) == getattr(other, field) for field in _FIELDS)

    def __repr__(self) -> str:
        return f"WaitingContact({', '.join(f'{field}={getattr(self, field)!r}' for field in _FIELDS)})"

    def moved_to(self, queue_id: str) -> "WaitingContact":
        """Return it in another queue."""
        return WaitingContact(
            self.id, queue_id, self.channel, self.entered_at, self.priority, self.skills, self.preferred_agent_id,
            self.preferred_until, self.only_agent_id, self.passed_on_by, self.passed_on_until, self.rings,
        )  # fmt: skip

    def wishing(
        self, preferred_agent_id: Id | None = None, preferred_until: datetime | None = None,
        only_agent_id: Id | None = None,
    ) -> "WaitingContact":  # fmt: skip
        """Return it with these wishes about persons; without any, it may be offered to whoever fits."""
        return WaitingContact(
            self.id, self.queue_id, self.channel, self.entered_at, self.priority, self.skills, preferred_agent_id,
            preferred_until, only_agent_id, self.passed_on_by, self.passed_on_until, self.rings,
        )  # fmt: skip

    def widened_by(self, rings: tuple[Ring, ...]) -> "WaitingContact":
        """Return it with these rings."""
        return WaitingContact(
            self.id, self.queue_id, self.channel, self.entered_at, self.priority, self.skills,
            self.preferred_agent_id, self.preferred_until, self.only_agent_id, self.passed_on_by,
            self.passed_on_until, rings,
        )  # fmt: skip


class Match:
    """Offer this contact to this agent, and at the same time to those in `also`; `why` tells the reason."""

    __slots__ = ("agent_id", "also", "contact_id", "queue_id", "why")

    def __init__(
        self, contact_id: Id, agent_id: Id, queue_id: str, why: Reason, also: tuple[Id, ...] = ()
    ) -> None:
        self.contact_id = contact_id
        self.agent_id = agent_id
        self.queue_id = queue_id
        self.why = why
        self.also = also

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return False
        mine = (self.contact_id, self.agent_id, self.queue_id, self.why, self.also)
        return mine == (other.contact_id, other.agent_id, other.queue_id, other.why, other.also)

    def __repr__(self) -> str:
        return f"Match({self.contact_id} to {self.agent_id}, also {self.also}: {self.why})"

    @property
    def reason(self) -> str:
        """The reason as one English sentence."""
        return sentence(self.why)
