"""Walk every path of a journey with the real machine, over every answer of its surroundings.

The states are finite by construction: attempts are bounded, variables that no condition looks at count only as
set or unset, the others take one stand-in value per place that the conditions can tell apart.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.journey.cards import UNHURRIED
from warmline.domain.journey.checker_again import Answered, leads_on, tried, uncounted, worth_remembering
from warmline.domain.journey.checker_around import KnownPlace, Lookout, State, after, event_of
from warmline.domain.journey.checker_kinds import shape
from warmline.domain.journey.checker_live import ASSURANCE, Liveness
from warmline.domain.journey.checker_moves import at_desk, current_step, moves
from warmline.domain.journey.checker_proof import Doorkeeper
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_voice import WORKING, works_unheard
from warmline.domain.journey.checker_words import Cause, cause_of_fault
from warmline.domain.journey.checker_world import NOW, PromptSource, Surroundings
from warmline.domain.journey.document import Journey
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.interface import (
    Advance,
    JourneyCommand,
    Speak,
)
from warmline.domain.journey.machine import advance
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Frame, JourneySession
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import ON_ERROR

CONTACT = UUID(int=1)
MOST_STATES = 60_000
UNASKED = frozenset({"silence", "task"})  # what goes on without the customer


class Node(Struct, gc=False):
    """A state in the graph, with the way it was first reached."""

    state: State
    parent: "Node | None" = None
    stimulus: Stimulus | None = None
    depth: int = 0
    key: bytes = b""  # what distinguishes its state, once it is part of the graph
    place: bytes = b""  # the same without how often something was tried there
    tries: tuple[int, ...] = ()
    passed: list[bytes] = []  # the places where the surroundings were asked on the last step here

    def path(self) -> tuple[Stimulus, ...]:
        """Return the stimuli from the start to here."""
        found: list[Stimulus] = []
        node: Node | None = self
        while node is not None and node.stimulus is not None:
            found.append(node.stimulus)
            node = node.parent
        return tuple(reversed(found))


class Finding(Struct, frozen=True):
    """Something wrong at the end of a path."""

    cause: Cause
    node: Node
    journey: str
    section: str


class Walk:
    """The exploration of one journey and everything it reaches."""

    def __init__(
        self,
        library: Mapping[str, Journey],
        texts: PromptSource,
        channel: str,
        agent_word: str,
        decisive: Decisive,
        *,
        plain: bool = False,
        tasks: Tasks | None = None,
        keeper: Doorkeeper | None = None,
    ) -> None:
        """`tasks`: what each task may answer. `keeper`: who may be told what.

        `plain`: walk everything anew wherever it comes up, to see that nothing is lost by not doing so.
        """
        self._plain = plain
        self._library = library
        self._texts = texts
        self._channel = channel
        self._agent_word = agent_word
        self._decisive = decisive
        self._tasks: Tasks = tasks or {}
        self._keeper = None if keeper is None or keeper.idle else keeper
        self._live = Liveness(library, texts, channel)
        self._seen: dict[bytes, Node] = {}
        self._asked: set[bytes] = set()
        self._answered = Answered()
        self._places: set[bytes] = set()
        self._silent: dict[bytes, dict[bytes, None]] = {}
        self.entered: set[str] = set()
        self.findings: list[Finding] = []
        self.transitions = 0
        self.ends = 0
        self.complete = True

    @property
    def states(self) -> int:
        return len(self._seen)

    def readable(self, journey_id: str, section: str) -> frozenset[str]:
        """Return the variables that may still be read from the beginning of a section on."""
        return self._live.at(journey_id, section, ())

    def explore(self, start: JourneySession, first: Stimulus, *, rescued: bool = False) -> None:
        """Visit everything reachable from `start`, breadth first, so that findings have shortest paths.

        `rescued`: the first step is a fault on purpose, to see where `on_error` leads.
        """
        waiting: deque[Node] = deque()
        for node in self._step(Node(State(start)), first, rescued=rescued):
            self._visit(node, None, waiting)
        while waiting:
            if len(self._seen) > MOST_STATES:
                self.complete = False
                return
            node = waiting.popleft()
            for stimulus in self._moves(node.state):
                if stimulus.kind in ("connect", "hang_up"):
                    self.ends += 1  # with a person, or the customer's own choice
                    continue
                if self._asked_before(stimulus, node.state.session):
                    self.transitions += 1
                    continue
                self._take(node, stimulus, waiting)

    def _take(self, node: Node, stimulus: Stimulus, waiting: deque[Node]) -> None:
        """Go one step on from a node, unless the same answer led on from there after fewer tries."""
        session = node.state.session
        again = not self._plain and worth_remembering(stimulus, session.waiting)
        if again and self._answered.before(node.place, stimulus, node.tries):
            self.transitions += 1
            return
        found, away = len(self.findings), True
        for reached in self._step(node, stimulus):
            away = away and leads_on(session, reached.state)
            self._visit(reached, node, waiting)
        if again and away and found == len(self.findings):
            self._answered.remember(node.place, stimulus, node.tries)

    def _moves(self, state: State) -> Iterator[Stimulus]:
        step = current_step(state.session, self._library)
        if self._channel in UNHURRIED:
            yield from at_desk(state.session, step, state.tasks, self._decisive, self._tasks)
            return
        yield from moves(
            state.session,
            step,
            state.tasks,
            state.timers,
            state.taps,
            state.queued,
            self._agent_word,
            self._decisive,
            self._tasks,
        )

    def _asked_before(self, stimulus: Stimulus, session: JourneySession) -> bool:
        """Tell whether "agent" was said with the same variables before: it always leads to the same place."""
        if self._plain or stimulus.kind != "say" or stimulus.text != self._agent_word:
            return False
        outer = session.frames[0]
        journey = self._library[outer.journey_id]
        target = journey.agent_section
        if target not in journey.sections or (len(session.frames) == 1 and outer.section == target):
            return False  # nowhere to go, which is a finding; or already there, so the step at hand hears it
        live = self._live.at(outer.journey_id, target, ())
        kept = _abstract("", _only(outer.variables, live), self._decisive)
        key = msgspec.json.encode((outer.journey_id, kept, session.assurance, session.errors))
        if key in self._asked:
            return True
        self._asked.add(key)
        return False

    def _visit(self, node: Node, origin: Node | None, waiting: deque[Node]) -> None:
        self.transitions += 1
        if node.state.ended is not None:
            self.ends += 1
            return
        place, tries = self._key(node.state)
        key = place + msgspec.json.encode(tries)
        self._link(origin, node.stimulus, [*node.passed, key])
        if key not in self._seen:
            node.key, node.place, node.tries = key, place, tries
            self._seen[key] = node
            waiting.append(node)

    def _step(self, node: Node, stimulus: Stimulus, *, rescued: bool = False) -> Iterator[Node]:
        """Yield what follows from one stimulus, once for each combination of answers of the surroundings."""
        tapes: deque[Sequence[str]] = deque([()])
        mine: set[bytes] = set()
        while tapes:
            world = Surroundings(self._library, self._texts, tapes.popleft())
            lookout = Lookout(self, node.state, stimulus, world, mine, rescued=rescued, plain=self._plain)
            try:
                outcome = advance(
                    node.state.session, event_of(stimulus), world, NOW,
                    channel=self._channel, contact_id=CONTACT, watch=lookout,
                )  # fmt: skip
            except KnownPlace as known:
                self.entered |= set(known.entered)
                self.transitions += 1
                tapes += world.alternatives()
                happened = msgspec.structs.replace(stimulus, world=tuple(world.answers))
                cut = Node(node.state, node, happened, node.depth + 1)
                self._overhear(cut, known.commands, known.assurance, known.entered)
                self._link(node if node.key else None, stimulus, known.passed)
                continue
            self.entered |= set(outcome.entered)
            tapes += world.alternatives()
            happened = msgspec.structs.replace(stimulus, world=tuple(world.answers))
            around = after(node.state, stimulus, outcome.commands, outcome.session)
            reached = Node(around, node, happened, node.depth + 1, passed=lookout.passed)
            problems = outcome.problems[1:] if rescued else outcome.problems
            self._judge(reached, problems, outcome, lookout)
            self._overhear(reached, outcome.commands, outcome.session.assurance, outcome.entered)
            if not problems:
                yield reached

    def known_before(self, place: bytes, mine: set[bytes]) -> bool:
        """Tell whether what follows at a place was walked from elsewhere; if nobody did, this run does."""
        if place in self._places:
            return place not in mine  # passing one's own place again may be a loop, which has to show
        self._places.add(place)
        mine.add(place)
        return False

    def place(self, run: Run, around: State, answers: Sequence[str]) -> bytes:
        """Return all that what follows at a step can depend on: how the customer came there is not part of it."""
        frames = self._frames((*run.outer, run.frame()))
        rest = (run.assurance, run.errors, run.section == ON_ERROR, sorted(answers))
        spoken = any(isinstance(command, Speak) for command in run.commands)
        return b"@" + msgspec.json.encode(
            (frames, rest, spoken, sorted(around.timers), around.taps, around.queued)
        )

    def _frames(self, frames: Sequence[Frame]) -> list[object]:
        """Return the places of all frames, and what of their variables can still be read and can matter."""
        found: list[object] = []
        for frame, live in zip(frames, self._readable(frames), strict=True):
            kept = _abstract("", _only(frame.variables, live), self._decisive)
            found.append((frame.journey_id, frame.section, frame.path, frame.into, kept))
        return found

    def _readable(self, frames: Sequence[Frame]) -> list[frozenset[str]]:
        *callers, last = frames
        behind = [self._live.behind(frame.journey_id, frame.section, frame.path) for frame in callers]
        return [*behind, self._live.at(last.journey_id, last.section, last.path)]

    def _link(self, origin: Node | None, stimulus: Stimulus | None, passed: Sequence[bytes]) -> None:
        """Note what leads to what without the customer: from their situation only if they did not act."""
        before = None
        if origin is not None and stimulus is not None and stimulus.kind in UNASKED and stimulus.name != WORKING:
            before = origin.key
        for key in passed:
            if before is not None:
                self._silent.setdefault(before, {})[key] = None
            before = key

    def _judge(self, node: Node, problems: Sequence[str], outcome: Advance, lookout: Lookout) -> None:
        state = node.state
        frame = state.session.frames[-1] if state.session.frames else Frame("", 1, "start")
        origin = node.parent.state.session.frames[-1] if node.parent else frame
        for number, problem in enumerate(problems, len(outcome.problems) - len(problems)):
            place = _place(outcome.entered, number) or (origin.journey_id, origin.section)
            last = lookout.last_step(number)
            if last is not None and last[2] >= _blocks_before(outcome.entered, number):
                place = last[:2]  # a module came back before: nothing was entered by that
            self.findings.append(Finding(cause_of_fault(problem), node, *place))
        if problems:
            return
        spoken = any(isinstance(command, Speak) for command in outcome.commands)
        if state.ended is not None and not spoken:
            place = _place(outcome.entered) or (origin.journey_id, origin.section)
            self.findings.append(Finding(Cause("unexplained_end"), node, *place))
        if state.ended is None and is_spoken(self._channel) and works_unheard(state.session, state.timers):
            self.findings.append(Finding(Cause("works_unheard"), node, frame.journey_id, frame.section))
        stuck = state.ended is None and not state.timers and not state.tasks and not state.queued
        if self._channel in UNHURRIED:
            stuck = False  # who reads cards takes the time it needs
        if stuck:
            self.findings.append(Finding(Cause("waits_forever"), node, frame.journey_id, frame.section))

    def _overhear(
        self, node: Node, commands: Sequence[JourneyCommand], assurance: int, entered: Sequence[str]
    ) -> None:
        """Note what was told to somebody who is not proven as far as that takes."""
        if self._keeper is None or node.parent is None:
            return
        journeys = {frame.journey_id for frame in node.parent.state.session.frames}
        journeys |= {block.partition("#")[0] for block in entered}
        for cause, place in self._keeper.judge(commands, assurance, journeys):
            self.findings.append(Finding(cause, node, place.journey, place.section))

    def endless_silence(self) -> Node | None:
        """Return a situation that leads back to itself without the customer, outside a queue: helped never."""
        colour: dict[bytes, int] = {}
        for root in self._silent:
            stack = [(root, iter(self._silent.get(root, ())))]
            if colour.get(root):
                continue
            colour[root] = 1
            while stack:
                key, following = stack[-1]
                succeeding = next(following, None)
                if succeeding is None:
                    colour[key] = 2
                    stack.pop()
                elif colour.get(succeeding) == 1 and not self._queued(succeeding):
                    around = [key for key, _ in stack[[key for key, _ in stack].index(succeeding) :]]
                    return next(self._seen[key] for key in around if key in self._seen)
                elif not colour.get(succeeding) and not self._queued(succeeding):
                    colour[succeeding] = 1
                    stack.append((succeeding, iter(self._silent.get(succeeding, ()))))
        return None

    def _queued(self, key: bytes) -> bool:
        return key in self._seen and self._seen[key].state.queued

    def _key(self, state: State) -> tuple[bytes, tuple[int, ...]]:
        """Return what distinguishes this situation from others, as far as it can matter from here on.

        How often something was tried in it comes by itself.
        """
        session = state.session
        live = self._readable(session.frames)
        frames = self._frames(session.frames)
        waiting = session.waiting
        place, taps, timers = None, state.taps, state.timers
        if waiting is not None and self._plain:
            place = (waiting.kind, waiting.phase, waiting.data)
        elif waiting is not None:
            # Whether a customer was told of the delay once changes no way, and at work nobody hears taps.
            # A number that is to be called is only said.
            data = {
                name: shape(value) if name == "phone" else value
                for name, value in uncounted(waiting.data).items()
                if name != "told" or waiting.kind == "queue"
            }
            taps, timers = () if waiting.kind == "task" else taps, timers - {WORKING}
            place = (waiting.kind, waiting.phase, data)
        tasks = [task.task for task in state.tasks.values()]
        proof_matters = self._keeper is not None or any(ASSURANCE in names for names in live)
        assurance = session.assurance if proof_matters else 0
        rest = (sorted(timers), tasks, taps, state.queued, assurance, session.errors)
        tries = tried(waiting, state.timers, tuple(task.attempt for task in state.tasks.values()))
        return msgspec.json.encode((frames, place, rest)), tries


def _only(variables: Mapping[str, object], names: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in variables.items() if name in names}


def _blocks_before(entered: Sequence[str], fault: int) -> int:
    """Return how many blocks were entered before the fault of this number was rescued."""
    rescues = [at for at, block in enumerate(entered) if block.endswith(f"#{ON_ERROR}")]
    return rescues[fault] if fault < len(rescues) else len(entered)


def _place(entered: Sequence[str], fault: int | None = None) -> tuple[str, str] | None:
    """Return journey and section of the last block entered: before the fault of this number, if one is given."""
    place, rescues = None, 0
    for block in entered:
        journey_id, _, rest = block.partition("#")
        if rest == ON_ERROR:
            rescues += 1
            if fault is not None and rescues > fault:
                break
        place = (journey_id, rest.split("/", 1)[0])
    return place


def _abstract(prefix: str, value: object, decisive: Decisive) -> object:
    """Return what of a value can matter: the value itself where conditions look, else only that it is set."""
    if type(value) is dict:
        fields = cast("dict[str, object]", value)
        dotted = f"{prefix}." if prefix else ""
        return [(name, _abstract(dotted + name, fields[name], decisive)) for name in sorted(fields)]
    if isinstance(value, Unknown):
        return f"unknown {value}" if decisive.matters(prefix) else "unknown"
    return value if value is None or decisive.matters(prefix) else shape(value)
