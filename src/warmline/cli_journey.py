"""`warmline journey …`: journeys in the terminal; all but `publish`, `pull` and `push` offline."""

import argparse
import asyncio
import importlib
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import cast

import msgspec
from msgspec import Struct

from warmline import cli_journey_git
from warmline import cli_journey_suite as suite
from warmline.cli_database import installed_config, open_database
from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_replay import SOME_CALLER, replayed
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN, Stimulus
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.codec import BadJourney, read_journey, write_journey
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import RunTask
from warmline.domain.journey.outline import outline
from warmline.domain.journey.simulate import Answer, Conversation
from warmline.domain.journey.simulate_run import (
    NOW,
    JourneyTest,
    Scene,
    Setting,
)
from warmline.domain.journey.steps_callback import CALLER
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.locale import LOCALES, Locale

DEFAULT_CONTENT = "warmline_demo.content.library"


class Content:
    """A module that offers journeys: `JOURNEYS`, `PROMPTS`, `TASKS`, `ANSWERS`, `TESTS`, and the names of its
    world: `QUEUES`, `CALENDARS`, `SKILLS` with the highest level anybody has.
    """

    def __init__(self, module_name: str) -> None:
        module = importlib.import_module(module_name)
        self.library: dict[str, Journey] = {journey.id: journey for journey in module.JOURNEYS}
        own = cast(Mapping[Locale, Mapping[str, str]], module.PROMPTS)
        platform = platform_prompts()
        self.prompts: dict[Locale, dict[str, str]] = {loc: {**platform[loc], **own[loc]} for loc in LOCALES}
        self.tests: tuple[JourneyTest, ...] = module.TESTS
        self.answers: Mapping[str, tuple[Answer, ...]] = module.ANSWERS
        self.world = World(
            frozenset(module.QUEUES), frozenset(module.CALENDARS), dict(module.TASKS), dict(module.SKILLS)
        )

    @property
    def entries(self) -> list[str]:
        """The journeys that customers can start or be led to; modules are checked through them."""
        return [journey.id for journey in self.library.values() if journey.kind != "module"]


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `journey` and its subcommands."""
    parser = commands.add_parser("journey", help="check, test, draw or talk to journeys, offline")
    actions = parser.add_subparsers(dest="action", required=True)
    for name, text in (
        ("check", "prove that every path ends explained"),
        ("test", "let scripted and random customers talk, with branch coverage"),
        ("draw", "draw a journey as an outline"),
        ("run", "talk to a journey in the terminal"),
        ("replay", "play the path to a problem, step by step"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("journey", nargs="?" if name in ("check", "test", "replay") else None)
        action.add_argument("--content", default=DEFAULT_CONTENT, help="Python module that offers the journeys")
        action.add_argument("--file", help="a journey as JSON, taken in place of the content's own of the same id")
        if name == "test":
            suite.add_arguments(action)
        if name == "replay":
            action.add_argument(
                "--report", help="a report or problem as JSON; without it the journey is checked anew"
            )
            action.add_argument("--problem", type=int, default=1, help="the problem's number in the report")
        if name in ("check", "run", "replay"):
            action.add_argument("--locale", choices=LOCALES, default="en", help="the language to speak")
        if name == "run":
            action.add_argument("--channel", choices=(WRITTEN, SPOKEN), default=WRITTEN, help="chat or telephone")
    publish = actions.add_parser("publish", help="prove a journey and publish it to a running installation")
    publish.add_argument("tenant")
    publish.add_argument("file", help="the journey as JSON")
    publish.add_argument("--locale", choices=LOCALES, default="en", help="the language of a refusal")
    cli_journey_git.add_actions(actions)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out `warmline journey …`; return the exit code."""
    if arguments.action in cli_journey_git.NAMES:
        return cli_journey_git.run(arguments)
    if arguments.action == "publish":
        draft = _read(arguments.file)
        return 2 if draft is None else asyncio.run(_publish(arguments.tenant, draft, arguments.locale))
    journey = _read(arguments.file) if arguments.file else None
    if arguments.file and journey is None:
        return 2
    if arguments.action == "test" and arguments.tenant:
        return suite.test_saved(arguments, journey)
    content = Content(arguments.content)
    if journey is not None:
        content.library[journey.id] = journey
    if arguments.journey and arguments.journey not in content.library:
        print(
            f"There is no journey {arguments.journey}. Known are: {', '.join(content.library)}.", file=sys.stderr
        )
        return 2
    actions = {"check": _check, "test": suite.test, "draw": _draw, "run": _talk, "replay": _replay}
    return actions[arguments.action](content, arguments)


def _read(file: str) -> Journey | None:
    """Return the journey in a JSON file, or None after saying what is wrong with it."""
    try:
        with open(file, "rb") as opened:
            return read_journey(opened.read())
    except (OSError, BadJourney) as problem:
        print(f"{file}: {problem}", file=sys.stderr)
        return None


async def _publish(tenant_id: str, journey: Journey, locale: Locale) -> int:
    config = installed_config()
    async with open_database(config) as (database, signal, _):
        journeys = suite.publishing(config, database, signal)
        document = msgspec.json.decode(write_journey(journey))
        try:
            line = await journeys.publish(tenant_id, Actor("command line"), journey.id, document, locale)
        except Refused as refused:
            print(refused.details.get("report") or f"{refused.text} {refused.fix}", file=sys.stderr)
            return 1
    print(f"{line.id} is published as version {line.version}.")
    return 0


