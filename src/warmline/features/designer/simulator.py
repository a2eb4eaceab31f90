"""Journeys tried out before anybody meets them: the draft in hand, with all else as the company has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.hours import calendar as hours
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.case import Case, kept
from warmline.domain.journey.checker import reachable
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_words import cause_of_fault, sentence
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.codec import BadJourney, read_plain
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import FormField, HoursState
from warmline.domain.journey.path_play import playable, played
from warmline.domain.journey.rehearsal import Deed, Line, Pending, Rehearsal, of_trial
from warmline.domain.journey.stage import Library, Scenery, surroundings_of
from warmline.domain.journey.stand_ins import stand_in_answers
from warmline.domain.journey.tasks import Tasks, TasksOf, by_company
from warmline.features.contacts.settings_store import patience
from warmline.features.designer.limits import Progress, limited
from warmline.features.journeys import store
from warmline.features.journeys.proof import Catalogues, Ground, load_ground
from warmline.kernel.errors import INVALID, NOT_FOUND, Refused, declare
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database
from warmline.runtime.turns import Turns

NOT_PLAYABLE = declare(
    "designer.path_not_playable",
    409,
    "This path cannot be played as a conversation: it begins in the middle of a fault, or in another draft.",
    "Read its transcript, or check again and play the path found then.",
)
AT_MOST_S = 20.0
AT_ONCE = 2  # conversations are arithmetic: more at once would only each be slower
RETURNED = "returned"  # how a module on trial ends


class Awaited(Struct, frozen=True):
    """What the customer may do now. `kind`: input, task, queue, survey, voicemail or empty.

    `options` are quick replies as (value, label); `keys`: how many make an answer, at least and at most.
    """

    kind: str
    place: str
    input_kind: str | None
    secret: bool
    options: tuple[tuple[str, str], ...]
    keys: tuple[int, int] | None
    fields: tuple[FormField, ...]  # of a card
    pending: tuple[Pending, ...]


class Simulated(Struct, frozen=True):
    """A conversation so far. `case` is it as it can be kept; `answers`: what each task could answer."""

    lines: tuple[Line, ...]
    trail: tuple[str, ...]
    variables: dict[str, object]
    awaited: Awaited
    ended: str | None
    problems: tuple[str, ...]
    now: datetime
    at_s: float
    locale: Locale
    case: Case
    answers: dict[str, tuple[dict[str, object], ...]]
    calendars: tuple[str, ...]
    queues: tuple[str, ...]


class Libraries:
    """What a tenant's conversations are held in."""

    def __init__(self, database: Database, platform: Catalogues, tasks: Tasks | TasksOf) -> None:
        self._database = database
        self._platform = platform
        self._tasks = by_company(tasks)

    async def ground(self, tenant_id: str) -> Ground:
        async with self._database.tenant(tenant_id) as conn:
            return await load_ground(conn, tenant_id)

    async def of(self, tenant_id: str, ground: Ground, draft: Journey | None = None) -> Library:
        """Return all that is published, with a draft in place of what it replaces."""
        async with self._database.tenant(tenant_id) as conn:
            calendars = await _calendars(conn, tenant_id)
            person_after = await patience(conn, tenant_id)
        journeys = ground.library() | ({} if draft is None else {draft.id: draft})
        texts = PromptSource(ground.catalogues(self._platform))

        def state(calendar: str, now: datetime) -> HoursState:
            known = calendars.get(calendar)
            return "open" if known is None else hours.state(known, now)

        stand_ins = stand_in_answers(journeys, self._tasks(tenant_id))
        return Library(journeys, texts, stand_ins, state, person_after)

    async def along(
        self,
        tenant_id: str,
        journey: Journey,
        began_with: str,
        path: Sequence[Stimulus],
        channel: str,
        locale: Locale,
    ) -> tuple[Scenery, tuple[Deed, ...]]:
        """Return the scenery and the deeds of a path that the checker told. Raises Refused."""
        library = await self.of(tenant_id, await self.ground(tenant_id), journey)
        if not playable(path):
            raise Refused(NOT_PLAYABLE)
        try:
            return played(began_with, path, library.journeys, library.texts, channel, locale)
        except (KeyError, ValueError):  # of another draft, or not of the checker at all
            raise Refused(NOT_PLAYABLE) from None

    async def chosen(
        self, tenant_id: str, document: Mapping[str, Any] | None, journey_id: str | None, version: int | None
    ) -> Journey:
        """Return the journey to be tried: a draft, else a published version. Raises Refused."""
        if document is not None:
            return read_draft(document)
        async with self._database.tenant(tenant_id) as conn:
            found = await store.document(conn, tenant_id, journey_id or "", version)
        if found is None:
            raise Refused(NOT_FOUND, what="journey")
        return read_draft(found[1])


