"""One advance of a journey in progress: the mutable workbench the steps act on, frozen again at the end."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warmline.domain.journey.document import Journey, Step, Value, Var
from warmline.domain.journey.faults import BlankPrompt, Fault, MissingPrompt
from warmline.domain.journey.inputs import Ear
from warmline.domain.journey.interface import (
    Advance,
    Facts,
    Finished,
    JourneyCommand,
    LeaveQueue,
    Moved,
    NoWake,
    QueueFacts,
    Reply,
    Speak,
    WakeMe,
    Wanted,
)
from warmline.domain.journey.prompts import fixed_text, is_blank, is_spoken, placeholders, render
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.spoken import OPTIONS, option_lines, patience_s, with_lines
from warmline.domain.journey.values import evaluate, is_too_large, read, remove, write
from warmline.domain.journey.walk import ON_ERROR, START, block, block_at, block_id, section_block
from warmline.kernel.locale import Locale

HISTORY_LENGTH = 32
REPEATED_PROMPTS = 8
MAX_STEPS = 500  # without waiting for the customer
MAX_DEPTH = 16  # modules inside modules
MASK = "••••"

_ZONES: dict[Locale, str] = {"ko": "Asia/Seoul", "ja": "Asia/Tokyo", "en": "UTC"}


QueueOpen = Callable[[str, datetime], bool]  # whether somebody may be in a queue at a time


class Run:
    """The place in the journey, opened up: steps move it, speak through it and wait on it."""

    def __init__(
        self,
        session: JourneySession,
        facts: Facts,
        now: datetime,
        channel: str,
        contact_id: UUID | None,
        origin: str | None = None,
        queue_open: QueueOpen | None = None,
        person_after: int | None = None,
    ) -> None:
        self.facts = facts
        self.queue_open: QueueOpen = queue_open or (lambda queue_id, at: True)
        self.now = now
        self.channel = channel
        self.contact_id = contact_id
        self.origin = origin
        self.person_after = person_after
        self.locale: Locale = session.locale
        self.waiting: Waiting | None = session.waiting
        self.history = list(session.history)
        self.said = list(session.last_prompts)
        self.task_count = session.task_count
        self.assurance = session.assurance
        self.steps = session.steps_since_wait
        self.errors = session.errors
        self.misunderstood = session.misunderstood
        self.met_people = session.met_people
        self.commands: list[JourneyCommand] = []
        self.fixed: set[str] = set()  # texts rendered without anything filled in
        self.entered: list[str] = []
        self.problems: list[str] = []
        self.half_hours: dict[tuple[str, str | None], list[datetime]] = {}  # found open, by queue and calendar
        self.running = False
        self.lingered = session.waiting is not None  # the customer has stayed in this section for a while
        self.outer: tuple[Frame, ...] = session.frames[:-1]
        self._open(session.frames[-1])

    def _open(self, frame: Frame) -> None:
        self.journey_id = frame.journey_id
        self.version = frame.version
        self.section = frame.section
        self.path: list[int | str] = list(frame.path) or [0]
        self.into = frame.into
        self.variables = frame.variables
        self.secrets = frame.secrets
        self._journey: Journey | None = None

    @property
    def journey(self) -> Journey:
        """The current frame's journey in its pinned version. Raises Fault when nobody knows it."""
        if self._journey is None:
            self._journey = self.resolve(self.journey_id, self.version)[0]
        return self._journey

    def resolve(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        try:
            return self.facts.journey(journey_id, version)
        except KeyError:
            raise Fault(f"journey_unknown {journey_id}") from None

    def frame(self) -> Frame:
        """Return the current frame as it is now."""
        return Frame(
            self.journey_id, self.version, self.section, tuple(self.path), self.into, self.variables, self.secrets
        )

    def freeze(self) -> Advance:
        """Return the result of this advance."""
        waiting = self.waiting
        session = JourneySession(
            frames=(*self.outer, self.frame()),
            locale=self.locale,
            waiting=waiting,
            history=tuple(self.history[-HISTORY_LENGTH:]),
            last_prompts=tuple(self.said[-REPEATED_PROMPTS:]),
            task_count=self.task_count,
            assurance=self.assurance,
            steps_since_wait=self.steps,
            errors=self.errors,
            misunderstood=self.misunderstood,
            met_people=self.met_people,
        )
        return Advance(
            session, tuple(self.commands), expects_secret(waiting), tuple(self.entered), tuple(self.problems)
        )

    # --- moving ---------------------------------------------------------------------------------

    def step(self) -> Step | None:
        """Return the current step, climbing out of finished blocks; None behind the end of the section."""
        while True:
            steps = block_at(self.journey, self.section, tuple(self.path))
            index = self.path[-1]
            if isinstance(index, int) and index < len(steps):
                return steps[index]
            if len(self.path) == 1:
                return None
            del self.path[-2:]
            self.next()

    def next(self) -> None:
        """Go on with the step after this one."""
        index = self.path[-1]
        self.path[-1] = index + 1 if isinstance(index, int) else 0
        self.running = True

    def branch(self, step: Step, name: str) -> None:
        """Enter a block of the current step; an empty one leads straight to the next step."""
        self.entered.append(block_id(self.journey_id, self.section, (*self.path, name)))
        if block(step, name):
            self.path += (name, 0)
            self.running = True
        else:
            self.next()

    def goto(self, section: str) -> None:
        """Enter a section of the current journey; whatever was deeper is dropped, variables stay."""
        section_block(self.journey, section)
        self.section = section
        self.path = [0]
        self.running = True
        self.lingered = False
        self.met_people = self.met_people or (not self.outer and section == self.journey.agent_section)
        self.entered.append(block_id(self.journey_id, section, ()))
        self.commands.append(Moved(self.journey_id, self.version, section))
        if section != ON_ERROR:
            self.history.append((self.journey_id, section))

    def call(self, frame: Frame, *, keep: bool) -> None:
        """Enter another journey at its start; `keep` the current frame to come back to. Raises Fault."""
        if keep:
            if len(self.outer) + 1 >= MAX_DEPTH:
                self.fault("too_deep")
            self.outer = (*self.outer, self.frame())
        else:
            self.outer = ()
        self._open(frame)
        self.goto(START)

    def pass_through(self) -> None:
        """Leave a section in which nobody was asked anything: "back" shall not lead there."""
        if not self.lingered and self.history and self.history[-1] == (self.journey_id, self.section):
            self.history.pop()

    def back_to_caller(self, value: object, *, secret: bool = False) -> None:
        """Leave the module; its result lands in the caller's variable. Raises Fault when nobody called."""
        if not self.outer:
            self.fault("nothing_to_return_to")
        while self.history and self.history[-1][0] == self.journey_id:
            self.history.pop()
        into = self.into
        self.drop_frame()
        if into is not None and secret:
            self.set_secret(into, value)
        elif into is not None:
            self.set(into, value)
        self.next()

    def drop_frame(self) -> None:
        """Forget the current frame and stand in its caller's."""
        *outer, frame = self.outer
        self.outer = tuple(outer)
        self._open(frame)

    def fault(self, problem: str) -> NoReturn:
        raise Fault(problem)

    # --- variables ------------------------------------------------------------------------------

    def set(self, path: str, value: object) -> None:
        head, _, rest = path.partition(".")
        variables = write(self.variables, path, value)
        if rest and is_too_large(variables[head]):
            raise Fault(f"value_too_large {path}")
        self.variables = variables
        if path in self.secrets:
            self.secrets = tuple(name for name in self.secrets if name != path)

    def set_secret(self, path: str, value: object) -> None:
        self.set(path, value)
        self.secrets = (*self.secrets, path)

    def value(self, value: Value) -> object:
        return evaluate(value, self.variables)

    def is_secret(self, value: Value) -> bool:
        """Tell whether a value is, or holds, or lies within a secret."""
        return isinstance(value, Var) and any(_overlaps(value.path, secret) for secret in self.secrets)

    def holds_secret(self, name: str) -> bool:
        """Tell whether the variable `name` is, or holds, a secret."""
        return self.is_secret(Var(name))

    def forget_secrets(self, value: Value) -> None:
        """Remove a secret that has served its purpose."""
        if isinstance(value, Var) and value.path in self.secrets:
            self.variables = remove(self.variables, value.path)
            self.secrets = tuple(name for name in self.secrets if name != value.path)

    @property
    def zone(self) -> tzinfo:
        """The customer's time zone: variable `time_zone` if set, else the usual one of the language."""
        name = self.variables.get("time_zone", _ZONES[self.locale])
        try:
            return ZoneInfo(str(name))
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def ear(self) -> Ear:
        return Ear(self.locale, self.today, self.text)

    # --- speaking -------------------------------------------------------------------------------

    @property
    def spoken(self) -> bool:
        return is_spoken(self.channel)

    def text(self, key: str, extras: Mapping[str, object] | None = None) -> str:
        """Render a prompt in the customer's language.

        Raises MissingPrompt, MissingVariable, BadTemplate, and BlankPrompt for what would tell nothing.
        """
        template = self.facts.prompt(key, self.locale, self.channel)
        if template is None:
            raise MissingPrompt(key, self.locale)
        always = fixed_text(template)
        text = render(template, self._lookup(extras), self.locale, self.zone) if always is None else always
        if is_blank(text):
            raise BlankPrompt(key, self.locale)
        if always is not None:
            self.fixed.add(text)
        return text

    def _lookup(self, extras: Mapping[str, object] | None) -> Callable[[str], object]:
        def look_up(path: str) -> object:
            if extras is not None and path in extras:
                return extras[path]
            value = read(self.variables, path)
            return MASK if self.is_secret(Var(path)) else value

        return look_up

    def speak(
        self,
        prompt: str,
        extras: Mapping[str, object] | None = None,
        quick_replies: tuple[Reply, ...] = (),
        input_kind: str | None = None,
        keys: tuple[int, int] | None = None,
    ) -> None:
        """Say a prompt. A voice says the options of a choice too, and how to take one; `keys` are for it alone."""
        if self.spoken and input_kind == "choice" and quick_replies:
            lines = option_lines([reply.label for reply in quick_replies], self.text)
            template = self.facts.prompt(prompt, self.locale, self.channel) or ""
            text = with_lines(template, lines, lambda more: self.text(prompt, {**(extras or {}), **more}))
            fixed = placeholders(template) <= {OPTIONS} and all(one.label in self.fixed for one in quick_replies)
        else:
            text = self.text(prompt, extras)
            fixed = text in self.fixed
        self.commands.append(Speak(prompt, text, quick_replies, input_kind, keys if self.spoken else None, fixed))

    def patience(self, wanted_s: float) -> float:
        """Return how long to wait for an answer to what has just been asked."""
        if not self.spoken:
            return wanted_s
        return patience_s(wanted_s, sum(len(one.text) for one in self.commands if isinstance(one, Speak)))

    # --- waiting --------------------------------------------------------------------------------

    def wait(self, waiting: Waiting, *wakes: tuple[str, float]) -> None:
        """Stop here until something happens; each wake sets a timer `after_s`."""
        self.waiting = waiting
        self.running = False
        self.lingered = True
        if waiting.kind != "task":
            self.steps = 0
        for name, after_s in wakes:
            self.commands.append(WakeMe(name, after_s))

    def stop_waiting(self, fired: str | None = None) -> None:
        """Take down the timers of what was waited for, except the one that just fired; leave a queue."""
        waiting = self.waiting
        if waiting is None:
            return
        for name in timers(waiting):
            if name != fired:
                self.commands.append(NoWake(name))
        if waiting.kind == "queue":
            self.commands.append(LeaveQueue())
        self.waiting = None

    def accept(self, fired: str | None = None) -> None:
        """Take the answer (or the end of patience) as given: timers go, and there is nothing to repeat."""
        self.stop_waiting(fired)
        self.said.clear()

    def finish(self, finished: Finished) -> None:
        self.commands.append(finished)
        self.waiting = None
        self.running = False
        self.said.clear()

    def queue_facts(self, queue: str, skills: dict[str, int]) -> QueueFacts:
        """Return how things stand in a queue for this customer, in their language. Raises Fault."""
        try:
            return self.facts.queue(queue, self.contact_id, Wanted(self.locale, skills))
        except KeyError:
            raise Fault(f"queue_unknown {queue}") from None

    def task_id(self) -> str:
        """Return a fresh task id, unique within the contact."""
        self.task_count += 1
        root = self.outer[0].journey_id if self.outer else self.journey_id
        return f"{root}.{self.task_count}"


def expects_secret(waiting: Waiting | None) -> bool:
    """Tell whether the customer's next input is a secret."""
    return waiting is not None and waiting.data.get("secret") is True


def timers(waiting: Waiting) -> tuple[str, ...]:
    """Return the timers that may be running while this is waited for."""
    match waiting.kind:
        case "input":
            return ("journey.input",)
        case "task":
            return ("journey.task", "journey.slow") if waiting.data.get("slow") else ("journey.task",)
        case "survey":
            return ("journey.survey",)
        case "voicemail":
            return ("journey.voicemail",)
        case "queue" if waiting.phase == "offers":
            return ("journey.wait", "journey.overflow", "journey.callback")
        case "queue":
            return ("journey.wait", "journey.overflow")
        case _:
            return ()


def _overlaps(path: str, secret: str) -> bool:
    return path == secret or path.startswith(secret + ".") or secret.startswith(path + ".")
