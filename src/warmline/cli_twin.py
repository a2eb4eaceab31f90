"""`warmline twin replay | what-if | staff`: a day of the installation in virtual time."""

import argparse
import asyncio
import datetime as dt
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from warmline.cli_database import open_database
from warmline.cli_twin_refusals import explained
from warmline.cli_twin_report import report_lines
from warmline.cli_twin_texts import TEXTS
from warmline.config import load_config
from warmline.features.twin.asking import day_for, ground_for, last_usable
from warmline.features.twin.building import world_of
from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.child import Line
from warmline.features.twin.day import Day
from warmline.features.twin.needing import Goal
from warmline.features.twin.process import simulate_apart
from warmline.features.twin.refusals import NO_HISTORY, NOBODY_THERE, NOTHING_RECORDED
from warmline.features.twin.request import (
    RUNS_AT_MOST,
    AnyQuestion,
    Replay,
    Report,
    Staff,
    WhatIf,
    Work,
    check,
    encode,
)
from warmline.features.twin.scenario import Scenario, decode, described, with_events
from warmline.features.twin.store import time_zone_of
from warmline.kernel.errors import Refused
from warmline.kernel.locale import LOCALES, Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

_SPAN = r"((?:[01]?\d|2[0-3]):[0-5]\d)-((?:[01]?\d|2[0-3]):[0-5]\d|24:00)"
OUTAGE = re.compile(_SPAN)
PROMOTION = re.compile(_SPAN + r"[x×](\d+(?:\.\d+)?)")
NOT_THIS_DAY = {NO_HISTORY, NOBODY_THERE, NOTHING_RECORDED}
PATIENCE_S = 86_400.0  # somebody sits there who can press Ctrl-C


