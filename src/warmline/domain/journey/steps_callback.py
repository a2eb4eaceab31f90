"""Callback: get a number if none is known, and a time where the step asks for one; promise, end explained."""

from datetime import datetime

from warmline.domain.journey.call_times import WINDOW, half_hours, meant, shown, soon
from warmline.domain.journey.document import Callback, ChoiceInput, Option, PhoneInput, Value
from warmline.domain.journey.faults import MissingVariable
from warmline.domain.journey.inputs import Accepted, read_input
from warmline.domain.journey.inputs_choice import choose, choose_exactly
from warmline.domain.journey.interface import Collected, Finished, PromiseCallback, Reply, Said
from warmline.domain.journey.keys import MOST_OPTIONS, ONE_KEY
from warmline.domain.journey.platform import asks_for_person, to_agent
from warmline.domain.journey.prompts_used import LATER_LABEL, NOW_LABEL, TODAY_LABEL, UNCLEAR
from warmline.domain.journey.questions import Question, mismatch, pose, replies, silence
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting

VARIABLE = "callback_phone"
CALLER = "caller_number"  # the variable that holds the number a caller calls from
TIME = "time"  # the phase in which the customer is asked when
OWN = "own"  # the phase in which a caller is asked whether to call the number they call from
OWN_PROMPT, THIS_LABEL, OTHER_LABEL = "callback.ask_own", "callback.own_this", "callback.own_other"
OWN_OPTIONS = (Option("this", THIS_LABEL), Option("other", OTHER_LABEL))
SOON = "now"


def question_of(run: Run, step: Callback, waiting: Waiting | None = None) -> Question:
    """Return what is asked at this moment: the number, or the time."""
    if waiting is not None and waiting.phase == OWN:
        return Question(
            prompt=OWN_PROMPT,
            expect=ChoiceInput(OWN_OPTIONS),
            attempts=3,
            no_input_s=180,
            no_input=("common.no_input",),
            no_match=("common.no_match",),
            input_kind="choice",
            replies=replies(run, OWN_OPTIONS),
        )
    at_time = waiting is not None and waiting.phase == TIME
    return Question(
        prompt=step.time_prompt if at_time else step.ask_prompt,
        expect=ChoiceInput(()) if at_time else PhoneInput(step.region),
        attempts=3,
        no_input_s=180,
        no_input=("common.no_input",),
        no_match=("common.no_match",),
        input_kind="choice" if at_time else "phone",
        replies=_replies(run, _starts(run, step)) if at_time else (),
        keys=ONE_KEY if at_time else None,
    )


def callback(run: Run, step: Callback) -> None:
    """Go on with a valid number if one is known, else ask for one."""
    reading = read_input(PhoneInput(step.region), str(_known(run, step.phone) or ""), None, run.ear)
    if isinstance(reading, Accepted):
        _with_number(run, step, str(reading.value))
    elif _caller(run, step) is not None:
        pose(run, question_of(run, step, Waiting("input", phase=OWN)), OWN)
    else:
        pose(run, question_of(run, step))


def _caller(run: Run, step: Callback) -> str | None:
    """Return the number a caller calls from, if they can be called there."""
    if not run.spoken:
        return None
    reading = read_input(PhoneInput(step.region), str(run.variables.get(CALLER) or ""), None, run.ear)
    return str(reading.value) if isinstance(reading, Accepted) else None


def answer(run: Run, step: Callback, waiting: Waiting, event: Said) -> None:
    if waiting.phase == TIME:
        _answer_time(run, step, waiting, event)
        return
    if waiting.phase == OWN and _answer_own(run, step, waiting, event):
        return
    reading = read_input(PhoneInput(step.region), event.text, event.value, run.ear)
    if isinstance(reading, Accepted):
        run.accept()
        phone = str(reading.value)
        run.set(VARIABLE, phone)
        run.commands.append(Collected(VARIABLE, phone, pii=True))
        _with_number(run, step, phone)
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question_of(run, step, waiting), waiting, reading.problem):
        _give_up(run, step)


def _answer_own(run: Run, step: Callback, waiting: Waiting, event: Said) -> bool:
    """Take this number, ask for another, or say that neither was understood; False for a number said at once."""
    caller = _caller(run, step)
    chosen = choose(OWN_OPTIONS, event.text, event.value, run.text)
    if chosen is None or caller is None:
        return False
    run.accept()
    if chosen.value == "this":
        run.set(VARIABLE, caller)
        _with_number(run, step, caller)
    else:
        pose(run, question_of(run, step))
    return True


