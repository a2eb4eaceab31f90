"""Customers who try everything, as conversations that can be kept: the seed decides all of them."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.cards import channel_of
from warmline.domain.journey.case import Case, Verdict, failure_of, kept
from warmline.domain.journey.checker import begun_with
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN
from warmline.domain.journey.checker_world import HOURS, NOW
from warmline.domain.journey.document import Scalar
from warmline.domain.journey.rehearsal import Deed, Rehearsal
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.simulate_customers import wander
from warmline.domain.journey.stage import CONNECT_S, Library, Scenery, Staffing, surroundings_of
from warmline.kernel.locale import LOCALES

ANSWERS_IN_TURN = 4
STAFFING: tuple[Staffing, ...] = ("staffed", "unstaffed", "full")


class Found(Struct, frozen=True):
    """A conversation worth keeping: it entered `fresh` blocks that none before it had, or it failed."""

    case: Case
    verdict: Verdict
    fresh: tuple[str, ...]


class _Wandering(Rehearsal):
    """A rehearsal that writes down what its customer does."""

    def __init__(self, journey_id: str, library: Library, scenery: Scenery) -> None:
        self.deeds: list[Deed] = []
        self._within = True
        super().__init__(journey_id, library, scenery)
        self._within = False

    def say(self, text: str) -> None:
        self._do(Deed(say=text))

    def tap(self, value: str) -> None:
        self._do(Deed(tap=value))

    def leave(self) -> None:
        self._do(Deed(leave=True))

    def step(self) -> bool:
        if self._within or self.busy:
            return super().step()
        if not self.pending():
            return False
        self._do(Deed(until_next=True))
        return True

    def _do(self, deed: Deed) -> None:
        self._within = True
        self.deeds.append(deed)
        self.perform(deed, len(self.deeds) - 1)
        self._within = False


def wanderers(
    journey_id: str,
    library: Library,
    count: int,
    seed: int,
    channel: str | None = None,
    known: frozenset[str] = frozenset(),
    watch: Callable[[], None] | None = None,
) -> Iterator[Found]:
    """Let `count` random customers talk and yield those who came where nobody had been, or met a fault.

    `known` are blocks entered before. One in three calls and has keys only; with `channel`, all come that way.
    `watch` is called before each of them; what it raises comes out here.
    """
    met = set(known)
    begun = _begun(journey_id, library)
    for number in range(count):
        if watch is not None:
            watch()
        random = Random(seed * 1_000_003 + number)  # noqa: S311 -- a simulation, repeatable on purpose
        luck = Random(f"{seed}/{number} given")  # noqa: S311 -- as above
        scenery = _scenery(random, library, channel)
        walked_in = channel_of(library.journeys[journey_id], scenery.channel)
        scenery = replace(scenery, channel=walked_in, given=luck.choice(begun))
        talk = _Wandering(journey_id, library, scenery)
        wander(talk, random, dict(library.journeys))
        case = kept(f"{journey_id} {seed}/{number}", journey_id, scenery, talk.deeds, talk)
        fresh = tuple(sorted(talk.entered - met))
        failure = failure_of(case.expect, talk)
        if fresh or failure is not None:
            met |= talk.entered
            verdict = Verdict(case.name, failure, tuple(talk.record), frozenset(talk.entered), talk.at_s)
            yield Found(case, verdict, fresh)


def _begun(journey_id: str, library: Library) -> list[dict[str, Scalar]]:
    """Return what a module may be called with, as far as it can be written down; journeys begin as they do."""
    if library.journeys[journey_id].kind != "module":
        return [{}]
    found: list[dict[str, Scalar]] = []
    for row in begun_with(journey_id, library.journeys, library.texts):
        found.append({name: v for name, v in row.items() if v is None or isinstance(v, str | int | float | bool)})
    return found


def _scenery(random: Random, library: Library, channel: str | None) -> Scenery:
    calendars, queues = surroundings_of(library.journeys.values())
    odd_hours = random.random() < 0.5
    return Scenery(
        NOW,
        channel or random.choice((WRITTEN, WRITTEN, SPOKEN)),
        random.choice(LOCALES),
        hours={name: random.choice(HOURS) if odd_hours else "open" for name in calendars},
        queues={name: random.choice(STAFFING) if random.random() < 0.4 else "staffed" for name in queues},
        answers=_answers(random, library.stand_ins),
        connect_after_s=random.choice((5.0, CONNECT_S, None)),
    )


def _answers(
    random: Random, stand_ins: Mapping[str, tuple[dict[str, object], ...]]
) -> dict[str, tuple[Answer, ...]]:
    found: dict[str, tuple[Answer, ...]] = {}
    for task, rows in stand_ins.items():
        fault = Answer("failed" if random.random() < 0.5 else "timed_out")
        well = tuple(Answer(result=row) for row in random.choices(rows or ({},), k=ANSWERS_IN_TURN))
        found[task] = (fault,) if random.random() < 0.15 else well
    return found
