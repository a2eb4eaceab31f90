"""REST: who would get this contact, and why not the others."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from warmline.domain.contact.queueing import needed
from warmline.features.contacts.facts import FactsHouse
from warmline.features.desk.routing_preview import Asked, Named, RoutingPreview
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now

SkillLevel = Annotated[int, Field(ge=1, le=5)]


class Question(BaseModel):
    """A contact as it might come: what it asks for, and how long it has waited."""

    model_config = ConfigDict(extra="forbid")
    queue_id: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
    channel: Annotated[str, Field(max_length=40, pattern=r"^[a-z]+$")] = "webchat"
    locale: Locale
    skills: Annotated[dict[Annotated[str, Field(max_length=100)], SkillLevel], Field(max_length=20)] = Field(
        default_factory=dict
    )
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    waited_s: Annotated[float, Field(ge=0, le=86_400)] = 0


class CandidateOut(BaseModel):
    """One agent. `rank`: 1 would be asked first. `why_not`: the first thing in the way."""

    agent_id: UUID
    name: str
    rank: int | None
    ring: int | None
    why_not: str | None
    opens_in_s: float | None
    kept_for: str | None


class Explanation(BaseModel):
    """Everybody: those who fit in the order of asking, then the others."""

    items: list[CandidateOut]


def router(preview: RoutingPreview, facts: FactsHouse) -> APIRouter:
    """Return the routes `POST /routing/preview` and `GET /routing/preview/{contact_id}`."""
    api = APIRouter(responses=PROBLEMS, tags=["routing"])
    reader = Annotated[Session, Depends(require("routing.preview"))]

    @api.post("/routing/preview")
    async def imagined(
        question: Question,
        session: reader,  # pyright: ignore[reportInvalidTypeForm]
    ) -> Explanation:
        """Return who would get a contact like this now. The customer's language counts as in a real queue."""
        tenant_id: str = session.identity.tenant_id
        policy = (await facts.of(tenant_id)).policy(question.queue_id)
        skills = needed(policy, question.locale, question.skills)
        asked = Asked(question.queue_id, question.channel, question.priority, skills, question.waited_s)
        return _explanation(await preview.of_asked(tenant_id, asked, utc_now()))

    @api.get("/routing/preview/{contact_id}")
    async def waiting(
        contact_id: UUID,
        session: reader,  # pyright: ignore[reportInvalidTypeForm]
    ) -> Explanation:
        """Return who would get a waiting contact now."""
        return _explanation(await preview.of_contact(session.identity.tenant_id, contact_id, utc_now()))

    return api


def _explanation(found: list[Named]) -> Explanation:
    return Explanation(
        items=[
            CandidateOut(
                agent_id=one.agent_id,
                name=one.name,
                rank=one.candidate.rank,
                ring=one.candidate.ring,
                why_not=one.candidate.why_not,
                opens_in_s=one.candidate.opens_in_s,
                kept_for=one.candidate.kept_for,
            )
            for one in found
        ]
    )
