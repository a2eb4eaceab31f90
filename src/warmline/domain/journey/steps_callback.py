"""Callback: get a number if none is known, promise the call, end explained."""

from warmline.domain.journey.document import Callback, PhoneInput
from warmline.domain.journey.faults import MissingVariable
from warmline.domain.journey.inputs import Accepted, read_input
from warmline.domain.journey.interface import Collected, Finished, PromiseCallback, Said
from warmline.domain.journey.platform import asks_for_person, to_agent
from warmline.domain.journey.questions import Question, mismatch, pose, silence
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting

VARIABLE = "callback_phone"


def question_of(step: Callback) -> Question:
    return Question(
        prompt=step.ask_prompt,
        expect=PhoneInput(step.region),
        attempts=3,
        no_input_s=180,
        no_input=("common.no_input",),
        no_match=("common.no_match",),
        input_kind="phone",
    )


def callback(run: Run, step: Callback) -> None:
    """Promise at once when a valid number is known, else ask for one."""
    try:
        known = run.value(step.phone)
    except MissingVariable:
        known = None
    reading = read_input(PhoneInput(step.region), str(known or ""), None, run.ear)
    if isinstance(reading, Accepted):
        _promise(run, step, str(reading.value))
    else:
        pose(run, question_of(step))


def answer(run: Run, step: Callback, waiting: Waiting, event: Said) -> None:
    reading = read_input(PhoneInput(step.region), event.text, event.value, run.ear)
    if isinstance(reading, Accepted):
        run.accept()
        phone = str(reading.value)
        run.set(VARIABLE, phone)
        run.commands.append(Collected(VARIABLE, phone, pii=True))
        _promise(run, step, phone)
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question_of(step), waiting, reading.problem):
        _give_up(run, step)


def no_answer(run: Run, step: Callback, waiting: Waiting) -> None:
    if silence(run, question_of(step), waiting):
        _give_up(run, step, fired="journey.input")


def _give_up(run: Run, step: Callback, fired: str | None = None) -> None:
    run.accept(fired)
    run.branch(step, "give_up")


def _promise(run: Run, step: Callback, phone: str) -> None:
    run.commands.append(PromiseCallback(step.queue, phone))
    run.speak(step.promise_prompt, {"phone": phone})
    run.finish(Finished("callback_promised"))
