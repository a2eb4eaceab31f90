"""Which family answers for which step: entering it, hearing the customer in it, its timers and its tasks."""

from warmline.domain.journey import (
    keys,
    questions,
    steps_ask,
    steps_callback,
    steps_enqueue,
    steps_flow,
    steps_invoke,
    steps_send_link,
    steps_show,
    steps_survey,
    steps_verify,
    steps_voicemail,
)
from warmline.domain.journey.document import (
    Announce,
    Ask,
    Callback,
    CallModule,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Menu,
    Reason,
    Return,
    Say,
    SendLink,
    Set,
    Show,
    Step,
    Survey,
    TransferJourney,
    Verify,
    Voicemail,
    When,
)
from warmline.domain.journey.faults import Fault
from warmline.domain.journey.interface import Said, TaskDone
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting


def enter(run: Run, step: Step) -> None:
    """Run a step up to its end, its branch, or the point where it waits."""
    match step:
        case Say():
            steps_flow.say(run, step)
        case When():
            steps_flow.when(run, step)
        case Ask() | Menu():
            steps_ask.ask(run, step)
        case Goto():
            steps_flow.goto(run, step)
        case Invoke():
            steps_invoke.invoke(run, step)
        case Set():
            steps_flow.set_variable(run, step)
        case Reason():
            steps_flow.reason(run, step)
        case Verify():
            steps_verify.verify(run, step)
        case Hours():
            steps_flow.hours(run, step)
        case Announce():
            steps_flow.say_announcements(run, step)
        case Enqueue():
            steps_enqueue.enqueue(run, step)
        case Callback():
            steps_callback.callback(run, step)
        case TransferJourney():
            steps_flow.transfer(run, step)
        case CallModule():
            steps_flow.call_module(run, step)
        case Return():
            steps_flow.return_value(run, step)
        case Survey():
            steps_survey.survey(run, step)
        case Voicemail():
            steps_voicemail.voicemail(run, step)
        case SendLink():
            steps_send_link.send_link(run, step)
        case Show():
            steps_show.show(run, step)
        case End():
            steps_flow.end(run, step)


def hear(run: Run, waiting: Waiting, event: Said) -> None:
    """Hand the customer's words to the step that waits for them."""
    if waiting.kind == "task":
        _one_moment(run, waiting)
        return
    match run.step():
        case (Ask() | Menu()) as step:
            steps_ask.answer(run, step, waiting, event)
        case Verify() as step:
            steps_verify.answer(run, step, waiting, event)
        case Enqueue() as step:
            steps_enqueue.heard(run, step, waiting, event)
        case Callback() as step:
            steps_callback.answer(run, step, waiting, event)
        case Survey() as step:
            steps_survey.answer(run, step, waiting, event)
        case Voicemail() as step:
            steps_voicemail.answer(run, step, waiting, event)
        case Show() as step:
            steps_show.answer(run, step, waiting, event)
        case _:
            raise Fault("waiting_lost")


def _one_moment(run: Run, waiting: Waiting) -> None:
    """Answer somebody who speaks while a backend works, once."""
    if waiting.data.get("told") is not True:
        run.speak("common.one_moment")
        data = {**waiting.data, "told": True}
        run.wait(Waiting("task", waiting.attempt, waiting.task_id, waiting.phase, data))


def takes_literally(run: Run, event: Said) -> bool:
    """Tell whether the step waiting offers exactly these words as an option."""
    step = run.step()
    if isinstance(step, Show):
        return run.waiting is not None and steps_show.names_option(run, step, run.waiting, event)
    return isinstance(step, Ask | Menu) and steps_ask.names_option(run, step, event)


def takes_zero(run: Run, waiting: Waiting) -> bool:
    """Tell whether the key 0 alone may be an answer here, so that it is no wish for a person."""
    match run.step():
        case Ask(expect=expect):
            return keys.takes_zero(expect)
        case Show() as step:
            asked = steps_show.current_question(step, waiting)
            return isinstance(asked, Ask) and keys.takes_zero(asked.expect)
        case Survey(metric=metric):
            return metric == "nps"
        case _:
            return waiting.kind in ("queue", "voicemail")


def asks_something(waiting: Waiting) -> bool:
    """Tell whether the customer was asked a question whose answer is awaited."""
    return waiting.kind == "input" or (waiting.kind == "queue" and waiting.phase == "offered")


def say_again(run: Run, waiting: Waiting) -> None:
    """Say the current question or state again, in the customer's language."""
    if waiting.kind == "task":
        return
    match run.step():
        case (Ask() | Menu()) as step:
            _again(run, steps_ask.question_of(run, step), waiting)
        case Verify() as step:
            _again(run, steps_verify.question_of(run, step), waiting)
        case Callback() as step:
            _again(run, steps_callback.question_of(run, step, waiting), waiting)
        case Enqueue() as step:
            steps_enqueue.say_again(run, step, waiting)
        case Survey() as step:
            steps_survey.say_again(run, step, waiting)
        case Voicemail() as step:
            if waiting.kind == "input":
                _again(run, steps_voicemail.question_of(step), waiting)
            else:
                steps_voicemail.say(run, step)
        case Show() as step:
            steps_show.say_again(run, step, waiting)
        case _:
            raise Fault("waiting_lost")


def _again(run: Run, question: questions.Question, waiting: Waiting) -> None:
    questions.repeat(run, question)
    questions.keep_waiting(run, question, waiting)


def time_out(run: Run, waiting: Waiting, name: str) -> None:
    """Let the waiting step act on its timer."""
    step = run.step()
    match step:
        case Invoke() | Verify() | SendLink() if name == "journey.slow":
            steps_invoke.slow(run, waiting, step.slow_prompt if isinstance(step, Invoke) else None)
        case Invoke() | Verify() | SendLink() if name == "journey.task":
            lost = TaskDone(waiting.task_id or "", "timed_out", reason="no answer arrived")
            task_done(run, waiting, lost, fired=name)
        case Ask() | Menu():
            steps_ask.no_answer(run, step, waiting)
        case Verify():
            steps_verify.no_answer(run, step, waiting)
        case Callback():
            steps_callback.no_answer(run, step, waiting)
        case Enqueue():
            steps_enqueue.timed_out(run, step, waiting, name)
        case Survey():
            steps_survey.no_answer(run)
        case Show():
            steps_show.no_answer(run, step, waiting)
        case Voicemail():
            steps_voicemail.no_answer(run, step, waiting, name)
        case _:
            raise Fault("waiting_lost")


def task_done(run: Run, waiting: Waiting, event: TaskDone, fired: str | None = None) -> None:
    """Let the waiting step take its task's outcome."""
    match run.step():
        case Invoke() as step:
            steps_invoke.done(run, step, waiting, event, fired)
        case Verify() as step:
            steps_verify.done(run, step, waiting, event, fired)
        case SendLink() as step:
            steps_send_link.done(run, step, event, fired)
        case _:
            raise Fault("waiting_lost")


def voicemail_done(run: Run, *, recorded: bool) -> None:
    step = run.step()
    if isinstance(step, Voicemail):
        steps_voicemail.done(run, step, recorded=recorded)


def queue_moved(run: Run) -> None:
    step = run.step()
    if isinstance(step, Enqueue):
        steps_enqueue.moved(run, step)
