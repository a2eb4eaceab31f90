"""The checker: proves that every path of a journey ends explained, or shows one that does not."""

from collections.abc import Iterator, Mapping

from warmline.domain.journey.checker_explore import Finding, Node, Walk
from warmline.domain.journey.checker_report import Problem, Report, Stimulus
from warmline.domain.journey.checker_static import World, static_problems
from warmline.domain.journey.checker_transcript import transcript
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.document import CallModule, End, Journey, TransferJourney
from warmline.domain.journey.machine import begin
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.walk import places
from warmline.kernel.locale import Locale

MOST_PROBLEMS = 50
# Nothing can be walked before these are corrected.
BLOCKING = {"no_start", "section_unknown", "journey_unknown", "argument_missing", "example_missing"} | {
    "out_of_range", "no_options", "nothing_fits", "pattern_wrong",
}  # fmt: skip

_EXPLAINED = {
    "fell_through": (
        "The path ends here with nothing after it.",
        "Finish with `End`, `Goto`, `Enqueue` or `Return`.",
    ),
    "runaway": (
        "The path loops without ever waiting for the customer.",
        "Break the loop, or ask something in it.",
    ),
    "variable_unset": ("A variable is read that nothing has set on this path.", "Set or ask for it before."),
    "prompt_missing": ("A prompt is said that has no text.", "Write the prompt in all three languages."),
    "waits_forever": ("The customer waits here, and nothing will ever happen.", "Give the step a time limit."),
    "unexplained_end": ("The contact ends here without a word.", "Say why before the end."),
    "endless_silence": (
        "Without a word of the customer this goes round and round for ever.",
        "Let `give_up` or `failed` end with a message, a person or a callback.",
    ),
}
_ANY = ("The path cannot go on here.", "Correct the step.")


def check(
    journey_id: str,
    library: Mapping[str, Journey],
    world: World,
    catalogues: Mapping[Locale, Mapping[str, str]],
    channel: str = "webchat",
) -> Report:
    """Check `journey_id` and all it reaches. `library` holds the other published journeys too.

    Raises KeyError when the journey is not in the library.
    """
    texts = PromptSource(catalogues)
    reached = _reachable(journey_id, library)
    problems = [p for one in reached for p in static_problems(library[one], library, world, texts, channel)]
    if any(problem.code in BLOCKING for problem in problems):
        return _report(journey_id, problems, None, reached)
    agent_word = (texts.prompt("common.words.agent", "en", channel) or "agent").split(",")[0].strip()
    decisive = Decisive(library[one] for one in reached)
    stage = {**library, **{_caller(library[one]).id: _caller(library[one]) for one in reached}}
    walk = Walk(stage, texts, channel, agent_word, decisive)
    walk.explore(begin(journey_id, 1, "en", _given(library[journey_id])), Stimulus("start"))
    for one in reached:
        walk.explore(_at_fault(library[one]), Stimulus("task", name="fault", outcome="failed"), rescued=True)
    problems += _found(walk, stage, catalogues, channel)
    problems += _unreached(walk, library, reached)
    if not walk.complete:
        text = f"More than {walk.states} situations are possible."
        problems.append(Problem("too_large", journey_id, "start", text, "Split it into journeys or modules."))
    return _report(journey_id, problems, walk, reached)


def _report(journey_id: str, problems: list[Problem], walk: Walk | None, reached: list[str]) -> Report:
    return Report(
        journey=journey_id,
        problems=tuple(problems[:MOST_PROBLEMS]),
        states=walk.states if walk else 0,
        transitions=walk.transitions if walk else 0,
        paths=walk.ends if walk else 0,
        journeys=tuple(reached),
        complete=walk.complete if walk else False,
    )


def _reachable(journey_id: str, library: Mapping[str, Journey]) -> list[str]:
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


def _given(journey: Journey) -> dict[str, object]:
    return {name: "…" for name in journey.parameters}


def _caller(journey: Journey) -> Journey:
    """Return a journey that does nothing but call this module, for seeing its `on_error` come back."""
    end = End("common.last_resort")
    call = CallModule(journey.id, {name: "…" for name in journey.parameters})
    return Journey(id=f"@{journey.id}", on_error=(end,), sections={"start": (call, end), "agent": (end,)})


def _at_fault(journey: Journey) -> JourneySession:
    """Return a session that waits at a step which is not there, so that the next event runs `on_error`."""
    caller = (Frame(f"@{journey.id}", 1, "start", (0,)),) if journey.kind == "module" else ()
    nowhere = Frame(journey.id, 1, "start", (1_000_000,), variables=_given(journey))
    return JourneySession((*caller, nowhere), "en", waiting=Waiting("task", task_id="fault"))


def _found(
    walk: Walk, library: Mapping[str, Journey], catalogues: Mapping[Locale, Mapping[str, str]], channel: str
) -> Iterator[Problem]:
    findings = list(walk.findings)
    if (endless := walk.endless_silence()) is not None:
        frame = endless.state.session.frames[-1]
        findings.append(Finding("endless_silence", endless, frame.journey_id, frame.section))
    told: set[tuple[str, str, str, str]] = set()
    for finding in sorted(findings, key=lambda f: f.node.depth):
        mark = (finding.code, finding.journey, finding.section, finding.detail)
        if mark in told:
            continue  # one path for each place and reason: the shortest
        told.add(mark)
        text, fix = _EXPLAINED.get(finding.code, _ANY)
        path = finding.node.path()
        yield Problem(
            finding.code,
            finding.journey,
            finding.section,
            f"{text} ({finding.detail})" if finding.detail else text,
            fix,
            path,
            tuple(transcript(_root(finding.node), path, library, catalogues, channel)),
        )


def _root(node: Node) -> JourneySession:
    while node.parent is not None:
        node = node.parent
    return node.state.session


def _unreached(walk: Walk, library: Mapping[str, Journey], reached: list[str]) -> Iterator[Problem]:
    for one in reached:
        for section in library[one].sections:
            if not any(
                place == f"{one}#{section}" or place.startswith(f"{one}#{section}/") for place in walk.entered
            ):
                yield Problem(
                    "unreachable",
                    one,
                    section,
                    "No path leads to this section.",
                    "Go to it from somewhere, or delete it.",
                )


def replay(path: tuple[Stimulus, ...]) -> list[str]:
    """Return a path as short lines, one a stimulus, for logs and bug reports."""
    return [f"{s.kind} {s.text or s.name}{' ' + s.outcome if s.outcome else ''}".strip() for s in path]
