"""What forms of the designer are made of, over HTTP: the schema of a document, and what its fields may name."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from pydantic import BaseModel

from warmline.domain.journey.schema import Kind, schema
from warmline.domain.journey.tasks import Tasks
from warmline.features.journeys.names import Catalogues, load_names
from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.runtime.database import Database

Reader = Annotated[Session, Depends(require("journeys.read"))]


class FieldDoc(BaseModel):
    """One field; `default`: what it holds when it is left out, or what something new begins with."""

    name: str
    kind: Kind
    required: bool
    optional: bool
    default: Any
    choices: list[str]
    least: float | None
    most: float | None


class ShapeDoc(BaseModel):
    """Something with fields; `kind` stands in the field `tag`. `leaves_out`: defaults are not written."""

    kind: str
    tag: str
    leaves_out: bool
    fields: list[FieldDoc]


class SchemaDoc(BaseModel):
    """Every kind of step, input, condition and value of a journey document."""

    steps: list[ShapeDoc]
    inputs: list[ShapeDoc]
    conditions: list[ShapeDoc]
    values: list[ShapeDoc]
    option: ShapeDoc
    entry: ShapeDoc
    journey: ShapeDoc


class NamedDoc(BaseModel):
    """A queue or calendar, with its name in three languages."""

    id: str
    name: dict[str, str]


class SkillDoc(NamedDoc):
    """A skill; `level`: the highest that somebody who works here has."""

    level: int


class AnswerFieldDoc(BaseModel):
    """One field of an answer; `optional`: it may be null."""

    kind: str = "unknown"
    optional: bool = False


class TaskDoc(BaseModel):
    """A task; `declared`: it takes `required` and `optional`, and nothing else. `answers`: fields of each kind."""

    id: str
    declared: bool
    required: list[str]
    optional: list[str]
    secret: list[str]
    answers: list[dict[str, AnswerFieldDoc]]
    fields: list[str]


class NamedJourneyDoc(BaseModel):
    """A published journey; `title`: the key of a prompt."""

    id: str
    kind: str
    title: str
    parameters: list[str]


class NamedPromptDoc(BaseModel):
    """A prompt's key, and the published journeys that name it."""

    key: str
    used_by: list[str]


class NamesDoc(BaseModel):
    """All that a journey may name here."""

    queues: list[NamedDoc]
    calendars: list[NamedDoc]
    skills: list[SkillDoc]
    tasks: list[TaskDoc]
    journeys: list[NamedJourneyDoc]
    prompts: list[NamedPromptDoc]
    intents: list[str]
    slots: list[str]


def router(database: Database, tasks: Callable[[str], Tasks], platform: Catalogues) -> APIRouter:
    """Return the routes under `/api`; they go before those of single journeys, whose ids would cover them.

    `tasks`: those of a company.
    """
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])
    shapes = SchemaDoc.model_validate(msgspec.to_builtins(schema()))

    @api.get("/journeys/schema")
    async def journey_schema(session: Reader) -> SchemaDoc:
        """Return what a document may hold, field by field, with defaults and ranges."""
        return shapes

    @api.get("/journeys/names")
    async def journey_names(session: Reader) -> NamesDoc:
        """Return what the fields of a journey may name: queues, hours, skills, tasks, journeys, prompts."""
        tenant_id = session.identity.tenant_id
        async with database.tenant(tenant_id) as conn:
            found = await load_names(conn, tenant_id, tasks(tenant_id), platform)
        return NamesDoc.model_validate(msgspec.to_builtins(found))

    return api
