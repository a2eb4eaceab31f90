"""A conversation kept with a journey: what it is held in, what the customer does, and what must come of it."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.journey.document import Journey
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.rehearsal import Deed, Line, Rehearsal
from warmline.domain.journey.simulate_run import all_blocks
from warmline.domain.journey.stage import Library, Scenery
from warmline.domain.journey.values import read

Origin = Literal["script", "random", "contact"]
Why = Literal["fault", "ended", "not_said", "said", "variable", "not_visited"]


class Expectation(Struct, frozen=True, omit_defaults=True):
    """What must come of a conversation. Nobody's `on_error` may run, whatever is expected.

    `ends`: contained, message_taken, callback_promised, person or left; time goes on until then. `said`: prompts
    in this order, others may be between them; `unsaid`: prompts never said; `variables`: values by dotted path;
    `visited`: blocks or steps, as `journey#section/2/then`.
    """

    ends: str | None = None
    said: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    variables: dict[str, str | int | float | bool | None] = {}
    visited: tuple[str, ...] = ()


class Case(Struct, frozen=True, omit_defaults=True):
    """One customer of a journey, repeatable to the letter."""

    name: str
    journey: str
    scenery: Scenery
    deeds: tuple[Deed, ...] = ()
    expect: Expectation = Expectation()


class Failure(Struct, frozen=True, omit_defaults=True):
    """Why a case failed: `wanted` was expected, `found` came."""

    why: Why
    wanted: str = ""
    found: str = ""


class Verdict(Struct, frozen=True):
    """What became of a case; `failure` is None when it passed."""

    name: str
    failure: Failure | None
    lines: tuple[Line, ...]
    entered: frozenset[str]  # blocks, as `journey#section/2/then`
    seconds: float  # virtual


def held(case: Case, library: Library) -> Rehearsal:
    """Hold the conversation of a case, to its end where one is expected. Raises KeyError for no such journey."""
    talk = Rehearsal(case.journey, library, case.scenery)
    talk.play(case.deeds)
    if case.expect.ends is not None:
        talk.run_out()
    return talk


def judged(case: Case, library: Library) -> Verdict:
    """Hold the conversation of a case and compare it with what is expected."""
    talk = held(case, library)
    return Verdict(
        case.name, failure_of(case.expect, talk), tuple(talk.record), frozenset(talk.entered), talk.at_s
    )


def failure_of(expect: Expectation, talk: Rehearsal) -> Failure | None:
    """Return the first way in which a conversation differs from what is expected."""
    if talk.problems:
        return Failure("fault", found=talk.problems[0])
    if expect.ends is not None and talk.ended != expect.ends:
        return Failure("ended", expect.ends, talk.ended or "")
    return _unsaid(expect, talk.prompts) or _unlike(expect, talk) or _unvisited(expect, talk)


def _unsaid(expect: Expectation, said: Sequence[str]) -> Failure | None:
    rest = iter(said)
    for prompt in expect.said:
        if prompt not in rest:  # consumes what comes before it: the order counts
            return Failure("not_said", prompt)
    wrong = next((prompt for prompt in expect.unsaid if prompt in said), None)
    return None if wrong is None else Failure("said", found=wrong)


def _unlike(expect: Expectation, talk: Rehearsal) -> Failure | None:
    variables = talk.variables()
    for path, wanted in expect.variables.items():
        try:
            found = read(variables, path)
        except Fault:
            return Failure("variable", f"{path} = {wanted}", f"{path} = –")
        if found != wanted or isinstance(found, bool) != isinstance(wanted, bool):
            return Failure("variable", f"{path} = {wanted}", f"{path} = {found}")
    return None


def _unvisited(expect: Expectation, talk: Rehearsal) -> Failure | None:
    lit = {*talk.entered, *talk.trail}
    missed = next((block for block in expect.visited if block not in lit), None)
    return None if missed is None else Failure("not_visited", missed)


def kept(name: str, journey_id: str, scenery: Scenery, deeds: Sequence[Deed], talk: Rehearsal) -> Case:
    """Return a conversation just held as a case of its own: every answer it got is written down.

    What must come again is its end, what was said in its order, and nothing unforeseen.
    """
    own = replace(scenery, faults={}, choices={}, answers=dict(talk.stage.played))
    said = tuple(prompt for prompt in talk.prompts if not prompt.startswith("announcement:"))
    return Case(name, journey_id, own, tuple(deeds), Expectation(ends=talk.ended, said=said))


class Coverage(Struct, frozen=True):
    """Which blocks of a journey were entered, of all that customers can get into."""

    entered: tuple[str, ...]  # paths within the journey, as `section/2/then`
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """0 to 1; 1 for a journey without blocks."""
        total = len(self.entered) + len(self.missing)
        return len(self.entered) / total if total else 1.0


def coverage(journey: Journey, verdicts: Iterable[Verdict]) -> Coverage:
    """Return how much of one journey these conversations entered."""
    wanted = all_blocks([journey])
    met = {block for verdict in verdicts for block in verdict.entered} & wanted
    mark = f"{journey.id}#"
    return Coverage(
        tuple(sorted(block.removeprefix(mark) for block in met)),
        tuple(sorted(block.removeprefix(mark) for block in wanted - met)),
    )
