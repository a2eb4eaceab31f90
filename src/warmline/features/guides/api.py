"""Guides over HTTP: what an agent can begin beside a contact, and every step of it."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field

from warmline.features.guides.service import Guide, Guides
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.locale import Locale
from warmline.ports.identity import AgentIdentity

User = Annotated[Session, Depends(require("guides.use"))]


def _reader(session: User, locale: Locale | None = None) -> AgentIdentity:
    """Return the agent, who reads guides in the language their screen speaks: it may be another than their own."""
    return session.identity if locale is None else replace(session.identity, locale=locale)


Reader = Annotated[AgentIdentity, Depends(_reader)]
NO_NUL = r"^[^\x00]*$"
Entry = Annotated[str, Field(max_length=4_000, pattern=NO_NUL)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ChoiceDoc(Strict):
    value: str
    label: str


class FieldDoc(Strict):
    """An entry of a card; `problem` says why an entry does not fit, `group` under which heading it folds."""

    name: str
    label: str
    kind: str
    required: bool
    options: list[ChoiceDoc]
    value: str
    problem: str
    group: str


class FilledDoc(Strict):
    label: str
    entry: str


class GuideDoc(Strict):
    """A guide beside a contact: the open card (none once `outcome` is set) and what was said on the way to it."""

    id: UUID
    journey_id: str
    title: str
    revision: int
    started_at: dt.datetime
    updated_at: dt.datetime
    updated_by: UUID
    outcome: str | None
    said: list[str]
    card_title: str
    texts: list[str]
    fields: list[FieldDoc]
    buttons: list[ChoiceDoc]
    problem: str
    may_go_back: bool
    filled: list[FilledDoc]


class OfferedDoc(Strict):
    """A guide that can be begun; `suggested`: it is made for the contact's reason."""

    journey_id: str
    title: str
    suggested: bool


class GuidesDoc(Strict):
    offered: list[OfferedDoc]
    begun: list[GuideDoc]


class StartIn(Strict):
    journey_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)


class StepIn(Strict):
    """`revision`: that of the guide as it was seen."""

    revision: Revision


class AnswerIn(StepIn):
    button: Annotated[str, Field(max_length=500, pattern=NO_NUL)] | None = None
    fields: Annotated[dict[Name, Entry], Field(max_length=40)] = {}


def _doc(guide: Guide) -> GuideDoc:
    row, now = guide.row, guide.state.now
    card = now.shown
    over = guide.state.outcome is not None
    return GuideDoc(
        id=row.id,
        journey_id=row.journey_id,
        title=guide.title,
        revision=row.revision,
        started_at=row.started_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        outcome=guide.state.outcome,
        said=list(card.said),
        card_title="" if over else card.title,
        texts=[] if over else list(card.texts),
        fields=[
            FieldDoc(
                name=one.name,
                label=one.label,
                kind=one.kind,
                required=one.required,
                options=[ChoiceDoc(value=o.value, label=o.label) for o in one.options],
                value=one.value,
                problem=one.problem,
                group=one.group,
            )
            for one in (() if over else card.fields)
        ],
        buttons=[] if over else [ChoiceDoc(value=one.value, label=one.label) for one in card.buttons],
        problem="" if over else card.problem,
        may_go_back=guide.state.may_go_back,
        filled=[FilledDoc(label=one.label, entry=one.entry) for one in now.filled],
    )


def guides_router(guides: Guides) -> APIRouter:
    """Return the routes under `/api/contacts/{contact_id}/guides`."""
    api = APIRouter(responses=PROBLEMS, tags=["guides"], prefix="/contacts/{contact_id}/guides")

    @api.get("")
    async def of_contact(contact_id: UUID, agent: Reader) -> GuidesDoc:
        """Return the guides there are for a contact, suggested ones first, and those begun, newest first."""
        offered, begun = await guides.of_contact(agent, contact_id)
        return GuidesDoc(
            offered=[
                OfferedDoc(journey_id=one.journey_id, title=one.title, suggested=one.suggested) for one in offered
            ],
            begun=[_doc(one) for one in begun],
        )

    @api.post("", status_code=201)
    async def start(contact_id: UUID, body: StartIn, agent: Reader) -> GuideDoc:
        """Begin a guide with what is known of the contact."""
        return _doc(await guides.start(agent, contact_id, body.journey_id))

    @api.post("/{guide_id}/answer")
    async def answer(contact_id: UUID, guide_id: UUID, body: AnswerIn, agent: Reader) -> GuideDoc:
        """Send the open card: its entries and the button pressed."""
        return _doc(
            await guides.answer(agent, contact_id, guide_id, body.revision, body.button, dict(body.fields))
        )

    @api.post("/{guide_id}/back")
    async def back(contact_id: UUID, guide_id: UUID, body: StepIn, agent: Reader) -> GuideDoc:
        """Go back to the card before."""
        return _doc(await guides.back(agent, contact_id, guide_id, body.revision))

    @api.post("/{guide_id}/close")
    async def close(contact_id: UUID, guide_id: UUID, body: StepIn, agent: Reader) -> GuideDoc:
        """Put a guide away before its end."""
        return _doc(await guides.close(agent, contact_id, guide_id, body.revision))

    return api
