"""What the system does to a contact: timers, finished tasks, identity links, repairs."""

from warmline.domain.contact import (
    announcements,
    callback,
    customer,
    endings,
    journey_bridge,
    offers,
    place,
    queueing,
    waiting,
)
from warmline.domain.contact.commands import LinkCustomer, Repair, TaskFinished, TimerFired
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import ContactRepaired, IdentityVerified, TaskEnded
from warmline.domain.contact.model import ContactStatus
from warmline.domain.contact.voice import SECURE_TASK
from warmline.domain.journey.interface import AskAgain, QueueMoved, TaskDone, TimedOut


def timer_fired(draft: Draft, command: TimerFired) -> None:
    """Do what a due timer is for. The timer is gone unless the work sets it again."""
    name = command.timer
    status = draft.contact.status
    if name.startswith("journey.") and status is ContactStatus.OFFERED and draft.contact.offer is not None:
        # A person may accept any second: the journey looks again when the offer is over.
        draft.wake_at(name, draft.contact.offer.expires_at)
        return
    draft.unwake(name)
    match name:
        case "offer":
            offers.expired(draft)
        case "wrap_up":
            endings.close_wrap_up(draft, timed_out=True)
        case "idle":
            if not draft.contact.customer_present:
                customer.idle(draft)
        case "queue.watch":
            announcements.tell(draft)
            queueing.watch(draft)
            waiting.offer_callback(draft)
            waiting.look(draft)
            journey_bridge.advance(draft, QueueMoved())
        case "queue.only":
            queueing.widen(draft)
        case "queue.ring":
            place.widened(draft)
        case "queue.max":
            waiting.limit_reached(draft)
        case "callback":
            if status is ContactStatus.CALLBACK and draft.contact.callback is None:
                journey_bridge.rescue(draft)  # promised before promises were kept like this
            else:
                callback.due(draft)
        case "journey.watch":
            journey_bridge.rescue(draft)
        case _:
            journey_bridge.advance(draft, TimedOut(name))


def task_finished(draft: Draft, command: TaskFinished) -> None:
    """Record the outcome and let the journey go on with it."""
    tasks = dict(draft.contact.tasks)
    task = tasks.pop(command.task_id)
    draft.set(tasks=tasks)
    outcome, reason = command.outcome, command.reason
    if task.startswith(SECURE_TASK) and outcome == "ok" and command.result.get("ok") is False:
        outcome, reason = "failed", "declined"  # whoever asked for it sees no more than this
    draft.emit(TaskEnded(command.task_id, task, outcome, reason))
    if task == "callbacks.promise" and command.result.get("already"):
        callback.duplicate(draft)
    journey_bridge.advance(draft, TaskDone(command.task_id, command.outcome, command.result, command.reason))


def queue_changed(draft: Draft) -> None:
    """Staffing or hours changed while the customer waits."""
    waiting.look(draft)
    journey_bridge.advance(draft, QueueMoved())


def announced(draft: Draft) -> None:
    """Tell the customer at once; a question they were asked follows again, so that it stays the last word."""
    if announcements.tell(draft):
        journey_bridge.advance(draft, AskAgain())


def linked(draft: Draft, command: LinkCustomer) -> None:
    contact = draft.contact
    if command.customer_id == contact.customer_id:
        return
    draft.emit(IdentityVerified(level=contact.assurance, method="linked", customer_id=command.customer_id))
    draft.set(customer_id=command.customer_id)


def repaired(draft: Draft, command: Repair) -> None:
    """Put a stuck contact into a queue, whatever state it was in."""
    draft.emit(ContactRepaired(command.was))
    endings.close_wrap_up(draft, timed_out=True)
    endings.release_agent(draft, "gone")
    journey_bridge.drop(draft)
    draft.set(disconnect_reason=None)
    draft.say("contact.repaired")
    queueing.enter(draft, command.queue_id, "repaired", prefer_last=True)
