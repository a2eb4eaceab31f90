"""What a proof stands on, and which published journeys a change can touch: proved before it is written."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.checker import reachable
from warmline.domain.journey.checker_replay import trial_of
from warmline.domain.journey.checker_report import Problem, Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_tags import Duty, duties_of
from warmline.domain.journey.document import CallModule, Journey, TransferJourney
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, Hole, compile_template
from warmline.domain.journey.prompts_used import prompts_of, words_of
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import steps_of
from warmline.features.journeys import store
from warmline.features.journeys.store import PromptChannel
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import LOCALES, Locale

PROOF_AT_MOST_S = 120.0
TOO_LONG = declare(
    "journeys.too_long",
    409,
    "Proving this change takes longer than {seconds} seconds; {proved} of {journeys} journeys were proved.",
    "Nothing was saved. Try again when the machine is less busy, or split the largest journeys.",
)

Catalogues = Mapping[Locale, Mapping[str, str]]


class Checker(Protocol):
    """Prove a journey: `warmline.domain.journey.checker.check` is one."""

    def __call__(
        self,
        journey_id: str,
        library: Mapping[str, Journey],
        world: World,
        catalogues: Catalogues,
        channel: str = "webchat",
        *,
        locale: Locale = "en",
    ) -> Report: ...


class Ground(Struct, frozen=True):
    """All of a tenant's settings that a verdict depends on; equal grounds give equal verdicts."""

    published: dict[str, dict[str, Any]]
    queues: frozenset[str]
    calendars: frozenset[str]
    skills: dict[str, int]
    own: dict[tuple[str, str], dict[Locale, str]]
    entries: frozenset[str]
    duties: dict[str, Duty] = {}  # by contact reason

    def library(self) -> dict[str, Journey]:
        return {name: msgspec.convert(one, Journey) for name, one in self.published.items()}

    def catalogues(self, platform: Catalogues) -> dict[Locale, dict[str, str]]:
        """Return the texts as customers get them: the tenant's own in place of the platform's."""
        merged: dict[Locale, dict[str, str]] = {one: dict(platform.get(one, {})) for one in LOCALES}
        for (key, channel), texts in self.own.items():
            for locale, text in texts.items():
                merged[locale][_name(key, channel)] = text
        return merged


async def load_ground(conn: asyncpg.Connection, tenant_id: str) -> Ground:
    queues, calendars = await store.names(conn, tenant_id)
    return Ground(
        await store.documents(conn, tenant_id),
        queues,
        calendars,
        await store.skills(conn, tenant_id),
        await store.prompts(conn, tenant_id),
        await store.entries(conn, tenant_id),
        await store.duties(conn, tenant_id),
    )


