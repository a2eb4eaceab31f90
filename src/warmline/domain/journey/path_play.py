"""A path that the checker tells, as a conversation to play: what the customer does, and what it is held in."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from warmline.domain.journey.checker_around import event_of
from warmline.domain.journey.checker_explore import CONTACT, NOW
from warmline.domain.journey.checker_replay import CALLED, FAULT, beginning, trial_of
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_world import ANNOUNCED, HOURS, QUEUE, PromptSource, Surroundings
from warmline.domain.journey.document import Journey, Scalar
from warmline.domain.journey.interface import HoursState, RunTask
from warmline.domain.journey.machine import advance
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.stage import Scenery, Staffing
from warmline.kernel.locale import Locale

ANNOUNCEMENT = "(announcement)"
SLOW_ANSWER_S = 4.0  # for a path on which the customer was told that it takes longer


def playable(path: Sequence[Stimulus]) -> bool:
    """Tell whether a path begins as customers do, and not with a fault on purpose."""
    return not path or path[0].name != FAULT


def played(
    journey_id: str,
    path: Sequence[Stimulus],
    library: Mapping[str, Journey],
    texts: PromptSource,
    channel: str,
    locale: Locale,
) -> tuple[Scenery, tuple[Deed, ...]]:
    """Return the scenery and the deeds that take a customer along a path.

    Surroundings that change on the way are as they were asked for first. Raises KeyError for an unknown journey,
    ValueError for one begun with a record, which nobody can type.
    """
    stage = dict(library)
    if journey_id.endswith(CALLED) and journey_id not in stage:
        trial = trial_of(stage[journey_id.removesuffix(CALLED)])
        stage[trial.id] = trial
    given = _scalars(path[0].result) if path else {}
    session = beginning(journey_id, stage, given)
    tasks: dict[str, str] = {}
    answers: dict[str, tuple[Answer, ...]] = {}
    deeds: list[Deed] = []
    hours: dict[str, HoursState] = {}
    queues: dict[str, Staffing] = {}
    slots: dict[str, str] = {}
    slow = False
    connects = False
    for stimulus in path:
        _surround(stimulus.world, hours, queues, slots)
        match stimulus.kind:
            case "task":
                task = tasks.get(stimulus.name, stimulus.name)
                answers[task] = (*answers.get(task, ()), _answer(stimulus, slow=slow))
                slow = False
            case "silence" if stimulus.name == "journey.slow":
                slow = True
            case "connect" | "hang_up":  # and so the path ends
                connects = stimulus.kind == "connect"
                deeds.append(Deed(until="connect") if connects else Deed(leave=True))
                break
            case _:
                deeds += _deeds(stimulus)
        world = Surroundings(stage, texts, stimulus.world)
        outcome = advance(session, event_of(stimulus), world, NOW, channel=channel, contact_id=CONTACT)
        tasks |= {one.task_id: one.task for one in outcome.commands if isinstance(one, RunTask)}
        session = outcome.session
    scenery = Scenery(NOW, channel, locale, hours, queues, slots, answers=answers, given=given)
    return (scenery if connects else replace(scenery, connect_after_s=None)), tuple(deeds)


def _scalars(given: Mapping[str, object]) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for name, value in given.items():
        if value is not None and not isinstance(value, str | int | float | bool):
            raise ValueError(f"{name} is a record")
        found[name] = value
    return found


def _deeds(stimulus: Stimulus) -> list[Deed]:
    match stimulus.kind:
        case "say":
            return [Deed(say=stimulus.text)]
        case "form":
            filled = {name: str(text) for name, text in stimulus.result.items()}
            return [Deed(fill=filled, tap=stimulus.text or None)]
        case "tap":
            return [Deed(tap=stimulus.text)]
        case "silence":
            return [Deed(until=stimulus.name)]
        case "voicemail":
            return [Deed(until="voicemail" if stimulus.outcome == "recorded" else "journey.voicemail")]
        case _:
            return []


def _answer(stimulus: Stimulus, *, slow: bool) -> Answer:
    after_s = SLOW_ANSWER_S if slow else Answer().after_s
    match stimulus.outcome:
        case "failed":
            return Answer("failed", after_s=after_s)
        case "timed_out":
            return Answer("timed_out")
        case _:
            return Answer(result=stimulus.result, after_s=after_s)


def _surround(
    world: Sequence[str], hours: dict[str, HoursState], queues: dict[str, Staffing], slots: dict[str, str]
) -> None:
    for answer in world:
        what, _, state = answer.rpartition(" is ")
        if state in QUEUE:
            found: dict[str, Staffing] = {"staffed": "staffed", "unstaffed": "unstaffed", "full": "full"}
            queues.setdefault(what.removeprefix("queue "), found[state])
        elif state in ANNOUNCED:
            if state == "announced":
                slots.setdefault(what, ANNOUNCEMENT)
        elif state in HOURS:
            hours.setdefault(what, next(one for one in HOURS if one == state))