class Unclear(Exception):
    """The command line cannot be understood; the text says how to put it right."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `twin` and its subcommands."""
    parser = commands.add_parser("twin", help="replay a day, ask what if, find the staff needed")
    actions = parser.add_subparsers(dest="action", required=True)
    for name, text, runs in (
        ("replay", "play a recorded day in virtual time and compare it with the real one", 20),
        ("what-if", "play a day as it is and as it might be", 20),
        ("staff", "find the fewest agents per half hour that keep the promise", 10),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument(
            "--day", help="YYYY-MM-DD, today, yesterday or tomorrow (the last day that can be played)"
        )
        action.add_argument("--tenant", default="", help="the company, where there are several")
        action.add_argument("--runs", type=int, default=runs, help=f"1 to {RUNS_AT_MOST} ({runs})")
        action.add_argument("--seed", type=int, default=1, help="the same seed gives the same result")
        action.add_argument("--half-hours", action="store_true", help="print every half hour as well")
        action.add_argument("--locale", choices=LOCALES, default="en")
        action.add_argument("--json", action="store_true", help="print figures as JSON")
        if name == "replay":
            action.add_argument("--exact", action="store_true", help="each contact with its own handle time")
        else:
            _add_events(action)
        if name == "what-if":
            action.add_argument(
                "--agents", type=int, default=0, metavar="±N", help="agents more or fewer, all day"
            )
            action.add_argument("--patience", type=float, default=1.0, metavar="F", help="times as patient")
        if name == "staff":
            action.add_argument("--share", type=float, help="share answered in time, instead of the queues' own")
            action.add_argument("--within", type=float, metavar="S", help="seconds, instead of the queues' own")
            action.add_argument("--breaks", type=float, help="share of paid time, instead of what was recorded")
    parser.set_defaults(run=run)


def _add_events(action: argparse.ArgumentParser) -> None:
    action.add_argument("--queue", metavar="ID", help="change this queue only")
    action.add_argument("--volume", type=float, default=1.0, metavar="F", help="times as many contacts")
    action.add_argument("--handle", type=float, default=1.0, metavar="F", help="times as long handle times")
    action.add_argument("--outage", action="append", default=[], metavar="10:00-10:20", help="nothing is offered")
    action.add_argument("--desks-down", action="append", default=[], metavar="10:00-10:20", help="desks are dead")
    action.add_argument("--promotion", action="append", default=[], metavar="13:00-14:00x3", help="a rush")
    action.add_argument("--forecast", action="store_true", help="a day to come, as it is expected")
    action.add_argument("--scenario", type=Path, metavar="FILE", help="who comes and what happens, as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Carry out `warmline twin …`; return the exit code."""
    began = time.perf_counter()
    locale = cast(Locale, arguments.locale)
    texts = TEXTS[locale]
    try:
        scenario = _scenario(arguments, texts)
        work = asyncio.run(_read(arguments, scenario, texts))
        work = _with_changes(work, arguments, scenario, texts)
        progress = Progress(texts["progress"])
        found = asyncio.run(played(work, progress))
        progress.end()
    except Unclear as unclear:
        print(unclear, file=sys.stderr)
        return 2
    except Refused as refused:
        print(explained(refused, locale), file=sys.stderr)
        if "usable" in refused.details:
            print(texts["usable"].format(day=refused.details["usable"]), file=sys.stderr)
        return 1
    if found is None:
        print(texts["stopped_early"], file=sys.stderr)
        return 130
    if progress.stopped:
        print(texts["stopped"].format(runs=found.runs), file=sys.stderr)
    print(_shown(found, arguments, locale, time.perf_counter() - began))
    return 130 if progress.stopped else 0


def _shown(found: Report, arguments: argparse.Namespace, locale: Locale, seconds: float) -> str:
    if arguments.json:
        return msgspec.json.format(encode(found), indent=2).decode()
    lines = report_lines(found, locale, half_hours=arguments.half_hours)
    took = TEXTS[locale]["took"].format(seconds=f"{seconds:.1f}", seed=found.seed)
    return "\n".join([*lines, took])


class Progress:
    """Tells on standard error how far a run is; remembers that somebody wants it to stop."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told = False
        self.stop = asyncio.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody wants it to stop."""
        return self.stop.is_set()

    def hear(self, line: Line) -> None:
        """Tell the share done and the half hour played."""
        if sys.stderr.isatty():
            print(f"\r{self._text} {line.share or 0:4.0%}  {line.at or ''}", end="", file=sys.stderr, flush=True)
            self._told = True

    def end(self) -> None:
        """Leave the terminal's line clean."""
        if self._told:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


async def played(work: Work, progress: Progress) -> Report | None:
    """Answer the question in a process of its own, by the compiled engine where there is one. Raises Refused.

    None: it was stopped before anything was known.
    """
    with interruptible(progress):
        line = await simulate_apart(work, progress.hear, progress.stop, time_at_most_s=PATIENCE_S, own_group=True)
    return line.report


@contextmanager
def interruptible(progress: Progress) -> Iterator[None]:
    """Let Ctrl-C end the run at the next step, so that what is known can be shown; a second one breaks off.

    Only the first thread hears signals; elsewhere nothing changes.
    """
    task = asyncio.current_task()
    if threading.current_thread() is not threading.main_thread() or task is None:
        yield
        return

    def stop() -> None:
        if progress.stopped:
            task.cancel()
        progress.stop.set()

    loop, before = asyncio.get_running_loop(), signal.getsignal(signal.SIGINT)
    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, before)


async def _read(arguments: argparse.Namespace, scenario: Scenario, texts: dict[str, str]) -> Work:
    async with open_database(load_config()) as (database, _signal, _passwords):
        tenant_id = await _tenant(database, arguments.tenant, texts)
        async with database.tenant(tenant_id) as conn:
            zone = await time_zone_of(conn, tenant_id)
        now = utc_now()
        today = now.astimezone(ZoneInfo(zone)).date()
        if arguments.day is None:
            arguments.day = await _chosen_day(database, tenant_id, arguments, now, texts)
        question = question_of(arguments, today)
        check(question)
        if scenario.streams and not isinstance(question, Replay):
            if question.date >= today:  # the whole day is described, not only what of it is over
                question = msgspec.structs.replace(question, source="forecast")
            day, known = await ground_for(database, tenant_id, question, now)
            return Work(question, day, alone=not known)
        try:
            day = await day_for(database, tenant_id, question, now)
            world_of(day)
        except Refused as refused:
            usable = await last_usable(database, tenant_id, now)
            if usable is None or refused.code not in NOT_THIS_DAY:
                raise
            raise Refused(refused.code, **refused.details, usable=str(usable)) from refused
        return Work(question, day)


async def _chosen_day(
    database: Database, tenant_id: str, arguments: argparse.Namespace, now: dt.datetime, texts: dict[str, str]
) -> str:
    if getattr(arguments, "forecast", False):
        return "tomorrow"
    usable = await last_usable(database, tenant_id, now)
    if usable is None:
        return "yesterday"
    print(texts["chose_day"].format(day=usable), file=sys.stderr)
    return str(usable)


async def _tenant(database: Database, given: str, texts: dict[str, str]) -> str:
    known = await database.tenants()
    if given in known:
        return given
    if not given and len(known) == 1:
        return known[0]
    raise Unclear(texts["tenants"].format(names=", ".join(sorted(known))))


def question_of(arguments: argparse.Namespace, today: dt.date) -> AnyQuestion:
    """Return the question without its changes, which need the day. Raises ValueError for a day nobody can read."""
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if arguments.day in days:
        date = today + dt.timedelta(days=days[arguments.day])
    else:
        try:
            date = dt.date.fromisoformat(arguments.day)
        except ValueError:
            raise Unclear(f"--day {arguments.day}: YYYY-MM-DD") from None
    if arguments.action == "replay":
        return Replay(date, arguments.runs, arguments.seed, arguments.exact)
    source = "forecast" if arguments.forecast or date > today else "recorded"
    if arguments.action == "what-if":
        return WhatIf(date, arguments.runs, arguments.seed, source=source)
    goal = Goal(arguments.share, arguments.within, arguments.breaks)
    return Staff(date, arguments.runs, arguments.seed, goal, source=source)


def _scenario(arguments: argparse.Namespace, texts: dict[str, str]) -> Scenario:
    file: Path | None = getattr(arguments, "scenario", None)
    if file is None:
        return Scenario()
    try:
        return decode(file.read_bytes(), str(file))
    except OSError as problem:
        raise Unclear(texts["bad_file"].format(file=file, reason=problem.strerror)) from problem


def _with_changes(work: Work, arguments: argparse.Namespace, scenario: Scenario, texts: dict[str, str]) -> Work:
    question = work.question
    if isinstance(question, Replay):
        return work
    day = described(work.day, scenario)
    changes = with_events(changes_of(arguments, day, texts), day, scenario)
    if isinstance(question, WhatIf) and changes.nothing and not scenario.streams:
        raise Unclear(texts["nothing_asked"])
    beside = work.day if scenario.streams and not work.alone else None
    return Work(msgspec.structs.replace(question, changes=changes), day, beside, work.alone)


def changes_of(arguments: argparse.Namespace, day: Day, texts: dict[str, str]) -> Changes:
    """Return the changes the options ask for. Raises Unclear."""
    outages = [
        Disturbance(*_span(text, OUTAGE, day, texts["bad_time"])[:2], desks_dead=dead)
        for given, dead in ((arguments.outage, False), (arguments.desks_down, True))
        for text in given
    ]
    promotions = [Promotion(*_span(text, PROMOTION, day, texts["bad_promotion"])) for text in arguments.promotion]
    return Changes(
        queue_id=arguments.queue,
        agents=getattr(arguments, "agents", 0),
        volume=arguments.volume,
        handle=arguments.handle,
        patience=getattr(arguments, "patience", 1.0),
        outages=tuple(outages),
        promotions=tuple(promotions),
    )


def _span(text: str, form: re.Pattern[str], day: Day, wrong: str) -> tuple[float, float, float]:
    found = form.fullmatch(text)
    if found is None:
        raise Unclear(wrong.format(text=text))
    factor = float(found[3]) if form.groups == 3 else 1.0
    return day.seconds_at(found[1]), day.seconds_at(found[2]), factor