def no_answer(run: Run, step: Callback, waiting: Waiting) -> None:
    if not silence(run, question_of(run, step, waiting), waiting):
        return
    if waiting.phase == TIME:
        run.accept("journey.input")
        _promise_unasked(run, step, _number(waiting))
    else:
        _give_up(run, step, fired="journey.input")


def _answer_time(run: Run, step: Callback, waiting: Waiting, event: Said) -> None:
    """Take a half hour, or as soon as possible; who cannot be understood is called so too, and told so.

    A time with its day is read before labels are looked for in it: tomorrow at three holds today's "3:00".
    """
    starts = _starts(run, step)
    options = [Option(reply.value, reply.label) for reply in _replies(run, starts)]
    chosen = choose_exactly(options, event.text, event.value, lambda label: label)
    value = chosen.value if chosen is not None else event.value
    at = _start_of(starts, value)
    if at is None and value is None:
        at = meant(event.text, starts, run.zone, run.now)
    if at is None and value is None:
        chosen = choose(options, event.text, None, lambda label: label)
        value = SOON if soon(event.text) else chosen.value if chosen is not None else None
        at = _start_of(starts, value)
    if at is not None or value == SOON:
        run.accept()
        _promise(run, step, _number(waiting), at)
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question_of(run, step, waiting), waiting, ""):
        run.accept()
        _promise_unasked(run, step, _number(waiting))


def _give_up(run: Run, step: Callback, fired: str | None = None) -> None:
    run.accept(fired)
    run.branch(step, "give_up")


def _with_number(run: Run, step: Callback, phone: str) -> None:
    """Promise at the time that is known, or ask for it where the step does and there is a choice."""
    at = _moment(_known(run, step.at), run.now)
    if at is not None and at + WINDOW > run.now:
        _promise(run, step, phone, at)
    elif step.ask_time and _starts(run, step):
        waiting = Waiting("input", 1, phase=TIME, data={"phone": phone})
        pose(run, question_of(run, step, waiting), TIME, {"phone": phone})
    else:
        _promise(run, step, phone, None)


def _promise(run: Run, step: Callback, phone: str, at: datetime | None) -> None:
    if at is None:
        run.commands.append(PromiseCallback(step.queue, phone))
        run.speak(step.promise_prompt, {"phone": phone})
    else:
        told_by = step.promise_at_prompt
        promise = PromiseCallback(step.queue, phone, at, at + WINDOW, str(run.zone), told_by)
        run.commands.append(promise)
        run.speak(told_by, {"phone": phone, "at": at})
    run.finish(Finished("callback_promised"))


def _promise_unasked(run: Run, step: Callback, phone: str) -> None:
    """Promise a call as soon as possible to somebody whose time was not understood: say so, and when about."""
    run.speak(UNCLEAR, {"phone": phone})
    run.commands.append(PromiseCallback(step.queue, phone, confirm=True))
    run.finish(Finished("callback_promised"))


def _starts(run: Run, step: Callback) -> list[datetime]:
    """Return the half hours in which the queue is open, and the calendar of the step too if it has one."""
    queue, calendar, ask, hours = step.queue, step.calendar, run.queue_open, run.facts.hours

    def is_open(at: datetime) -> bool:
        return ask(queue, at) and (calendar is None or hours(calendar, at) == "open")

    if (queue, calendar) not in run.half_hours:  # nothing of it changes within one advance
        run.half_hours[queue, calendar] = half_hours(is_open, run.now)
    return run.half_hours[queue, calendar]


def _replies(run: Run, starts: list[datetime]) -> tuple[Reply, ...]:
    def label(at: datetime) -> str:
        today = at.astimezone(run.zone).date() == run.today
        return run.text(TODAY_LABEL if today else LATER_LABEL, {"at": at})

    times = tuple(Reply(at.isoformat(), label(at)) for at in shown(starts))
    return (Reply(SOON, run.text(NOW_LABEL)), *times)[: MOST_OPTIONS if run.spoken else None]


def _start_of(starts: list[datetime], value: str | None) -> datetime | None:
    """Return the half hour that was tapped, if one was."""
    return None if value is None else next((one for one in starts if one.isoformat() == value), None)


def _number(waiting: Waiting) -> str:
    return str(waiting.data.get("phone", ""))


def _known(run: Run, value: Value) -> object:
    try:
        return run.value(value)
    except MissingVariable:
        return None


def _moment(value: object, now: datetime) -> datetime | None:
    """Read a moment with its offset, as a task or a page gives it; None for anything else, and for other ages."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo is not None and abs(at.year - now.year) <= 1 else None
