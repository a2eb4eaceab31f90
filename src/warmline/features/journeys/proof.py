"""What a proof stands on, and which published journeys a change can touch: proved before it is written."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Protocol

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.journey.checker import reachable
from warmline.domain.journey.checker_replay import trial_of
from warmline.domain.journey.checker_report import Problem, Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_tags import Duty, duties_of
from warmline.domain.journey.document import Journey
from warmline.domain.journey.prompts import SPOKEN_SUFFIX, Hole, compile_template
from warmline.domain.journey.prompts_used import prompts_of, words_of
from warmline.domain.journey.tasks import Tasks, TasksOf, by_company
from warmline.domain.journey.walk import steps_of
from warmline.features.journeys import store
from warmline.features.journeys.compared import (
    Compared,
    Proving,
    leads_to,
    provings,
    versions_of,
    with_versions,
    within_reach,
)
from warmline.features.journeys.store import PromptChannel
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import LOCALES, Locale
from warmline.runtime.turns import LineFull, Turns

PROOF_AT_MOST_S = 120.0
TOO_LONG = declare(
    "journeys.too_long",
    409,
    "Proving this change takes longer than {seconds} seconds; {proved} of {journeys} journeys were proved.",
    "Nothing was saved. Try again when the machine is less busy, or split the largest journeys.",
)
TOO_MANY = declare(
    "journeys.too_many_proofs",
    429,
    "Too many of your company's changes are being proved at once.",
    "Nothing was saved. Wait until some of them are through, and try again.",
)

Catalogues = Mapping[Locale, Mapping[str, str]]
NONE_COMPARED: Compared = {}


class Checker(Protocol):
    """Prove a journey: `warmline.domain.journey.checker.check` is one."""

    def __call__(
        self,
        journey_id: str,
        library: Mapping[str, Journey],
        world: World,
        catalogues: Catalogues,
        channel: str | None = None,
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
    compared: dict[str, dict[int, dict[str, Any]]] = {}  # versions that contacts get by lot
    tenant_id: str = ""

    def library(self) -> dict[str, Journey]:
        return {name: msgspec.convert(one, Journey) for name, one in self.published.items()}

    def versions(self) -> dict[str, dict[int, Journey]]:
        """Return the versions that are being compared, but the newest."""
        return {
            name: {
                version: msgspec.convert(one, Journey)
                for version, one in versions.items()
                if one != self.published.get(name)
            }
            for name, versions in self.compared.items()
        }

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
        await store.compared(conn, tenant_id),
        tenant_id,
    )


class Proof:
    """Runs the checker over everything a change touches, off the loop, one proof at a time, companies in turn."""

    def __init__(
        self, checker: Checker, platform: Catalogues, tasks: Tasks | TasksOf, at_most_s: float = PROOF_AT_MOST_S
    ) -> None:
        self._checker = checker
        self._platform = platform
        self._tasks = by_company(tasks)
        self._at_most_s = at_most_s
        self._turns = Turns(1)  # it is all arithmetic: two at once would only both be slower

    async def of_draft(self, ground: Ground, journey: Journey, locale: Locale) -> list[Report]:
        """Return the verdicts on a draft and on every published journey that leads through it.

        Those with versions that are being compared are among them.
        """
        library = ground.library() | {journey.id: journey}
        # Its own older versions do not change by this.
        compared = {name: versions for name, versions in ground.versions().items() if name != journey.id}
        affected = [journey.id, *leading_through(journey.id, library, compared)]
        if journey.kind == "module":  # it comes back to a caller, so it is proved by being called
            trial = trial_of(journey)
            library[trial.id] = trial
            affected[0] = trial.id
            if journey.id in ground.entries:  # somebody still begins with it, and nobody will have called it
                affected.insert(1, journey.id)
        entered = [one for one in affected if one == journey.id or library[one].kind != "module"]
        catalogues = ground.catalogues(self._platform)
        wanted = provings(entered, library, compared, lambda name, known: journey.id in reachable(name, known))
        return [report async for report in self._reports(wanted, ground, catalogues, None, locale)]

    async def of_all(self, ground: Ground, locale: Locale) -> list[Report]:
        """Return the verdicts on everything that is published and that customers can begin with."""
        library = ground.library()
        entered = [name for name in sorted(library) if library[name].kind != "module"]
        return await self.of_these(ground, entered, locale)

    async def of_these(
        self, ground: Ground, journey_ids: list[str], locale: Locale, *, proved: Sequence[Report] = ()
    ) -> list[Report]:
        """Return the verdicts on some of what is published, each by itself, but those `proved` on this ground."""
        catalogues = ground.catalogues(self._platform)
        known = [(one.journey, one.versions) for one in proved]
        wanted = provings(journey_ids, ground.library(), ground.versions())
        wanted = [one for one in wanted if (one.journey, one.versions) not in known]
        return [report async for report in self._reports(wanted, ground, catalogues, None, locale)]

    def saying(self, ground: Ground, keys: Iterable[str]) -> list[str]:
        """Return the journeys, sorted, whose customers may meet one of these prompts."""
        library, compared = ground.library(), ground.versions()
        platform = {key for texts in self._platform.values() for key in texts}
        saying = (journeys_saying(key, library, compared, platform=key in platform) for key in keys)
        return sorted({one for names in saying for one in names})

    async def of_prompt(
        self, ground: Ground, key: str, channel: PromptChannel, texts: Mapping[Locale, str], locale: Locale
    ) -> Report | None:
        """Return the verdict on the first published journey that new texts break, None if they break none.

        What was broken before does not count, else no text could be mended while anything is wrong.
        """
        library, compared = ground.library(), ground.versions()
        before = ground.catalogues(self._platform)
        name = _name(key, channel)
        if all(_fills_alike(before[one].get(name), text) for one, text in texts.items()) and not _heard(
            key, library, compared
        ):
            return None
        after: dict[Locale, dict[str, str]] = {
            one: {**before[one], **({name: texts[one]} if one in texts else {})} for one in LOCALES
        }
        platform = any(key in self._platform.get(one, {}) for one in LOCALES)
        affected = journeys_saying(key, library, compared, platform=platform)
        medium = "voice" if channel == "spoken" else None  # a written text is said where there is no spoken one

        def concerns(name: str, known: Mapping[str, Journey]) -> bool:
            return platform or any(_says(key, known[one]) for one in reachable(name, known))

        wanted = provings(affected, library, compared, concerns)
        async for report in self._reports(wanted, ground, after, medium, locale):
            if not report.ok and (fresh := await self._fresh(report, ground, library, compared, before, medium)):
                return msgspec.structs.replace(report, problems=fresh)
        return None

    async def of_duties(self, before: Ground, after: Ground, locale: Locale) -> Report | None:
        """Return the verdict on the first published journey that breaks new duties, None if all keep them.

        What was broken before does not count.
        """
        library, compared, catalogues = after.library(), after.versions(), after.catalogues(self._platform)

        def changed(known: Mapping[str, Journey]) -> set[str]:
            owed, owes = duties_of(known, before.duties), duties_of(known, after.duties)
            return {name for name in known if owed[name] != owes[name]}

        entered = [name for name in sorted(library) if library[name].kind != "module"]
        # Told of the journey itself, not of who leads to it.
        own = changed(library)
        entered.sort(key=lambda name: name not in own)
        wanted = provings(
            entered, library, compared, lambda name, known: not changed(known).isdisjoint(reachable(name, known))
        )
        async for report in self._reports(wanted, after, catalogues, None, locale):
            if not report.ok and (fresh := await self._fresh(report, before, library, compared, catalogues, None)):
                return msgspec.structs.replace(report, problems=fresh)
        return None

    async def _fresh(
        self,
        report: Report,
        ground: Ground,
        library: Mapping[str, Journey],
        compared: Compared,
        catalogues: Catalogues,
        medium: str | None,
    ) -> tuple[Problem, ...]:
        """Return the problems of a report that were not there on this ground, with these texts."""
        versions = report.versions
        wanted = [Proving(report.journey, with_versions(library, compared, versions), versions)]
        earlier: set[tuple[str, str, str, str]] = set()
        async for one in self._reports(wanted, ground, catalogues, medium, "en"):
            earlier |= {_mark(problem) for problem in one.problems}
        return tuple(problem for problem in report.problems if _mark(problem) not in earlier)

    async def _reports(
        self, wanted: list[Proving], ground: Ground, catalogues: Catalogues, medium: str | None, locale: Locale
    ) -> AsyncIterator[Report]:
        """Yield one verdict after the other. Raises Refused `journeys.too_long`, `journeys.too_many_proofs`."""
        world = World(ground.queues, ground.calendars, self._tasks(ground.tenant_id), ground.skills, ground.duties)
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number, one in enumerate(wanted):
            if loop.time() - began > self._at_most_s:
                details = {"seconds": int(self._at_most_s), "proved": number, "journeys": len(wanted)}
                raise Refused(TOO_LONG, **details)
            try:
                async with self._turns.of(ground.tenant_id):
                    # The proof walks every path: a second of arithmetic, not for the loop.
                    report = await asyncio.to_thread(
                        self._checker, one.journey, one.library, world, catalogues, medium, locale=locale
                    )
            except LineFull:
                raise Refused(TOO_MANY) from None
            yield msgspec.structs.replace(report, versions=one.versions)


def journeys_saying(
    key: str, library: Mapping[str, Journey], compared: Compared = NONE_COMPARED, *, platform: bool
) -> list[str]:
    """Return the journeys, sorted, whose customers may meet a prompt; a `platform` prompt may come up anywhere.

    A module that nobody calls is proved by being published anew, so it does not count.
    """
    saying = {
        name
        for name in library
        if platform or any(_says(key, one) for one in versions_of(name, library, compared))
    }
    entered = [name for name in sorted(library) if library[name].kind != "module"]
    return [name for name in entered if not saying.isdisjoint(within_reach(name, library, compared))]


def _says(key: str, journey: Journey) -> bool:
    return any(key in prompts_of(step) for step in steps_of(journey))


def leading_through(target: str, library: Mapping[str, Journey], compared: Compared = NONE_COMPARED) -> list[str]:
    """Return the journeys, sorted, from which customers can come to `target`, modules included.

    With `compared`, those too of which only a version that is being compared leads there.
    """
    onward = {
        name: {to for one in versions_of(name, library, compared) for to in leads_to(one)} for name in library
    }
    found: set[str] = {target}
    while fresh := {name for name, to in onward.items() if to & found and name not in found}:
        found |= fresh
    return sorted(found - {target})


def _name(key: str, channel: str) -> str:
    return key + (SPOKEN_SUFFIX if channel == "spoken" else "")


def _fills_alike(before: str | None, after: str) -> bool:
    """Tell whether a text wants no value, and none in another form, than the one that was proved."""
    return before is not None and set(_holes(after)) <= set(_holes(before))


def _holes(template: str) -> Iterable[tuple[str, str, str]]:
    parts = compile_template(template)
    return [(part.path, part.format, part.argument) for part in parts if isinstance(part, Hole)]


def _heard(key: str, library: Mapping[str, Journey], compared: Compared) -> bool:
    """Tell whether customers' words are compared with this text: then its letters decide where they go."""
    met = [one for name in library for one in versions_of(name, library, compared)]
    return ".words." in key or any(key in words_of(step) for one in met for step in steps_of(one))


def _mark(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.journey, problem.section, str(sorted(problem.cause.details.items()))
