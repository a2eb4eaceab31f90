"""A conversation played step by step for people to watch: what was said, what was lit, what is awaited."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.cards import channel_of
from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_replay import CALLED, SOME_CALLER, trial_of
from warmline.domain.journey.document import CallModule, Goto, Journey, Scalar, Value
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.interface import (
    Advance,
    EnterQueue,
    Finished,
    Form,
    JourneyEvent,
    LeaveQueue,
    PromiseCallback,
    Reply,
    RunTask,
    Said,
    Speak,
    TaskDone,
    TimedOut,
    VoicemailDone,
)
from warmline.domain.journey.machine import advance
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.run import MASK, Run
from warmline.domain.journey.session import Frame
from warmline.domain.journey.simulate import CONTACT, Conversation
from warmline.domain.journey.stage import Library, Scenery, Stage
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.values import Variables, write
from warmline.domain.journey.walk import block_id
from warmline.kernel.locale import Locale

SILENT_S = 7.0  # a caller who says nothing is asked again, as on the telephone
MOST_EVENTS = 3_000  # that one conversation may take
MOST_LINES = 20_000  # said, heard and lit
MOST_WAIT_S = 172_800.0
INPUT = "journey.input"

Who = Literal["customer", "bot", "aside"]


class Deed(Struct, frozen=True, omit_defaults=True):
    """One thing that happens: exactly one field is set, but `fill` may come with the button tapped.

    Tasks that run answer before and after it.

    `press`: keys of a telephone; `wait_s`: time passes; `until_next`: until the next timer; `until`: until the
    timer of this name.
    """

    say: str | None = None
    tap: str | None = None
    press: str | None = None
    fill: dict[str, str] | None = None  # a card's fields
    speak: Locale | None = None
    wait_s: float | None = None
    until: str | None = None
    silent: bool = False
    until_next: bool = False
    leave: bool = False


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of a conversation, `at_s` after its beginning.

    `kind`: said, tapped, pressed, filled, language, left; spoken; task, time, person, voicemail, queue, unqueued,
    callback, ended, problem. `name`: the prompt, task, timer, queue or reason it is about. `place`: the step it
    came from.
    """

    who: Who
    kind: str
    at_s: float
    text: str = ""
    name: str = ""
    place: str = ""
    options: tuple[str, ...] = ()
    deed: int | None = None  # by which it came about; None: before the first


class Pending(Struct, frozen=True):
    """Something that happens by itself `in_s` from now: a timer, a task's answer, a person."""

    name: str
    in_s: float


