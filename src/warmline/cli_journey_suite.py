"""`warmline journey test`: scripted, random and saved customers, branch coverage, results for build servers."""

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from warmline.backends import tasks_of_companies
from warmline.cli_database import installed_config, open_database
from warmline.config import Config
from warmline.domain.journey.case import Case, Expectation, Verdict, judged
from warmline.domain.journey.case_words import told, why
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import HoursState
from warmline.domain.journey.junit import Result, junit
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.simulate_run import JourneyTest, all_blocks, run_script, run_wanderers
from warmline.domain.journey.stage import Library, Scenery
from warmline.domain.journey.stand_ins import stand_in_answers
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.designer.cases import Cases
from warmline.features.designer.simulator import Libraries
from warmline.features.designer.suites import Suites
from warmline.features.journeys.service import Journeys, Signal
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

MOST_SHOWN = 3  # failures of random customers, per journey


class Tested(Protocol):
    """What `warmline.cli_journey.Content` offers."""

    library: dict[str, Journey]
    prompts: dict[Locale, dict[str, str]]
    tests: tuple[JourneyTest, ...]
    answers: Mapping[str, tuple[Answer, ...]]
    world: World

    @property
    def entries(self) -> list[str]: ...


class _SavedCase(Struct, frozen=True):
    """A case as the API lists it; other fields are left alone."""

    name: str
    journey_id: str
    scenery: Scenery
    deeds: tuple[Deed, ...] = ()
    expect: Expectation = Expectation()


class _SavedCases(Struct, frozen=True):
    items: tuple[_SavedCase, ...]


def add_arguments(action: argparse.ArgumentParser) -> None:
    """Add what `warmline journey test` takes."""
    action.add_argument("--conversations", type=int, default=2_000)
    action.add_argument("--seed", type=int, default=1)
    action.add_argument("--min-coverage", type=float, default=0.0, help="fail below this share, 0 to 1")
    action.add_argument("--cases", help="saved conversations as JSON, as GET /api/journeys/ID/cases gives them")
    action.add_argument("--junit", help="write the results as JUnit XML to this file")
    action.add_argument(
        "--tenant", help="run the saved conversations of a company, with its own journeys and texts"
    )


def test(content: Tested, arguments: argparse.Namespace) -> int:
    """Let scripted, saved and random customers talk; return the exit code."""
    try:
        cases = _read(arguments.cases) if arguments.cases else []
    except (OSError, msgspec.DecodeError) as unreadable:
        print(f"{arguments.cases}: {unreadable}", file=sys.stderr)
        return 2
    texts = PromptSource(content.prompts)
    entered: set[str] = set()
    results: list[Result] = []
    scripts = [t for t in content.tests if arguments.journey in (None, t.journey)]
    began = time.perf_counter()
    for script in scripts:
        outcome, blocks = run_script(script, content.library, texts)
        entered |= blocks
        results.append(Result(script.journey, outcome.test, why=outcome.why, lines=outcome.lines))
    stand_ins = stand_in_answers(content.library, content.world.tasks)
    library = Library(content.library, texts, stand_ins, _always_open)
    for case in [one for one in cases if arguments.journey in (None, one.journey)]:
        result, blocks = _judged(case, library)
        entered |= blocks
        results.append(result)
    _show(results)
    total = len(results)
    failures = sum(bool(one.why) for one in results)
    entries = [arguments.journey] if arguments.journey else content.entries
    for journey_id in entries:
        share = arguments.conversations // len(entries)
        tally = run_wanderers(journey_id, content.library, texts, content.answers, share, arguments.seed)
        entered |= tally.entered
        failures += len(tally.failures)
        total += tally.conversations
        print(f"{journey_id}: {tally.conversations} random customers:", _counts(tally.ends))
        wandered = [Result(journey_id, f.test, why=f.why, lines=f.lines) for f in tally.failures]
        _show(wandered[:MOST_SHOWN])
        results += wandered or [Result(journey_id, f"{tally.conversations} random customers")]
    took_s = time.perf_counter() - began
    reached = {block.split("#")[0] for block in entered}
    wanted = all_blocks(journey for journey in content.library.values() if journey.id in reached)
    missing = sorted(wanted - entered)
    coverage = 1 - len(missing) / len(wanted) if wanted else 1.0
    for block in missing:
        print(f"not covered: {block}")
    print(
        f"{total} talks ({len(scripts)} scripted) in {took_s:.1f} s = {total / took_s * 60:,.0f} a minute, "
        f"{coverage:.1%} of {len(wanted)} branches covered; {failures} failed."
    )
    _write(arguments.junit, results)
    return 1 if failures or coverage < arguments.min_coverage else 0


def test_saved(arguments: argparse.Namespace, draft: Journey | None) -> int:
    """Hold the saved conversations of a company, a draft in place of what is published; return the exit code."""
    return asyncio.run(_test_saved(arguments, draft))


async def _test_saved(arguments: argparse.Namespace, draft: Journey | None) -> int:
    config = installed_config()
    async with open_database(config) as (database, _, _):
        libraries = Libraries(database, platform_prompts(), tasks_of_companies(config))
        library = await libraries.of(arguments.tenant, await libraries.ground(arguments.tenant), draft)
        wanted = [arguments.journey] if arguments.journey else sorted(library.journeys)
        kept = await Cases(database).all(arguments.tenant, wanted)
    began = time.perf_counter()
    results = [_judged(one.case, library)[0] for one in kept]
    took_s = time.perf_counter() - began
    _show(results)
    failed = sum(bool(one.why) for one in results)
    print(f"{len(results)} saved conversations in {took_s:.1f} s; {failed} failed.")
    _write(arguments.junit, results)
    return 1 if failed else 0


def publishing(config: Config, database: Database, signal: Signal) -> Journeys:
    """Return the journeys of an installation, which publish only what keeps every saved conversation."""
    tasks = tasks_of_companies(config)
    libraries = Libraries(database, platform_prompts(), tasks)
    suites = Suites(libraries, Cases(database))
    return Journeys(database, check, platform_prompts(), tasks, signal, rehearse=suites.gate)


def _judged(case: Case, library: Library) -> tuple[Result, frozenset[str]]:
    if case.journey not in library.journeys:
        return Result(case.journey, case.name, why=f"there is no journey {case.journey}"), frozenset()
    verdict = judged(case, library)
    return _result(case, verdict), verdict.entered


def _result(case: Case, verdict: Verdict) -> Result:
    if verdict.failure is None:
        return Result(case.journey, case.name)
    return Result(case.journey, case.name, why=why(verdict.failure, "en"), lines=tuple(told(verdict.lines, "en")))


def _read(file: str) -> list[Case]:
    written = Path(file).read_bytes()
    try:
        saved = msgspec.json.decode(written, type=_SavedCases).items
    except msgspec.ValidationError:
        saved = msgspec.json.decode(written, type=tuple[_SavedCase, ...])
    return [Case(one.name, one.journey_id, one.scenery, one.deeds, one.expect) for one in saved]


def _show(results: Sequence[Result]) -> None:
    for one in results:
        if one.why:
            print(f"FAIL  {one.name}: {one.why}", *(f"      │ {line}" for line in one.lines), sep="\n")


def _write(file: str | None, results: Sequence[Result]) -> None:
    if file is not None:
        Path(file).write_text(junit(results), encoding="utf-8")


def _always_open(calendar: str, now: object) -> HoursState:
    return "open"


def _counts(ends: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {end}" for end, count in sorted(ends.items(), key=lambda item: -item[1]))