class Simulator:
    """Holds conversations with journeys, from their beginning each time: nothing is kept between two requests."""

    def __init__(self, libraries: Libraries, at_most_s: float = AT_MOST_S) -> None:
        self._libraries = libraries
        self._at_most_s = at_most_s
        self._turns = Turns(AT_ONCE)

    async def play(
        self,
        tenant_id: str,
        journey: Journey,
        scenery: Scenery,
        deeds: Sequence[Deed],
        locale: Locale = "en",
    ) -> Simulated:
        """Return what comes of these deeds; problems are told in `locale`.

        Raises Refused `designer.too_long`, `designer.no_turn`.
        """
        library = await self._libraries.of(tenant_id, await self._libraries.ground(tenant_id), journey)

        def work(_: Progress) -> Simulated:
            return _played(journey, library, scenery, deeds, locale)

        return await limited(self._turns, tenant_id, work, self._at_most_s)


def read_draft(document: Mapping[str, Any]) -> Journey:
    """Read a journey document. Raises Refused `invalid` naming the places that do not fit."""
    try:
        return read_plain(document)
    except BadJourney as bad:
        raise Refused(INVALID, field="document", reason=" ".join(bad.problems[:20]).rstrip(".")) from None


def _played(
    journey: Journey, library: Library, scenery: Scenery, deeds: Sequence[Deed], locale: Locale
) -> Simulated:
    talk = Rehearsal(journey.id, library, scenery)
    talk.play(deeds)
    near = [library.journeys[one] for one in reachable(journey.id, library.journeys)]
    calendars, queues = surroundings_of(near)
    tasks = stand_in_answers({one.id: one for one in near}, {})
    away = of_trial(talk.place)  # a module that has come back to who called it
    lines = tuple(line for line in talk.record if not of_trial(line.place))
    return Simulated(
        lines,
        tuple(place for place in talk.trail if not of_trial(place)),
        {} if away else dict(talk.variables()),
        _awaited(talk),
        RETURNED if away and talk.ended else talk.ended,
        tuple(_told(one, locale) for one in talk.problems),
        talk.now,
        talk.at_s,
        talk.session.locale,
        kept("", journey.id, scenery, deeds, talk),
        {task: library.stand_ins[task] for task in tasks},
        tuple(calendars),
        tuple(queues),
    )


def _awaited(talk: Rehearsal) -> Awaited:
    waiting = None if talk.ended else talk.session.waiting
    open_question = waiting is not None and waiting.kind in ("input", "survey", "queue")
    return Awaited(
        "" if waiting is None else waiting.kind,
        "" if of_trial(talk.place) else talk.place,
        talk.input_kind if open_question else None,
        talk.secret_next,
        tuple((one.value, one.label) for one in talk.taps) if open_question else (),
        talk.keys if open_question else None,
        talk.form.fields if open_question and talk.form is not None else (),
        () if waiting is None else tuple(talk.pending()),
    )


def _told(problem: str, locale: Locale) -> str:
    cause = cause_of_fault(problem)
    return cause.details.get("why") or sentence(cause, locale)[0]


async def _calendars(conn: asyncpg.Connection, tenant_id: str) -> dict[str, Calendar]:
    rows = await conn.fetch(
        "SELECT id, time_zone, country, weekly, exceptions, emergency FROM calendar WHERE tenant_id = $1",
        tenant_id,
    )
    return {row["id"]: msgspec.convert(dict(row), Calendar) for row in rows}