class Rehearsal(Conversation):
    """A conversation with a record for people. A module is rehearsed by being called from an empty journey."""

    def __init__(self, journey_id: str, library: Library, scenery: Scenery) -> None:
        journey = library.journeys[journey_id]
        scenery = replace(scenery, channel=channel_of(journey, scenery.channel))
        if journey.kind == "module":
            trial = _called_with(journey, scenery.given)
            library = replace(library, journeys={**library.journeys, trial.id: trial})
            journey_id = trial.id
        self.stage = Stage(library, scenery)
        self.record: list[Line] = []
        self.trail: list[str] = []
        self.prompts: list[str] = []  # said so far, in order
        self.input_kind: str | None = None
        self.keys: tuple[int, int] | None = None
        self.form: Form | None = None
        self._begun = scenery.start_at
        self._running: dict[str, str] = {}
        self._deed: int | None = None
        self._events = 0
        super().__init__(
            journey_id,
            self.stage,
            self.stage.answer,
            scenery.start_at,
            locale=scenery.locale,
            channel=scenery.channel,
            connect_after_s=scenery.connect_after_s,
            variables=_given(journey, scenery),
            person_after=library.person_after,
        )
        self.finish_tasks()

    # --- what happens --------------------------------------------------------------------------

    def play(self, deeds: Sequence[Deed]) -> None:
        """Do one thing after the other; what comes after the end is left out."""
        for number, deed in enumerate(deeds):
            if self.ended is not None:
                return
            self.perform(deed, number)

    def perform(self, deed: Deed, number: int = 0) -> None:
        """Let one thing happen, the one of this number."""
        self._deed = number
        self.finish_tasks()
        if self.ended is not None or self.is_full:
            return
        if deed.say is not None:
            self._note("customer", "said", MASK if self.secret_next else deed.say)
            super().say(deed.say)
        elif deed.fill is not None:
            entered = " · ".join(text for text in deed.fill.values() if text)
            self._note("customer", "filled", MASK if self.secret_next else entered, deed.tap or "")
            self._handle(Said("", deed.tap, deed.fill))
        elif deed.tap is not None:
            self._tap(deed.tap, "tapped")
        elif deed.press is not None:
            self._press(deed.press)
        elif deed.speak is not None:
            self._note("customer", "language", name=deed.speak)
            super().speak(deed.speak)
        elif deed.wait_s is not None:
            self.wait(deed.wait_s)
        elif deed.until is not None:
            self._wait_for(deed.until)
        elif deed.leave:
            self._note("customer", "left")
            super().leave()
        elif deed.silent:
            self._keep_silent()
        else:
            self.step()
        self.finish_tasks()

    def wait(self, seconds: float) -> None:
        """Let time pass, with everything that falls due."""
        until = self.now + timedelta(seconds=max(0.0, min(seconds, MOST_WAIT_S)))
        while self.ended is None and (due := self._next_due()) is not None and due <= until and self.step():
            pass
        self.now = max(self.now, until)

    def _wait_for(self, name: str) -> None:
        """Let time pass until a timer fires; nothing happens where it is not set."""
        while self.ended is None and name in self._live:
            due = self._live[name]
            if not self.step() or self._live.get(name) != due:
                return

    def run_out(self) -> None:
        """Let time pass until the conversation has ended, or nothing is due any more."""
        self._deed = None
        while self.ended is None and self.step():
            pass

    def _keep_silent(self) -> None:
        """Say nothing: a caller is asked again soon, who writes has longer."""
        if not (is_spoken(self.channel) and INPUT in self._live):
            self.step()
            return
        del self._live[INPUT]
        self.now += timedelta(seconds=SILENT_S)
        self._note("aside", "time", name=INPUT)
        self._handle(TimedOut(INPUT))

    def _tap(self, value: str, kind: str, text: str | None = None) -> None:
        label = next((reply.label for reply in self.taps if reply.value == value), value)
        self._note("customer", kind, text or label, name=value)
        super().tap(value)

    def _press(self, keys: str) -> None:
        pressed = keys.removesuffix("#")
        if self.taps and pressed.isdecimal() and 0 < int(pressed) <= len(self.taps) and not self.secret_next:
            self._tap(self.taps[int(pressed) - 1].value, "pressed", keys)
            return
        self._note("customer", "pressed", MASK if self.secret_next else keys)
        super().say(pressed)

    # --- time ----------------------------------------------------------------------------------

    def step(self) -> bool:
        if self._events >= MOST_EVENTS or self.is_full:
            return False
        self._events += 1
        ended = self.ended
        due = super().step()
        if due and ended is None and self.ended == "person":
            self._note("aside", "person", name=self.queued_in or "")
        return due

    @property
    def is_full(self) -> bool:
        """Tell whether so much has happened that nobody would read on: nothing more does."""
        return len(self.record) + len(self.trail) >= MOST_LINES

    def pending(self) -> list[Pending]:
        """Return what happens by itself from here on, the next first."""
        due = sorted(
            (at, order, name) for at, order, name, _ in self._agenda if self._live.get(name) == order
        )  # what was cleared or replaced is still on the agenda
        return [Pending(name, max(0.0, (at - self.now).total_seconds())) for at, _, name in due]

    def _next_due(self) -> datetime | None:
        return min((at for at, order, name, _ in self._agenda if self._live.get(name) == order), default=None)

    @property
    def at_s(self) -> float:
        """Seconds since the beginning."""
        return (self.now - self._begun).total_seconds()

    # --- what is known -------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """Where the customer stands: `journey#section/2/then/0`."""
        return place_of(self.session.frames[-1])

    def variables(self) -> Variables:
        """Return the variables of the journey the customer is in, secrets masked."""
        frame = self.session.frames[-1]
        shown = dict(frame.variables)
        for name in frame.secrets:
            shown = write(shown, name, MASK)
        return shown

    # --- the machine ---------------------------------------------------------------------------

    def _handle(self, event: JourneyEvent) -> None:
        if self.ended is not None:
            return
        self._hear_of(event)
        marks: list[tuple[int, str]] = [(0, self.place)]
        lit = 0

        def watch(run: Run, _: object) -> None:
            nonlocal lit
            here = block_id(run.journey_id, run.section, tuple(run.path))
            self.trail += [*run.entered[lit:], here]
            lit = len(run.entered)
            marks.append((len(run.commands), here))

        outcome = advance(
            self.session, event, self.facts, self.now, channel=self.channel, contact_id=CONTACT, watch=watch,
            person_after=self._allowed,
        )  # fmt: skip
        self.trail += outcome.entered[lit:]
        self._tell(outcome, marks)
        self._apply(outcome)

    def _hear_of(self, event: JourneyEvent) -> None:
        match event:
            case TaskDone(task_id, outcome):
                self._note("aside", "task", outcome, name=self._running.get(task_id, task_id))
            case TimedOut(name) if self._deed is None or name != INPUT or not is_spoken(self.channel):
                self._note("aside", "time", name=name)
            case VoicemailDone(recorded):
                self._note("aside", "voicemail", "recorded" if recorded else "nothing")
            case _:
                pass

    def _tell(self, outcome: Advance, marks: Sequence[tuple[int, str]]) -> None:
        for number, command in enumerate(outcome.commands):
            place = next(here for first, here in reversed(marks) if first <= number)
            match command:
                case Speak(prompt, text, replies, input_kind, keys, form=form):
                    self.input_kind, self.keys, self.form = input_kind, keys, form
                    self.prompts.append(prompt)
                    self._note("bot", "spoken", text, prompt, place, _labels(replies))
                case RunTask(task_id, task):
                    self._running[task_id] = task
                case EnterQueue(queue):
                    self._note("aside", "queue", name=queue, place=place)
                case LeaveQueue():
                    self._note("aside", "unqueued", name=self.queued_in or "", place=place)
                case PromiseCallback(queue):
                    self._note("aside", "callback", name=queue, place=place)
                case Finished(reason):
                    self._note("aside", "ended", name=reason, place=place)
                case _:
                    pass
        for problem in outcome.problems:
            self._note("aside", "problem", problem, place=marks[-1][1])

    def _note(
        self, who: Who, kind: str, text: str = "", name: str = "", place: str = "", options: tuple[str, ...] = ()
    ) -> None:
        self.record.append(Line(who, kind, self.at_s, text, name, place, options, self._deed))


def place_of(frame: Frame) -> str:
    """Name the step at which a frame stands."""
    return block_id(frame.journey_id, frame.section, frame.path or (0,))


def _called_with(module: Journey, given: Mapping[str, Scalar]) -> Journey:
    values = {name: given.get(name, UNKNOWN) for name in module.parameters}
    args: dict[str, Value] = {name: Unknown(v) if isinstance(v, str) else v for name, v in values.items()}
    trial = trial_of(module)
    return replace(trial, sections={**trial.sections, "start": (CallModule(module.id, args), Goto("agent"))})


def of_trial(place: str) -> bool:
    """Tell whether a place is in the empty journey that calls a module on trial."""
    return place.partition("#")[0].endswith(CALLED)


def _given(journey: Journey, scenery: Scenery) -> dict[str, object]:
    if journey.kind == "module":
        return {}
    caller = SOME_CALLER if is_spoken(scenery.channel) else ""
    return {name: scenery.given.get(name, caller if name == CALLER else "") for name in journey.parameters}


def _labels(replies: Sequence[Reply]) -> tuple[str, ...]:
    return tuple(reply.label for reply in replies)
