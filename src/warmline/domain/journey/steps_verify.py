"""Verify: raise the identity assurance by a code, a PIN or a birth date, the same words for known and unknown."""

from msgspec.structs import replace

from warmline.domain.journey.document import DateInput, DigitsInput, Verify
from warmline.domain.journey.inputs import Rejected, read_input
from warmline.domain.journey.interface import NotVerified, Reply, Said, TaskDone, Verified
from warmline.domain.journey.platform import asks_for_person, listed, to_agent
from warmline.domain.journey.questions import Question, mismatch, pose, silence
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting
from warmline.domain.journey.steps_invoke import AT_WORK, start_task
from warmline.domain.journey.textform import folded

RESEND = "identity:resend"
RESEND_KEY = "9"
CODE_KEYS = (1, 6)  # one key alone: another code
MAX_SENDS = 3
SEND_TIMEOUT_S = 10.0
CHECK_TIMEOUT_S = 5.0

_CHECKS = {
    "one_time_code": "identity.check_code",
    "account_pin": "identity.check_pin",
    "date_of_birth": "identity.check_birth_date",
}

# Phases: "sending" a code, "answer" awaited from the customer, "checking" it.
# `data`: attempt counts the wrong answers so far plus one, sends counts the codes sent.


def question_of(run: Run, step: Verify, *, wrong: bool = False) -> Question:
    """Return the question of a method; `wrong` asks again after an answer that was not right."""
    birth_date = step.method == "date_of_birth"
    by_code = step.method == "one_time_code"
    resend = (Reply(RESEND, run.text("identity.resend")),) if by_code and not run.spoken else ()
    return Question(
        prompt=f"identity.{'wrong' if wrong else 'ask'}_{step.method}",
        expect=DateInput(past_only=True) if birth_date else DigitsInput(4, 12),
        attempts=step.attempts,
        no_input_s=180,
        no_input=("common.no_input",),
        no_match=("common.no_match",),
        input_kind="date" if birth_date else "secret",
        replies=resend,
        secret=True,
        keys=CODE_KEYS if by_code else None,
    )


def verify(run: Run, step: Verify) -> None:
    if run.assurance >= step.level:
        run.next()
    elif step.method == "one_time_code":
        _send(run, step, sends=1, attempt=1)
    else:
        pose(run, question_of(run, step), "answer", {"attempt": 1})


def _send(run: Run, step: Verify, sends: int, attempt: int) -> None:
    args: dict[str, object] = {"subject": run.value(step.subject), "locale": run.locale}
    start_task(run, "identity.send_code", args, SEND_TIMEOUT_S, "sending", {"sends": sends, "attempt": attempt})


def answer(run: Run, step: Verify, waiting: Waiting, event: Said) -> None:
    if step.method == "one_time_code" and _wants_new_code(run, event):
        sends, attempt = _count(waiting, "sends"), _count(waiting, "attempt")
        if sends < MAX_SENDS:
            run.stop_waiting()
            _send(run, step, sends + 1, attempt)
        elif mismatch(run, question_of(run, step), waiting, "code_limit"):
            _refuse(run, step, locked=False)
        return
    question = question_of(run, step)
    reading = read_input(question.expect, event.text, None, run.ear)
    if not isinstance(reading, Rejected):
        run.stop_waiting()
        args: dict[str, object] = {"subject": run.value(step.subject), "answer": str(reading.value)}
        data = {name: value for name, value in waiting.data.items() if name != "secret"}
        start_task(run, _CHECKS[step.method], args, CHECK_TIMEOUT_S, "checking", data)
    elif asks_for_person(run, event.text):
        to_agent(run)
    elif mismatch(run, question, waiting, reading.problem):
        _refuse(run, step, locked=False)


def _wants_new_code(run: Run, event: Said) -> bool:
    by_key = run.spoken and event.text.strip() == RESEND_KEY
    return by_key or event.value == RESEND or folded(event.text) in listed(run, "identity.words.resend")


def no_answer(run: Run, step: Verify, waiting: Waiting) -> None:
    if silence(run, question_of(run, step), waiting):
        _refuse(run, step, locked=False, fired="journey.input")


def done(run: Run, step: Verify, waiting: Waiting, event: TaskDone, fired: str | None = None) -> None:
    run.stop_waiting(fired)
    waiting = replace(waiting, data={name: value for name, value in waiting.data.items() if name not in AT_WORK})
    if event.outcome != "ok":
        run.said.clear()
        run.branch(step, "failed" if step.unavailable is None else "unavailable")
    elif event.result.get("locked") is True:
        _refuse(run, step, locked=True)
    elif waiting.phase == "sending":
        pose(run, question_of(run, step), "answer", waiting.data)
    else:
        _checked(run, step, waiting, event.result)


def _checked(run: Run, step: Verify, waiting: Waiting, result: dict[str, object]) -> None:
    level = result.get("level")
    if isinstance(level, int) and level >= step.level:
        customer_ref = result.get("customer_ref")
        run.assurance = max(run.assurance, level)
        run.commands.append(Verified(level, step.method, str(customer_ref) if customer_ref is not None else None))
        run.said.clear()
        run.speak("identity.verified")
        run.next()
        return
    attempt = _count(waiting, "attempt")
    if attempt >= step.attempts or result.get("tries_left") == 0:
        _refuse(run, step, locked=False)
    else:
        pose(run, question_of(run, step, wrong=True), "answer", {**waiting.data, "attempt": attempt + 1})


def _refuse(run: Run, step: Verify, *, locked: bool, fired: str | None = None) -> None:
    run.accept(fired)
    run.commands.append(NotVerified(step.method, locked))
    run.branch(step, "locked" if locked else "failed")


def _count(waiting: Waiting, name: str) -> int:
    count = waiting.data.get(name)
    return count if isinstance(count, int) else 1
