"""One simulated conversation with a journey: virtual clock, fake backend, no I/O, thousands a second."""

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.journey.interface import (
    Advance,
    EnterQueue,
    Facts,
    Finished,
    JourneyCommand,
    JourneyEvent,
    LeaveQueue,
    LocaleSwitched,
    NoWake,
    PromiseCallback,
    QueueMoved,
    Recognised,
    Reply,
    RunTask,
    Said,
    Speak,
    Started,
    TakeVoicemail,
    TaskDone,
    TimedOut,
    VoicemailDone,
    WakeMe,
)
from warmline.domain.journey.machine import advance, begin
from warmline.domain.journey.session import JourneySession
from warmline.kernel.locale import Locale

CONTACT = UUID(int=1)
MESSAGE_S = 8.0  # how long a recorded message is, here


class Answer(Struct, frozen=True, omit_defaults=True):
    """What a fake backend answers, and after how long (virtual seconds)."""

    outcome: Literal["ok", "failed", "timed_out"] = "ok"
    result: dict[str, object] = {}
    after_s: float = 0.2


Backend = Callable[[RunTask], Answer]


class Conversation:
    """A customer in a journey. `step` lets the next thing happen; `say`, `tap`, `leave` are the customer's.

    `ended` is None while it goes on; then a finish reason, "person", "callback" or "left".
    """

    def __init__(
        self,
        journey_id: str,
        facts: Facts,
        backend: Backend,
        now: datetime,
        *,
        locale: Locale = "en",
        channel: str = "webchat",
        version: int = 1,
        connect_after_s: float | None = 45,
        variables: Mapping[str, object] | None = None,
        person_after: Mapping[str, int] | None = None,
    ) -> None:
        """`person_after`: by contact reason, how often a customer may be misunderstood."""
        self.facts = facts
        self.now = now
        self.channel = channel
        self.session: JourneySession = begin(journey_id, version, locale, dict(variables or {}))
        self.ended: str | None = None
        self.reason: str | None = None  # why the customer came, as far as the journey has declared it
        self._person_after = person_after or {}
        self.queued_in: str | None = None
        self.taps: tuple[Reply, ...] = ()
        self.lines: list[str] = []
        self.entered: set[str] = set()
        self.problems: list[str] = []
        self.secret_next = False
        self._backend = backend
        self._connect_after_s = connect_after_s
        self._order = 0
        self._agenda: list[tuple[datetime, int, str, JourneyEvent | None]] = []
        self._live: dict[str, int] = {}
        self._handle(Started())

    # --- the customer --------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Type something."""
        self.lines.append(f"Customer: {'••••' if self.secret_next else text}")
        self._handle(Said(text))

    def tap(self, value: str) -> None:
        """Tap a quick reply by its value."""
        label = next((reply.label for reply in self.taps if reply.value == value), value)
        self.lines.append(f"Customer: [{label}]")
        self._handle(Said(label, value=value))

    def speak(self, locale: Locale) -> None:
        """Change the language by the widget's switch."""
        self._handle(LocaleSwitched(locale))

    def leave(self) -> None:
        """Hang up."""
        self.lines.append("Customer: (leaves)")
        self.ended = self.ended or "left"

    @property
    def busy(self) -> bool:
        """Whether a task runs: a polite customer waits."""
        return any(name.startswith("task:") for name in self._live)

    # --- time ----------------------------------------------------------------------------------

    def step(self) -> bool:
        """Let the next due thing happen (a task's answer, a timer, a connection); False when nothing is due."""
        while self._agenda and self.ended is None:
            due, order, name, event = heapq.heappop(self._agenda)
            if self._live.get(name) != order:
                continue  # cleared or replaced
            del self._live[name]
            self.now = max(self.now, due)
            if event is None:
                self.lines.append("       (a person takes over)")
                self.ended = "person"
            else:
                if isinstance(event, TaskDone):
                    self.lines.append(f"       ({name.removeprefix('task:')}: {event.outcome})")
                self._handle(event)
            return True
        return False

    def finish_tasks(self) -> None:
        """Let running tasks answer."""
        while self.busy and self.step():
            pass

    def queue_moved(self) -> None:
        """Tell a waiting customer's journey that staffing, hours or announcements changed."""
        self._handle(QueueMoved())

    # --- the machine ---------------------------------------------------------------------------

    def _handle(self, event: JourneyEvent) -> None:
        if self.ended is not None:
            return
        outcome = advance(
            self.session, event, self.facts, self.now, channel=self.channel, contact_id=CONTACT,
            person_after=self._allowed,
        )  # fmt: skip
        self._apply(outcome)

    @property
    def _allowed(self) -> int | None:
        """How often this customer may be misunderstood before a person helps."""
        return None if self.reason is None else self._person_after.get(self.reason)

    def _apply(self, outcome: Advance) -> None:
        self.session = outcome.session
        self.secret_next = outcome.expects_secret
        self.entered.update(outcome.entered)
        self.problems += outcome.problems
        for command in outcome.commands:
            self._carry_out(command)

    def _carry_out(self, command: JourneyCommand) -> None:
        match command:
            case Speak(_, text, replies):
                self.taps = replies
                self.lines.append("Bot: " + text + "".join(f" [{reply.label}]" for reply in replies))
            case WakeMe(name, after_s):
                self._plan(name, after_s, TimedOut(name))
            case NoWake(name):
                self._live.pop(name, None)
            case RunTask(task_id, task):
                answer = self._backend(command)
                after_s = command.delay_s + (
                    command.timeout_s if answer.outcome == "timed_out" else answer.after_s
                )
                done = TaskDone(task_id, answer.outcome, answer.result)
                self._plan(f"task:{task}", after_s, done)
            case Recognised(intent):
                self.reason = intent
            case EnterQueue(queue):
                self.queued_in = queue
                self.lines.append(f"       (waits in {queue})")
                if self._connect_after_s is not None and self.facts.queue(queue, CONTACT).staffed:
                    self._plan("connect", self._connect_after_s, None)
            case LeaveQueue():
                self.queued_in = None
                self._live.pop("connect", None)
            case PromiseCallback(not_before=at):
                when = "" if at is None else f" for {at:%Y-%m-%d %H:%M} UTC"
                self.lines.append(f"       (a callback is promised{when})")
            case TakeVoicemail():
                self.lines.append("       (a message is recorded)")
                self._plan("voicemail", MESSAGE_S, VoicemailDone(True))
            case Finished(reason):
                self.ended = reason
            case _:
                pass

    def _plan(self, name: str, after_s: float, event: JourneyEvent | None) -> None:
        self._order += 1
        self._live[name] = self._order
        heapq.heappush(self._agenda, (self.now + timedelta(seconds=after_s), self._order, name, event))
