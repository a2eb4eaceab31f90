"""Enqueue: waiting for a person, with news on the way and ways out (callback, overflow, nobody there, full)."""

from warmline.domain.journey.document import Enqueue
from warmline.domain.journey.faults import MissingVariable
from warmline.domain.journey.interface import EnterQueue, QueueFacts, Reply, Said
from warmline.domain.journey.keys import ONE_KEY
from warmline.domain.journey.platform import listed
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting
from warmline.domain.journey.telling import Between
from warmline.domain.journey.textform import contains, folded

ACCEPT, DECLINE = "callback:accept", "callback:decline"
KEYS = {"1": ACCEPT, "2": DECLINE}  # in the order in which they are offered

# Phases: "" no callback (any more), "offers" its timer runs, "offered" the customer was asked.


def enqueue(run: Run, step: Enqueue) -> None:
    queue = run.queue_facts(step.queue, step.skills)
    if not queue.staffed:
        run.branch(step, "nobody_staffed")
        return
    if queue.full:
        run.branch(step, "queue_full")
        return
    run.commands.append(EnterQueue(step.queue, step.priority, step.skills))
    run.said.clear()
    _news(run, queue, step.enter_prompt, "queue.enter_plain")
    wakes = [("journey.wait", step.wait_every_s), ("journey.overflow", step.overflow_after_s)]
    offers = step.callback_after_s is not None and bool(step.callback)
    if offers and step.callback_after_s is not None:
        wakes.append(("journey.callback", step.callback_after_s))
    run.wait(Waiting("queue", phase="offers" if offers else ""), *wakes)


def say_again(run: Run, step: Enqueue, waiting: Waiting) -> None:
    if waiting.phase == "offered":
        _offer(run, step)
    else:
        _news(run, run.queue_facts(step.queue, step.skills), step.wait_prompt, "queue.wait_plain")


def heard(run: Run, step: Enqueue, waiting: Waiting, event: Said) -> None:
    """Take the answer to the callback offer; anything else is for the person to come."""
    reply = _reply(run, event) if waiting.phase == "offered" or event.value in (ACCEPT, DECLINE) else None
    if reply == ACCEPT and step.callback:
        _leave(run, step, "callback")
    elif reply == DECLINE and waiting.phase == "offered":
        run.speak("queue.keep_waiting")
        run.wait(Waiting("queue", data=waiting.data))


def _reply(run: Run, event: Said) -> str | None:
    if event.value in (ACCEPT, DECLINE):
        return event.value
    said = folded(event.text)
    if run.spoken and said in KEYS:
        return KEYS[said]
    if len(said) > 40:  # a story for the agent that happens to hold a yes
        return None
    for reply, key in ((DECLINE, "common.words.no"), (ACCEPT, "common.words.yes")):
        if any(said == word or contains(said, word) for word in listed(run, key)):
            return reply
    return None


def timed_out(run: Run, step: Enqueue, waiting: Waiting, name: str) -> None:
    match name:
        case "journey.overflow":
            _leave(run, step, "overflow", fired=name)
        case "journey.callback":
            _offer(run, step)
            run.wait(Waiting("queue", phase="offered", data=waiting.data))
        case _:
            queue = run.queue_facts(step.queue, step.skills)
            if not queue.staffed:
                _leave(run, step, "nobody_staffed", fired=name)
                return
            _news(run, queue, step.wait_prompt, "queue.wait_plain")
            run.wait(waiting, ("journey.wait", step.wait_every_s))


def moved(run: Run, step: Enqueue) -> None:
    """Look again: everybody may have gone home."""
    if not run.queue_facts(step.queue, step.skills).staffed:
        _leave(run, step, "nobody_staffed")


def _leave(run: Run, step: Enqueue, branch: str, fired: str | None = None) -> None:
    run.stop_waiting(fired)
    run.branch(step, branch)


def _offer(run: Run, step: Enqueue) -> None:
    replies = (Reply(ACCEPT, run.text("common.yes")), Reply(DECLINE, run.text("common.no")))
    run.speak(step.callback_prompt, _facts(run.queue_facts(step.queue, step.skills)), replies, "choice", ONE_KEY)


def _news(run: Run, queue: QueueFacts, prompt: str, plain: str) -> None:
    """Say how things stand; what is not known is not made up, a plainer sentence is said instead."""
    extras = _facts(queue)
    for key in (prompt, "queue.wait_position", plain):
        try:
            run.speak(key, extras)
        except MissingVariable as missing:
            if missing.path not in extras:
                raise
        else:
            return


def _facts(queue: QueueFacts) -> dict[str, object]:
    told = queue.told
    return {"position": queue.position, "estimate": None if told is None else Between(*told)}
