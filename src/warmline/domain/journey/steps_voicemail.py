"""Voicemail: a message after the beep; in writing, a message in writing."""

from warmline.domain.journey.document import TextInput, Voicemail
from warmline.domain.journey.inputs import Rejected, read_input
from warmline.domain.journey.interface import Said, TakeVoicemail
from warmline.domain.journey.platform import asks_for_person, to_agent
from warmline.domain.journey.questions import Question, mismatch, pose, silence
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting

TIMER = "journey.voicemail"
NET_S = 120.0  # beyond the message itself: what is said before it, and the recording on its way


def question_of(step: Voicemail) -> Question:
    """Return what is asked where people write."""
    return Question(
        prompt=step.prompt,
        expect=TextInput(),
        attempts=2,
        no_input_s=300,
        no_input=("common.no_input",),
        no_match=("common.no_match",),
        input_kind="text",
    )


def voicemail(run: Run, step: Voicemail) -> None:
    if not run.spoken:
        pose(run, question_of(step))
        return
    say(run, step)
    run.wait(Waiting("voicemail"), (TIMER, step.max_s + NET_S))


def say(run: Run, step: Voicemail) -> None:
    """Say what the message is for, and ask for the beep."""
    run.speak(step.prompt)
    run.commands.append(TakeVoicemail(step.max_s))


def answer(run: Run, step: Voicemail, waiting: Waiting, event: Said) -> None:
    """Take a written message; what is said or keyed while one is recorded belongs to it."""
    if waiting.kind != "input":
        return
    question = question_of(step)
    reading = read_input(question.expect, event.text, event.value, run.ear)
    if not isinstance(reading, Rejected):
        run.accept()
        run.branch(step, "done")
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question, waiting, reading.problem):
        _give_up(run, step)


def no_answer(run: Run, step: Voicemail, waiting: Waiting, name: str) -> None:
    """Nothing was written, or the recording never came back."""
    if waiting.kind != "input" or silence(run, question_of(step), waiting):
        _give_up(run, step, fired=name)


def done(run: Run, step: Voicemail, *, recorded: bool) -> None:
    run.accept()
    run.branch(step, "done" if recorded else "give_up")


def _give_up(run: Run, step: Voicemail, fired: str | None = None) -> None:
    run.accept(fired)
    run.branch(step, "give_up")
