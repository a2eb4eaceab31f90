"""What the fields of a journey may name here: queues, hours, skills, tasks, other journeys, prompts."""

from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.document import Announce, Journey, Reason
from warmline.domain.journey.prompts import SPOKEN_SUFFIX
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.tasks import AnswerField, Tasks
from warmline.domain.journey.walk import steps_of
from warmline.features.journeys import store
from warmline.kernel.locale import Locale

EMERGENCY = "emergency"  # said everywhere, whether or not somebody has written one yet
Catalogues = Mapping[Locale, Mapping[str, str]]


class Named(Struct, frozen=True):
    """A queue or a calendar; its name in three languages."""

    id: str
    name: dict[str, str]


class NamedSkill(Struct, frozen=True):
    """A skill; `level`: the highest that somebody who works here has, 0 when nobody has it."""

    id: str
    name: dict[str, str]
    level: int


class NamedTask(Struct, frozen=True):
    """A task with its arguments and kinds of answers; `declared`: it takes these arguments and no others."""

    id: str
    declared: bool
    required: tuple[str, ...]
    optional: tuple[str, ...]
    secret: tuple[str, ...]
    answers: tuple[Mapping[str, AnswerField], ...]
    fields: tuple[str, ...]


class NamedJourney(Struct, frozen=True):
    """A published journey, module, survey or guide; `title`: the key of a prompt."""

    id: str
    kind: str
    title: str
    parameters: tuple[str, ...]


class NamedPrompt(Struct, frozen=True):
    """A prompt's key; `used_by`: the published journeys that name it themselves, sorted."""

    key: str
    used_by: tuple[str, ...]


class Names(Struct, frozen=True):
    """All names, each kind sorted."""

    queues: tuple[Named, ...]
    calendars: tuple[Named, ...]
    skills: tuple[NamedSkill, ...]
    tasks: tuple[NamedTask, ...]
    journeys: tuple[NamedJourney, ...]
    prompts: tuple[NamedPrompt, ...]
    intents: tuple[str, ...]  # reasons that published journeys declare
    slots: tuple[str, ...]  # where announcements are said


async def load_names(conn: asyncpg.Connection, tenant_id: str, tasks: Tasks, platform: Catalogues) -> Names:
    """Return everything a journey of this tenant may name."""
    levels = await store.skills(conn, tenant_id)
    skills = await _named(conn, "skill", tenant_id)
    documents = await store.documents(conn, tenant_id)
    library = {name: msgspec.convert(one, Journey) for name, one in documents.items()}
    own = await store.prompts(conn, tenant_id)
    written = {name.removesuffix(SPOKEN_SUFFIX) for texts in platform.values() for name in texts}
    slots = await conn.fetch("SELECT DISTINCT slot FROM announcement WHERE tenant_id = $1", tenant_id)
    return Names(
        queues=await _named(conn, "queue", tenant_id),
        calendars=await _named(conn, "calendar", tenant_id),
        skills=tuple(NamedSkill(one.id, one.name, levels.get(one.id, 0)) for one in skills),
        tasks=tasks_named(tasks),
        journeys=tuple(
            NamedJourney(one.id, one.kind, one.title, one.parameters)
            for one in sorted(library.values(), key=lambda journey: journey.id)
        ),
        prompts=prompts_named(written | {key for key, _ in own}, library),
        intents=_told(library.values(), Reason, "intent"),
        slots=tuple(
            sorted({EMERGENCY, *(row["slot"] for row in slots), *_told(library.values(), Announce, "slot")})
        ),
    )


async def _named(conn: asyncpg.Connection, table: str, tenant_id: str) -> tuple[Named, ...]:
    rows: list[Any] = await conn.fetch(
        f"SELECT id, name FROM {table} WHERE tenant_id = $1 ORDER BY id",
        tenant_id,
    )
    return tuple(Named(row["id"], row["name"]) for row in rows)


def tasks_named(tasks: Tasks) -> tuple[NamedTask, ...]:
    """Return the tasks a journey may invoke, sorted."""
    return tuple(
        NamedTask(
            id=name,
            declared=spec.required is not None,
            required=tuple(sorted(spec.required or ())),
            optional=tuple(sorted(spec.optional)),
            secret=tuple(sorted(spec.secret)),
            answers=spec.answers,
            fields=spec.fields,
        )
        for name, spec in sorted(tasks.items())
    )


def prompts_named(written: Iterable[str], library: Mapping[str, Journey]) -> tuple[NamedPrompt, ...]:
    """Return every prompt that is written or named, with the published journeys that name it."""
    used: dict[str, set[str]] = {key: set() for key in written}
    for name, journey in library.items():
        said = {key for step in steps_of(journey) for key in prompts_of(step)}
        for key in said | ({journey.title} - {""}):
            used.setdefault(key, set()).add(name)
    return tuple(NamedPrompt(key, tuple(sorted(used[key]))) for key in sorted(used))


def _told(journeys: Iterable[Journey], kind: type[Reason | Announce], field: str) -> tuple[str, ...]:
    found = {getattr(step, field) for one in journeys for step in steps_of(one) if isinstance(step, kind)}
    return tuple(sorted(found))
