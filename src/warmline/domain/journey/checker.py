"""The checker: proves that every path of a journey ends explained, or shows one that does not."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from warmline.domain.journey.cards import GUIDE, HELP
from warmline.domain.journey.checker_explore import Finding, Node, Walk
from warmline.domain.journey.checker_given import Beginnings
from warmline.domain.journey.checker_proof import Doorkeeper
from warmline.domain.journey.checker_replay import at_fault, beginning, fault_in, staged, trial_of
from warmline.domain.journey.checker_report import SPOKEN, WRITTEN, Problem, Report, Stimulus
from warmline.domain.journey.checker_static import World, static_problems
from warmline.domain.journey.checker_transcript import Telling, agent_word_in
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_voice import (
    differs,
    differs_in_writing,
    told_once,
    voice_problems,
    voice_warnings,
)
from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import CallModule, Journey, TransferJourney
from warmline.domain.journey.session import JourneySession
from warmline.domain.journey.tasks import Tasks
from warmline.domain.journey.walk import ON_ERROR, START, places
from warmline.kernel.locale import Locale

MOST_PROBLEMS = 50
# Nothing can be walked before these are corrected.
BLOCKING = {"no_start", "section_unknown", "journey_unknown", "argument_missing", "example_missing"} | {
    "out_of_range", "no_options", "nothing_fits", "pattern_wrong",
}  # fmt: skip


def check(
    journey_id: str,
    library: Mapping[str, Journey],
    world: World,
    catalogues: Mapping[Locale, Mapping[str, str]],
    channel: str | None = None,
    locale: Locale = "en",
) -> Report:
    """Check `journey_id` and all it reaches, in writing and by telephone, or on one `channel`; told in `locale`.

    `library` holds the other published journeys too. Raises KeyError when the journey is not in the library.
    """
    texts = PromptSource(catalogues)
    reached = reachable(journey_id, library)
    channel = {"guide": GUIDE, "help": HELP}.get(library[journey_id].kind, channel)
    channels = (WRITTEN, SPOKEN) if channel is None else (channel,)
    problems: list[Problem] = []
    for one in channels:
        static = [p for name in reached for p in static_problems(library[name], library, world, texts, one)]
        problems = told_once(problems, (replace(problem, channel=one) for problem in static))
    if SPOKEN in channels:
        problems += [problem for name in reached for problem in voice_problems(library[name])]
    warnings = [one for name in reached for one in voice_warnings(library[name])] if SPOKEN in channels else []
    if any(problem.code in BLOCKING for problem in problems):
        return _report(journey_id, problems, (), reached, locale, warnings)
    if channel is None:
        channels = _worth_walking([library[name] for name in reached], texts)
    walks: list[Walk] = []
    for one in channels:
        keeper = Doorkeeper(library, world.duties, texts, one)
        stage, walk = walked(journey_id, reached, library, texts, one, tasks=world.tasks, keeper=keeper)
        entered = walk.entered | _entered_alone(journey_id, reached, library, texts, one, walk, world.tasks)
        found = [
            *_found(walk, Telling(stage, catalogues, one, locale)),
            *(Problem(Cause("unreachable"), *place) for place in _missed(entered, library, reached)),
        ]
        if not walk.complete:
            found.append(Problem(Cause("too_large", {"states": str(walk.states)}), journey_id, "start"))
        problems = told_once(problems, (replace(problem, channel=one) for problem in found))
        walks.append(walk)
    return _report(journey_id, problems, walks, reached, locale, warnings)


def walked(
    journey_id: str,
    reached: Sequence[str],
    library: Mapping[str, Journey],
    texts: PromptSource,
    channel: str,
    *,
    plain: bool = False,
    tasks: Tasks | None = None,
    keeper: Doorkeeper | None = None,
) -> tuple[Mapping[str, Journey], Walk]:
    """Walk every path of a journey and of the `on_error` of all it reaches; return also the stage it played on."""
    stage = staged(reached, library)
    decisive = Decisive(library[one] for one in reached)
    agent_word = agent_word_in(texts, "en", channel)
    walk = Walk(stage, texts, channel, agent_word, decisive, plain=plain, tasks=tasks, keeper=keeper)
    begun = Beginnings({one: library[one] for one in reached}, decisive, texts, channel)
    for given in begun.alone(journey_id, walk.readable(journey_id, START)):
        walk.explore(beginning(journey_id, library, given), Stimulus("start", result=given))
    for one in reached:
        for given in begun.called(one, walk.readable(one, ON_ERROR)):
            walk.explore(at_fault(library[one], given), fault_in(one, given), rescued=True)
    walk.complete &= begun.complete
    return stage, walk


def begun_with(
    journey_id: str, library: Mapping[str, Journey], texts: PromptSource, channel: str = WRITTEN
) -> list[dict[str, object]]:
    """Return every beginning of a journey or module that conditions can tell apart, by its parameters."""
    reached = {one: library[one] for one in reachable(journey_id, library)}
    begun = Beginnings(reached, Decisive(reached.values()), texts, channel)
    return begun.alone(journey_id, frozenset(library[journey_id].parameters))


def _entered_alone(
    journey_id: str,
    reached: Sequence[str],
    library: Mapping[str, Journey],
    texts: PromptSource,
    channel: str,
    walk: Walk,
    tasks: Tasks,
) -> set[str]:
    """Return what others can enter of the modules that this journey calls with some values of parameters only."""
    found: set[str] = set()
    for one in dict.fromkeys(module for module, _ in _missed(walk.entered, library, reached)):
        module = library[one]
        if module.kind == "module" and module.parameters and journey_id not in (one, trial_of(module).id):
            trial = trial_of(module)
            around = {**library, trial.id: trial}
            _, alone = walked(trial.id, reachable(trial.id, around), around, texts, channel, tasks=tasks)
            found |= alone.entered
    return found


def _worth_walking(journeys: Sequence[Journey], texts: PromptSource) -> tuple[str, ...]:
    """Return the channels to walk: where both come to the same ways and values, one walk shows all."""
    if not differs(journeys, texts):
        return (WRITTEN,)
    return (WRITTEN, SPOKEN) if differs_in_writing(journeys, texts) else (SPOKEN,)


def _report(
    journey_id: str,
    problems: list[Problem],
    walks: Sequence[Walk],
    reached: list[str],
    locale: Locale,
    warnings: Sequence[Problem],
) -> Report:
    return Report(
        journey=journey_id,
        problems=tuple(replace(problem, locale=locale) for problem in problems[:MOST_PROBLEMS]),
        states=sum(walk.states for walk in walks),
        transitions=sum(walk.transitions for walk in walks),
        paths=sum(walk.ends for walk in walks),
        journeys=tuple(reached),
        complete=bool(walks) and all(walk.complete for walk in walks),
        locale=locale,
        warnings=tuple(replace(warning, locale=locale) for warning in warnings[:MOST_PROBLEMS]),
    )


def reachable(journey_id: str, library: Mapping[str, Journey]) -> list[str]:
    """Return a journey and all journeys and modules that it can lead to."""
    found, waiting = [journey_id], [library[journey_id]]
    while waiting:
        for place in places(waiting.pop()):
            match place.step:
                case TransferJourney(target) | CallModule(target) if target in library and target not in found:
                    found.append(target)
                    waiting.append(library[target])
                case _:
                    pass
    return found


def _found(walk: Walk, telling: Telling) -> Iterator[Problem]:
    findings = list(walk.findings)
    if (endless := walk.endless_silence()) is not None:
        frame = endless.state.session.frames[-1]
        findings.append(Finding(Cause("endless_silence"), endless, frame.journey_id, frame.section))
    told: set[tuple[str, str, str, str]] = set()
    for finding in sorted(findings, key=lambda f: f.node.depth):
        mark = (finding.cause.code, finding.journey, finding.section, str(finding.cause.details))
        if mark in told:
            continue  # one path for each place and reason: the shortest
        told.add(mark)
        if len(told) > MOST_PROBLEMS:
            return  # nobody reads more, and every conversation is played again to be told
        path = finding.node.path()
        played = list(telling.played(_root(finding.node), path))
        lines = tuple(line for step, _entered in played for line in step)
        trail = _until_fault([block for _step, entered in played for block in entered])
        yield Problem(finding.cause, finding.journey, finding.section, path, transcript=lines, trail=trail)


def _until_fault(entered: Sequence[str]) -> tuple[str, ...]:
    """Return the blocks entered up to the fault: what its rescue entered is not the way to it."""
    rescued = [at for at, block in enumerate(entered) if at > 0 and block.endswith(f"#{ON_ERROR}")]
    return tuple(entered[: rescued[-1]] if rescued else entered)


def _root(node: Node) -> JourneySession:
    while node.parent is not None:
        node = node.parent
    return node.state.session


def _missed(
    entered: AbstractSet[str], library: Mapping[str, Journey], reached: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the sections, with their journeys, that no path enters."""
    for one in reached:
        for section in library[one].sections:
            if not any(place == f"{one}#{section}" or place.startswith(f"{one}#{section}/") for place in entered):
                yield one, section


def replay(path: tuple[Stimulus, ...]) -> list[str]:
    """Return a path as short lines, one a stimulus, for logs and bug reports."""
    return [f"{s.kind} {s.text or s.name}{' ' + s.outcome if s.outcome else ''}".strip() for s in path]
