"""Everything that may happen next to a customer who waits in a journey: the stimuli the checker tries."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

from warmline.domain.journey.cards import NEXT, question_of_field
from warmline.domain.journey.checker_answers import results
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.document import (
    Ask,
    Callback,
    ChoiceInput,
    DateInput,
    Field,
    Invoke,
    Journey,
    NumberInput,
    Show,
    Step,
    Survey,
    Verify,
)
from warmline.domain.journey.interface import RunTask
from warmline.domain.journey.session import JourneySession, Waiting
from warmline.domain.journey.simulate_inputs import NONSENSE, PHONES, invalid_input, valid_inputs
from warmline.domain.journey.steps_show import current_question
from warmline.domain.journey.tasks import Tasks, TaskSpec
from warmline.domain.journey.walk import step_at

CODE = "123456"
TIME = "15:30"
MOST_TIMES = 3  # "as soon as possible", the first and the last: the others are taken as these are
LOST_ANSWER = "journey.task"  # an answer that never comes counts as timed out, which is tried anyway


def current_step(session: JourneySession, library: Mapping[str, Journey]) -> Step | None:
    """Return the step a session stands at."""
    frame = session.frames[-1]
    return step_at(library[frame.journey_id], frame.section, frame.path)


def moves(
    session: JourneySession,
    step: Step | None,
    tasks: Mapping[str, RunTask],
    timers: frozenset[str],
    taps: tuple[str, ...],
    queued: bool,
    agent_word: str,
    decisive: Decisive,
    specs: Tasks,
) -> Iterator[Stimulus]:
    """Yield each thing that may happen next.

    `tasks` are those still running, `timers` those set, `taps` the quick replies on the screen, `specs` what
    each task may answer.
    """
    for name in sorted(timers - {LOST_ANSWER} if tasks else timers):
        yield Stimulus("silence", name=name)
    yield from _answers(tasks, step, decisive, specs)
    yield from forms(session, step, decisive)
    if session.waiting is not None and session.waiting.kind == "voicemail":
        yield Stimulus("voicemail", outcome="recorded")
        yield Stimulus("voicemail", outcome="nothing")
    for value in _told_apart(step, taps):
        yield Stimulus("tap", text=value)
    if queued:
        yield Stimulus("connect")
        yield Stimulus("queue_moved")
    else:
        yield Stimulus("say", text=agent_word)
    if session.waiting is not None and not tasks and not queued:
        for text in _texts(step, session.waiting, decisive):
            yield Stimulus("say", text=text)
    yield Stimulus("hang_up")


def at_desk(
    session: JourneySession, step: Step | None, tasks: Mapping[str, RunTask], decisive: Decisive, specs: Tasks
) -> Iterator[Stimulus]:
    """Yield each thing that may happen next in a guide: its agent has cards alone, and all the time it takes."""
    yield from _answers(tasks, step, decisive, specs)
    yield from forms(session, step, decisive)


def _answers(
    tasks: Mapping[str, RunTask], step: Step | None, decisive: Decisive, specs: Tasks
) -> Iterator[Stimulus]:
    for task_id, task in tasks.items():
        yield Stimulus("task", name=task_id, outcome="failed")
        yield Stimulus("task", name=task_id, outcome="timed_out")
        for result in _results(task, step, decisive, specs):
            yield Stimulus("task", name=task_id, outcome="ok", result=result)


def forms(session: JourneySession, step: Step | None, decisive: Decisive) -> Iterator[Stimulus]:
    """Yield every way to fill in the card that is open, as far as its entries can lead elsewhere."""
    waiting = session.waiting
    if not isinstance(step, Show) or waiting is None or waiting.kind != "input" or waiting.phase:
        return
    entries = [_entries(step, field, decisive) for field in step.fields]
    for chosen in [option.value for option in step.options] or [NEXT]:
        for entered in product(*entries):
            filled: dict[str, object] = dict(zip((field.into for field in step.fields), entered, strict=True))
            yield Stimulus("form", text=chosen, result=filled)


def _entries(step: Show, field: Field, decisive: Decisive) -> list[str]:
    empty = [] if field.required else [""]
    ask = question_of_field(step, field)
    valid = valid_inputs(field.expect)
    if field.sensitivity == "secret" or not decisive.matters(field.into):
        return [*valid[:1], *empty]
    return list(dict.fromkeys([*_decisive_texts(ask, decisive), *valid, *empty]))


def _told_apart(step: Step | None, taps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the quick replies that may lead elsewhere: times for a call differ by being today or later."""
    return (*taps[:2], taps[-1]) if isinstance(step, Callback) and len(taps) > MOST_TIMES else taps


def _texts(step: Step | None, waiting: Waiting | None, decisive: Decisive) -> list[str]:
    match step:
        case Show():
            asked = current_question(step, waiting) if waiting is not None else None
            return _texts(asked, None, decisive) if asked is not None else [NONSENSE]
        case Ask(expect=expect):
            texts = [] if step.sensitivity == "secret" else _decisive_texts(step, decisive)
            texts += valid_inputs(expect)
            refused = invalid_input(expect)
            return list(dict.fromkeys([*texts, *([refused] if refused else [])]))
        case Verify(method):
            return {"one_time_code": [CODE], "account_pin": ["1234"], "date_of_birth": ["1990-02-03"]}[method] + [
                NONSENSE
            ]
        case Callback():
            return [PHONES.get(step.region, PHONES["US"]), *([TIME] if step.ask_time else []), NONSENSE]
        case Survey():
            return ["5", "1", "Thank you, that was quick"]
        case _:
            return [NONSENSE]


def _decisive_texts(step: Ask, decisive: Decisive) -> list[str]:
    values = decisive.values(step.into)
    if isinstance(step.expect, NumberInput):
        return [f"{value:g}" for value in values if isinstance(value, int | float) and _within(step.expect, value)]
    if isinstance(step.expect, ChoiceInput):
        return []  # each option is tried anyway, and nothing else can be chosen
    texts = [value for value in values if isinstance(value, str) and value]
    if isinstance(step.expect, DateInput):
        return [day for text in texts for day in _days_around(text)]
    return texts


def _days_around(text: str) -> list[str]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    return [(day + timedelta(days=by)).isoformat() for by in (-1, 0, 1)]


def _within(expect: NumberInput, value: float) -> bool:
    low_enough = expect.maximum is None or value <= expect.maximum
    return low_enough and (expect.minimum is None or value >= expect.minimum)


def _results(task: RunTask, step: Step | None, decisive: Decisive, specs: Tasks) -> list[dict[str, object]]:
    if isinstance(step, Verify) or task.task.startswith("identity."):
        level = step.level if isinstance(step, Verify) else 2
        return [
            {"level": level, "customer_ref": "C-1", "tries_left": 2, "locked": False},
            {"level": 0, "tries_left": 1, "locked": False},
            {"level": 0, "tries_left": 0, "locked": True},
        ]
    if not isinstance(step, Invoke):
        return [{}]
    return results(step, specs.get(step.task, TaskSpec()), decisive)