def _check(content: Content, arguments: argparse.Namespace) -> int:
    failed = 0
    for journey_id in [arguments.journey] if arguments.journey else content.entries:
        began = time.perf_counter()
        report = check(journey_id, content.library, content.world, content.prompts, locale=arguments.locale)
        print("\n".join(report.lines()), f" [{time.perf_counter() - began:.2f} s]")
        failed += not report.ok
    return 1 if failed else 0


def _draw(content: Content, arguments: argparse.Namespace) -> int:
    print("\n".join(outline(content.library[arguments.journey])))
    return 0


def _talk(content: Content, arguments: argparse.Namespace) -> int:
    texts = PromptSource(content.prompts)
    scene = Scene(content.library, texts, Setting(answers={t: tuple(a) for t, a in content.answers.items()}))

    def backend(task: RunTask) -> Answer:
        return scene.answer(task)

    voice = arguments.channel == SPOKEN
    given = {CALLER: SOME_CALLER} if voice else {}
    talk = Conversation(
        arguments.journey, scene, backend, NOW, locale=arguments.locale, channel=arguments.channel, variables=given
    )
    print(_HELP[arguments.channel])
    shown = 0
    while True:
        talk.finish_tasks()
        for line in talk.lines[shown:]:
            if not line.startswith("Customer:"):
                print(line)
        shown = len(talk.lines)
        if talk.ended is not None:
            print(f"\n({talk.ended})")
            return 0
        try:
            text = input("> ")
        except EOFError:
            return 0
        if voice and text and all(key in "0123456789*#" for key in text):
            talk.say(text.removesuffix("#"))
        elif not text:
            talk.now += timedelta(seconds=1)
            talk.step()
        elif any(reply.value == text for reply in talk.taps):
            talk.tap(text)
        elif text.isdigit() and 1 <= int(text) <= len(talk.taps):
            talk.tap(talk.taps[int(text) - 1].value)
        else:
            talk.say(text)


_HELP = {
    WRITTEN: "Type as the customer. Empty line: time passes. Ctrl-D: leave.\n",
    SPOKEN: "Press keys (# ends, * repeats, 0 is a person) or speak. Empty line: silence. Ctrl-D: hang up.\n",
}


class Told(Struct, frozen=True):
    """A problem as a report names it: the journey checked, its path, and how the path was told."""

    journey: str
    path: tuple[Stimulus, ...] = ()
    transcript: tuple[str, ...] = ()
    text: str = ""
    channel: str = WRITTEN


class _ReportFile(Struct, frozen=True):
    journey: str
    problems: tuple[dict[str, object], ...] = ()


class _AnswerFile(Struct, frozen=True):
    reports: tuple[_ReportFile, ...]


def _replay(content: Content, arguments: argparse.Namespace) -> int:
    """Play a problem's path; 0 when it goes as told, 1 when it goes another way by now, 2 when there is none."""
    try:
        problems = _told(content, arguments)
        told = problems[arguments.problem - 1] if arguments.problem > 0 else None
    except (OSError, msgspec.DecodeError) as unreadable:
        print(f"{arguments.report}: {unreadable}", file=sys.stderr)
        return 2
    except IndexError:
        told = None
    if told is None:
        print(f"There is no problem {arguments.problem}.", file=sys.stderr)
        return 2
    if not told.path:
        print(f"This problem needs no path to be seen: {told.text}")
        return 0
    played: list[str] = []
    try:
        for lines in _replayed(content, told, arguments.locale):
            print(*lines, sep="\n")
            played += lines
            if sys.stdin.isatty():
                input()
    except KeyError as unknown:
        print(f"There is no journey {unknown}. Name the content or the file it is in.", file=sys.stderr)
        return 2
    if told.transcript and told.transcript != tuple(played):
        print("\nThis is not how it was told: the journey, its texts or the language are others by now.")
        return 1
    print(f"\n{told.text}" if told.text else "")
    return 0


def _replayed(content: Content, told: Told, locale: Locale) -> Iterator[list[str]]:
    return replayed(told.journey, told.path, content.library, content.prompts, told.channel, locale)


def _told(content: Content, arguments: argparse.Namespace) -> list[Told]:
    """Return the problems of a report file, of a single problem's file, or of a fresh check."""
    if arguments.report is None:
        known = [arguments.journey] if arguments.journey else content.entries
        reports = [
            check(one, content.library, content.world, content.prompts, locale=arguments.locale) for one in known
        ]
        return [Told(r.journey, p.path, p.transcript, p.text, p.channel) for r in reports for p in r.problems]
    with open(arguments.report, "rb") as file:
        written = file.read()
    try:
        return [msgspec.json.decode(written, type=Told)]
    except msgspec.ValidationError:
        answer = msgspec.json.decode(written, type=_AnswerFile)
    # A problem names the journey it is in; it is played from the journey that was checked.
    return [
        msgspec.convert({**problem, "journey": report.journey}, Told)
        for report in answer.reports
        for problem in report.problems
    ]
