"""What surrounds a customer at each point of a walk, and a look-out for places that were walked before."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_world import Surroundings
from warmline.domain.journey.document import Announce, Enqueue, Hours, Step
from warmline.domain.journey.interface import (
    EnterQueue,
    Finished,
    JourneyCommand,
    JourneyEvent,
    LeaveQueue,
    NoWake,
    QueueMoved,
    RunTask,
    Said,
    Speak,
    Started,
    TaskDone,
    TimedOut,
    VoicemailDone,
    WakeMe,
)
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import JourneySession

ASKING = frozenset({Hours, Announce, Enqueue})  # the steps that ask the surroundings as they begin


class State(Struct, frozen=True):
    """A customer's situation: the session and what surrounds it."""

    session: JourneySession
    timers: frozenset[str] = frozenset()
    tasks: dict[str, RunTask] = {}
    taps: tuple[str, ...] = ()
    queued: bool = False
    ended: str | None = None


def after(
    before: State, stimulus: Stimulus, commands: Sequence[JourneyCommand], session: JourneySession | None = None
) -> State:
    """Fold the machine's wishes into the customer's situation; `session` is the new one, once there is one."""
    timers, tasks, taps = set(before.timers), dict(before.tasks), before.taps
    queued, ended = before.queued, None
    timers.discard(stimulus.name)
    tasks.pop(stimulus.name, None)
    for command in commands:
        match command:
            case Speak():
                taps = tuple(reply.value for reply in command.quick_replies)
            case WakeMe():
                timers.add(command.name)
            case NoWake():
                timers.discard(command.name)
            case RunTask():
                tasks = {command.task_id: command}
            case EnterQueue():
                queued = True
            case LeaveQueue():
                queued = False
            case Finished():
                ended = command.reason
            case _:
                pass
    waiting = session.waiting if session else None
    if waiting is None or waiting.kind != "task":
        tasks = {}  # nobody waits for them any more: a late answer changes nothing
    return State(session or before.session, frozenset(timers), tasks, taps, queued, ended)


class KnownPlace(BaseException):
    """What follows here was walked from elsewhere. `passed`: the places on the way, this one last."""

    def __init__(self, passed: list[bytes], run: Run) -> None:
        super().__init__()
        self.passed = passed
        self.entered = tuple(run.entered)
        self.commands = tuple(run.commands)  # up to here
        self.assurance = run.assurance


class Places(Protocol):
    """Who remembers the places that were walked."""

    def place(self, run: Run, around: State, answers: Sequence[str]) -> bytes: ...

    def known_before(self, place: bytes, mine: set[bytes]) -> bool: ...


class Lookout:
    """Watches one run for steps that ask the surroundings: there paths fork, and there they come together."""

    def __init__(
        self,
        places: Places,
        before: State,
        stimulus: Stimulus,
        world: Surroundings,
        mine: set[bytes],
        *,
        rescued: bool = False,
        plain: bool = False,
    ) -> None:
        """`mine`: places first seen in this step of the walk. `rescued`: one fault is there on purpose.

        `plain`: watch only, and let no place pass for another.
        """
        self._places = places
        self._before = before
        self._stimulus = stimulus
        self._world = world
        self._mine = mine
        self._faults = 1 if rescued else 0
        self._plain = plain
        self.passed: list[bytes] = []
        self._steps: dict[int, tuple[str, str, int]] = {}

    def last_step(self, fault: int) -> tuple[str, str, int] | None:
        """Return journey and section of the last step before a fault, and how many blocks were entered by then."""
        return self._steps.get(fault)

    def __call__(self, run: Run, step: Step) -> None:
        """See a step about to run. Raises KnownPlace where nothing new can follow."""
        self._steps[len(run.problems)] = (run.journey_id, run.section, len(run.entered))
        if self._plain or type(step) not in ASKING or len(run.problems) > self._faults:
            return  # a fault has to come to the end of its path to be told
        around = after(self._before, self._stimulus, run.commands)
        place = self._places.place(run, around, self._world.answers)
        self.passed.append(place)
        if not self._world.replaying and self._places.known_before(place, self._mine):
            raise KnownPlace(self.passed, run)


def form_said(stimulus: Stimulus) -> Said:
    """Return a filled card as the machine hears it."""
    entered = {name: str(text) for name, text in stimulus.result.items()}
    return Said("", stimulus.text or None, entered)


def event_of(stimulus: Stimulus) -> JourneyEvent:
    """Return the machine's event for a stimulus. Raises ValueError for one that ends the walk."""
    match stimulus.kind:
        case "start":
            return Started()
        case "say":
            return Said(stimulus.text)
        case "tap":
            return Said(stimulus.text, value=stimulus.text)
        case "form":
            return form_said(stimulus)
        case "silence":
            return TimedOut(stimulus.name)
        case "voicemail":
            return VoicemailDone(stimulus.outcome == "recorded")
        case "queue_moved":
            return QueueMoved()
        case "task" if stimulus.outcome == "ok":
            return TaskDone(stimulus.name, "ok", stimulus.result)
        case "task" if stimulus.outcome == "failed":
            return TaskDone(stimulus.name, "failed", reason="checked")
        case "task":
            return TaskDone(stimulus.name, "timed_out", reason="checked")
        case _:
            raise ValueError(f"{stimulus.kind} is no journey event")