class Proof:
    """Runs the checker over everything a change touches, one proof at a time, off the loop."""

    def __init__(self, checker: Checker, platform: Catalogues, tasks: Tasks, at_most_s: float = PROOF_AT_MOST_S):
        self._checker = checker
        self._platform = platform
        self._tasks = dict(tasks)
        self._at_most_s = at_most_s
        self._turn = asyncio.Semaphore(1)  # it is all arithmetic: two at once would only both be slower

    async def of_draft(self, ground: Ground, journey: Journey, locale: Locale) -> list[Report]:
        """Return the verdicts on a draft and on every published journey that leads through it."""
        library = ground.library() | {journey.id: journey}
        affected = [journey.id, *leading_through(journey.id, library)]
        if journey.kind == "module":  # it comes back to a caller, so it is proved by being called
            trial = trial_of(journey)
            library[trial.id] = trial
            affected[0] = trial.id
            if journey.id in ground.entries:  # somebody still begins with it, and nobody will have called it
                affected.insert(1, journey.id)
        entered = [one for one in affected if one == journey.id or library[one].kind != "module"]
        catalogues = ground.catalogues(self._platform)
        return [report async for report in self._reports(entered, ground, library, catalogues, "webchat", locale)]

    async def of_all(self, ground: Ground, locale: Locale) -> list[Report]:
        """Return the verdicts on everything that is published and that customers can begin with."""
        library = ground.library()
        entered = [name for name in sorted(library) if library[name].kind != "module"]
        catalogues = ground.catalogues(self._platform)
        return [report async for report in self._reports(entered, ground, library, catalogues, "webchat", locale)]

    async def of_these(self, ground: Ground, journey_ids: list[str], locale: Locale) -> list[Report]:
        """Return the verdicts on some of what is published, each by itself."""
        library, catalogues = ground.library(), ground.catalogues(self._platform)
        return [
            report async for report in self._reports(journey_ids, ground, library, catalogues, "webchat", locale)
        ]

    def saying(self, ground: Ground, keys: Iterable[str]) -> list[str]:
        """Return the journeys, sorted, whose customers may meet one of these prompts."""
        library = ground.library()
        platform = {key for texts in self._platform.values() for key in texts}
        return sorted({one for key in keys for one in journeys_saying(key, library, platform=key in platform)})

    async def of_prompt(
        self, ground: Ground, key: str, channel: PromptChannel, texts: Mapping[Locale, str], locale: Locale
    ) -> Report | None:
        """Return the verdict on the first published journey that new texts break, None if they break none.

        What was broken before does not count, else no text could be mended while anything is wrong.
        """
        library = ground.library()
        before = ground.catalogues(self._platform)
        name = _name(key, channel)
        if all(_fills_alike(before[one].get(name), text) for one, text in texts.items()) and not _heard(
            key, library
        ):
            return None
        after: dict[Locale, dict[str, str]] = {
            one: {**before[one], **({name: texts[one]} if one in texts else {})} for one in LOCALES
        }
        affected = journeys_saying(
            key, library, platform=any(key in self._platform.get(one, {}) for one in LOCALES)
        )
        medium = "voice" if channel == "spoken" else "webchat"
        async for report in self._reports(affected, ground, library, after, medium, locale):
            if report.ok:
                continue
            earlier = {_mark(one) for one in await self._problems(report.journey, ground, library, before, medium)}
            fresh = tuple(problem for problem in report.problems if _mark(problem) not in earlier)
            if fresh:
                return msgspec.structs.replace(report, problems=fresh)
        return None

    async def of_duties(self, before: Ground, after: Ground, locale: Locale) -> Report | None:
        """Return the verdict on the first published journey that breaks new duties, None if all keep them.

        What was broken before does not count.
        """
        library, catalogues = after.library(), after.catalogues(self._platform)
        owed, owes = duties_of(library, before.duties), duties_of(library, after.duties)
        changed = {name for name in library if owed[name] != owes[name]}
        entered = [name for name in sorted(library) if library[name].kind != "module"]
        affected = [name for name in entered if not changed.isdisjoint(reachable(name, library))]
        affected.sort(key=lambda name: name not in changed)  # told of the journey itself, not of who leads to it
        async for report in self._reports(affected, after, library, catalogues, "webchat", locale):
            if report.ok:
                continue
            found = await self._problems(report.journey, before, library, catalogues, "webchat")
            earlier = {_mark(one) for one in found}
            fresh = tuple(problem for problem in report.problems if _mark(problem) not in earlier)
            if fresh:
                return msgspec.structs.replace(report, problems=fresh)
        return None

    async def _problems(
        self, journey_id: str, ground: Ground, library: Mapping[str, Journey], catalogues: Catalogues, medium: str
    ) -> tuple[Problem, ...]:
        async for report in self._reports([journey_id], ground, library, catalogues, medium, "en"):
            return report.problems
        return ()

    async def _reports(
        self,
        journey_ids: list[str],
        ground: Ground,
        library: Mapping[str, Journey],
        catalogues: Catalogues,
        medium: str,
        locale: Locale,
    ):
        """Yield one verdict after the other. Raises Refused `journeys.too_long`."""
        world = World(ground.queues, ground.calendars, self._tasks, ground.skills, ground.duties)
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number, journey_id in enumerate(journey_ids):
            if loop.time() - began > self._at_most_s:
                details = {"seconds": int(self._at_most_s), "proved": number, "journeys": len(journey_ids)}
                raise Refused(TOO_LONG, **details)
            async with self._turn:
                # The proof walks every path: a second of arithmetic, not for the loop.
                report = await asyncio.to_thread(
                    self._checker, journey_id, library, world, catalogues, medium, locale=locale
                )
            yield report


def journeys_saying(key: str, library: Mapping[str, Journey], *, platform: bool) -> list[str]:
    """Return the journeys, sorted, whose customers may meet a prompt; a `platform` prompt may come up anywhere.

    A module that nobody calls is proved by being published anew, so it does not count.
    """
    saying = {
        name for name, one in library.items() if platform or any(key in prompts_of(s) for s in steps_of(one))
    }
    entered = [name for name in sorted(library) if library[name].kind != "module"]
    return [name for name in entered if not saying.isdisjoint(reachable(name, library))]


def leading_through(target: str, library: Mapping[str, Journey]) -> list[str]:
    """Return the journeys, sorted, from which customers can come to `target`, modules included."""
    onward = {name: _onward(journey) for name, journey in library.items()}
    found: set[str] = {target}
    while fresh := {name for name, to in onward.items() if to & found and name not in found}:
        found |= fresh
    return sorted(found - {target})


def _onward(journey: Journey) -> set[str]:
    found: set[str] = set()
    for step in steps_of(journey):
        match step:
            case CallModule(target) | TransferJourney(target):
                found.add(target)
            case _:
                pass
    return found


def _name(key: str, channel: str) -> str:
    return key + (SPOKEN_SUFFIX if channel == "spoken" else "")


def _fills_alike(before: str | None, after: str) -> bool:
    """Tell whether a text wants no value, and none in another form, than the one that was proved."""
    return before is not None and set(_holes(after)) <= set(_holes(before))


def _holes(template: str) -> Iterable[tuple[str, str, str]]:
    parts = compile_template(template)
    return [(part.path, part.format, part.argument) for part in parts if isinstance(part, Hole)]


def _heard(key: str, library: Mapping[str, Journey]) -> bool:
    """Tell whether customers' words are compared with this text: then its letters decide where they go."""
    return ".words." in key or any(key in words_of(step) for one in library.values() for step in steps_of(one))


def _mark(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.journey, problem.section, str(sorted(problem.cause.details.items()))
