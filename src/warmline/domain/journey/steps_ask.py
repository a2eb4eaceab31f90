"""Ask and Menu: a question, its answer, and giving up after too many that do not fit."""

from warmline.domain.journey.document import Ask, ChoiceInput, Menu, TextInput
from warmline.domain.journey.inputs import Rejected, kind_of, read_input
from warmline.domain.journey.inputs_choice import choose, choose_exactly
from warmline.domain.journey.interface import Collected, Said
from warmline.domain.journey.platform import asks_for_person, to_agent
from warmline.domain.journey.questions import Question, mismatch, pose, replies, silence
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting
from warmline.domain.journey.walk import option_block


def question_of(run: Run, step: Ask | Menu) -> Question:
    """Return what an Ask or Menu asks, in the customer's language."""
    expect = ChoiceInput(step.options) if isinstance(step, Menu) else step.expect
    secret = isinstance(step, Ask) and step.sensitivity == "secret"
    return Question(
        prompt=step.prompt,
        expect=expect,
        attempts=step.attempts,
        no_input_s=step.no_input_s,
        no_input=step.no_input,
        no_match=step.no_match,
        input_kind="secret" if secret else kind_of(expect),
        replies=replies(run, expect.options) if isinstance(expect, ChoiceInput) else (),
        secret=secret,
    )


def ask(run: Run, step: Ask | Menu) -> None:
    pose(run, question_of(run, step))


def names_option(run: Run, step: Ask | Menu, event: Said) -> bool:
    """Tell whether the whole input names one of the step's options: then it is no word for the platform."""
    options = step.options if isinstance(step, Menu) else ()
    if isinstance(step, Ask) and isinstance(step.expect, ChoiceInput):
        options = step.expect.options
    return choose_exactly(options, event.text, event.value, run.text) is not None


def answer(run: Run, step: Ask | Menu, waiting: Waiting, event: Said) -> None:
    if isinstance(step, Menu):
        _choose(run, step, waiting, event)
        return
    reading = read_input(step.expect, event.text, event.value, run.ear)
    if isinstance(reading, Rejected):
        _unfit(run, step, waiting, event, reading.problem)
        return
    run.accept()
    if step.sensitivity == "secret":
        run.set_secret(step.into, reading.value)
    else:
        run.set(step.into, reading.value)
        pii = step.sensitivity == "pii" or step.into in run.journey.pii
        run.commands.append(Collected(step.into, str(reading.value), pii))
    run.next()


def _choose(run: Run, step: Menu, waiting: Waiting, event: Said) -> None:
    option = choose(step.options, event.text, event.value, run.text)
    if option is None:
        _unfit(run, step, waiting, event, "")
        return
    run.accept()
    if step.into is not None:
        run.set(step.into, option.value)
        run.commands.append(Collected(step.into, option.value, step.into in run.journey.pii))
    run.branch(step, option_block(option.value))


def _unfit(run: Run, step: Ask | Menu, waiting: Waiting, event: Said, problem: str) -> None:
    free_text = isinstance(step, Ask) and isinstance(step.expect, TextInput)
    if not free_text and asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question_of(run, step), waiting, problem):
        _give_up(run, step)


def no_answer(run: Run, step: Ask | Menu, waiting: Waiting) -> None:
    if silence(run, question_of(run, step), waiting):
        _give_up(run, step, fired="journey.input")


def _give_up(run: Run, step: Ask | Menu, fired: str | None = None) -> None:
    run.accept(fired)
    run.branch(step, "give_up")
