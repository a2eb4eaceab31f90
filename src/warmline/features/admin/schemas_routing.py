"""How a queue is served and what an agent can do at once, as the interface takes and gives it.

Source of meaning: `domain/routing/rules.py`; here are the limits.
"""

from typing import Annotated

from pydantic import Field, model_validator

from warmline.domain.routing.rules import AtMaxWait, Selection
from warmline.features.admin.fields import Channel, Label, Names, Slug, Strict, Version, unique

Seconds = Annotated[float, Field(ge=0, le=86_400)]
Pair = Annotated[list[Label], Field(min_length=2, max_length=2)]


class Need(Strict):
    """A skill at a level (1 to 5) or above."""

    skill: Slug
    level: Annotated[int, Field(ge=1, le=5)] = 1


class RingRules(Strict):
    """From `after_s` of waiting on, these agents may be asked as well. `queue_id` empty: the queue itself."""

    after_s: Seconds = 0
    queue_id: Slug | None = None
    skills: Annotated[list[Need], Field(max_length=20)] = Field(default_factory=list)
    match: Annotated[str, Field(pattern="^(all|any)$", description="all of the skills, or any of them")] = "all"
    teams: Annotated[list[Label], Field(max_length=20)] = Field(default_factory=list)
    attributes: Annotated[list[Pair], Field(max_length=20, description="pairs of name and value")] = Field(
        default_factory=list
    )

    @model_validator(mode="after")
    def _once(self) -> "RingRules":
        unique([need.skill for need in self.skills], "skill")
        unique(self.teams, "team")
        return self


class Callbacks(Strict):
    """How promised calls are kept: the customer keeps the place in line."""

    offered: bool = False
    offer_after_s: Seconds = 60
    order: Annotated[str, Field(pattern="^(customer_first|agent_first)$")] = "agent_first"
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    retry_s: Annotated[float, Field(ge=30, le=86_400)] = 600
    confirm_s: Annotated[float, Field(ge=15, le=3600)] = 120


class QueueService(Strict):
    """How one queue is served; everything left out behaves like a plain queue."""

    weight: Annotated[float, Field(ge=0.1, le=10)] = 1.0
    selection: Selection = "longest_idle"
    reserve: Annotated[int, Field(ge=0, le=1000, description="Idle agents kept for this queue")] = 0
    broadcast: Annotated[int, Field(ge=1, le=20, description="So many are asked at once")] = 1
    rings: Annotated[list[RingRules], Field(max_length=10)] = Field(default_factory=list)
    relax_skills_after_s: Seconds | None = None
    overflow_queue_id: Slug | None = None
    overflow_after_s: Seconds = 300
    max_wait_s: Annotated[float, Field(ge=10, le=86_400)] | None = None
    at_max_wait: AtMaxWait = "stay"
    leave_when_empty: bool = False
    callback: Callbacks = Field(default_factory=Callbacks)

    @model_validator(mode="after")
    def _makes_sense(self) -> "QueueService":
        if self.at_max_wait == "callback" and not self.callback.offered:
            raise ValueError("at_max_wait is callback, but the queue does not offer callbacks")
        starts = [ring.after_s for ring in self.rings]
        if starts != sorted(starts):
            raise ValueError("rings stand in the order of after_s, the first one first")
        return self


class Media(Strict):
    """What an agent can do at once, beyond so many contacts per channel."""

    weights: Annotated[dict[Channel, Annotated[int, Field(ge=0, le=100)]], Field(max_length=10)] = Field(
        default_factory=dict
    )
    total: Annotated[int, Field(ge=1, le=1000)] | None = None
    exclusive: Annotated[list[Channel], Field(max_length=10)] = Field(default_factory=list)
    interrupts: Annotated[
        list[Annotated[list[Channel], Field(min_length=2, max_length=2)]],
        Field(max_length=50, description="pairs: the first may come while the second is in hand"),
    ] = Field(default_factory=list)

    @model_validator(mode="after")
    def _once(self) -> "Media":
        unique(list(self.exclusive), "channel")
        if self.total is not None:
            heavy = [channel for channel, weight in self.weights.items() if weight > self.total]
            if heavy:
                raise ValueError(f"one contact of {heavy[0]} costs more than the total of {self.total}")
        return self


class PauseReasonBody(Strict):
    """Why somebody is away, as agents choose it."""

    name: Names
    paid: bool = True
    position: Annotated[int, Field(ge=1, le=1000, description="Place in the menu, 1 is first")] = 1


class PauseReasonNew(PauseReasonBody):
    id: Slug


class PauseReasonChange(PauseReasonBody):
    version: Version


class PauseReason(PauseReasonChange):
    id: Slug
