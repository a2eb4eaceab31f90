"""Invoke: a backend task with time limit, retries and a branch for failure. Also how any step runs a task."""

import msgspec

from warmline.domain.journey.document import Invoke
from warmline.domain.journey.interface import Collected, RunTask, Speak, TaskDone
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting
from warmline.domain.journey.spoken import SPOKEN_S

SLOW_AFTER_S = 2.0
AGAIN_AFTER_S = 6.0  # by telephone: from one sign of life to the next, spoken words included
AT_WORK = frozenset({"slow", "told"})  # what `data` says of a task that runs
GRACE_S = 5.0  # beyond the task's own time limit: then its answer is taken for lost


def start_task(
    run: Run,
    task: str,
    args: dict[str, object],
    timeout_s: float,
    phase: str = "",
    data: dict[str, object] | None = None,
) -> None:
    """Run a task once and wait for it."""
    task_id = run.task_id()
    run.commands.append(RunTask(task_id, task, args, timeout_s))
    data, wakes = data or {}, [("journey.task", timeout_s + GRACE_S)]
    if run.spoken:
        data = {**data, "slow": True}
        wakes.append(("journey.slow", SLOW_AFTER_S))
    run.wait(Waiting("task", task_id=task_id, phase=phase, data=data), *wakes)


def invoke(run: Run, step: Invoke) -> None:
    _attempt(run, step, run.task_id(), 1)


def _attempt(run: Run, step: Invoke, base_id: str, attempt: int) -> None:
    """Start one attempt. The part of the task id before `#` stays the same over attempts: the idempotency key."""
    task_id = base_id if attempt == 1 else f"{base_id}#{attempt}"
    delay_s = 0 if attempt == 1 else step.retry_wait_s
    args = {name: run.value(value) for name, value in step.args.items()}
    run.commands.append(RunTask(task_id, step.task, args, step.timeout_s, attempt, delay_s))
    wakes = [("journey.task", delay_s + step.timeout_s + GRACE_S)]
    slow = run.spoken or (step.slow_prompt is not None and attempt == 1)
    if slow:
        wakes.append(("journey.slow", SLOW_AFTER_S))
    run.wait(Waiting("task", attempt, task_id, data={"slow": True} if slow else {}), *wakes)


def slow(run: Run, waiting: Waiting, prompt: str | None) -> None:
    """Tell the customer that it takes a moment longer: once in writing; by telephone as often as it takes."""
    if run.spoken:
        again = waiting.data.get("told") is True
        run.speak("voice.still_checking" if again else prompt or "common.one_moment")
        told = {**waiting.data, "told": True}
        letters = sum(len(one.text) for one in run.commands if isinstance(one, Speak))
        after_s = max(AGAIN_AFTER_S, SLOW_AFTER_S + letters * SPOKEN_S / 2)
        run.wait(Waiting("task", waiting.attempt, waiting.task_id, waiting.phase, told), ("journey.slow", after_s))
        return
    if prompt is not None:
        run.speak(prompt)
    data = {name: value for name, value in waiting.data.items() if name != "slow"}
    run.wait(Waiting("task", waiting.attempt, waiting.task_id, waiting.phase, data))


def done(run: Run, step: Invoke, waiting: Waiting, event: TaskDone, fired: str | None = None) -> None:
    run.stop_waiting(fired)
    if event.outcome == "ok":
        _forget_used_secrets(run, step)
        absent: dict[str, object] = {name: None for name in step.result}
        run.set(step.into, {**absent, **event.result})
        _show(run, step, event.result)
        run.next()
    elif waiting.attempt <= step.retries:
        _attempt(run, step, (waiting.task_id or "").partition("#")[0], waiting.attempt + 1)
    else:
        _forget_used_secrets(run, step)
        timed_out = event.outcome == "timed_out" and step.timed_out is not None
        run.branch(step, "timed_out" if timed_out else "failed")


def _show(run: Run, step: Invoke, result: dict[str, object]) -> None:
    """Let the people who help see what the backend answered: the declared plain fields, as one JSON object."""
    shown = {n: result[n] for n in step.result if isinstance(result.get(n), str | int | float) and result[n] != ""}
    if shown:
        run.commands.append(Collected(step.into, msgspec.json.encode(shown, enc_hook=str).decode(), pii=True))


def _forget_used_secrets(run: Run, step: Invoke) -> None:
    for value in step.args.values():
        run.forget_secrets(value)
