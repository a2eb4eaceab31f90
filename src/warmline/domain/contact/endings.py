"""How a contact ends: explained, offers withdrawn, timers cleared, the agent's wrap-up beside it."""

from datetime import timedelta
from uuid import UUID

from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import AgentLeft, CallbackClosed, ContactEnded, ContactWrappedUp, OfferEnded
from warmline.domain.contact.model import Contact, ContactStatus, DisconnectReason, WrapUp

SETTLE_TIMEOUT_S = 10.0


def withdraw_offer(draft: Draft, outcome: str, agent_id: UUID | None = None) -> None:
    """End the live offer, if there is one; `agent_id` is who of its recipients ended it."""
    offer = draft.contact.offer
    if offer is not None:
        by = agent_id or offer.agent_id
        others = tuple(one for one in offer.recipients if one != by)
        draft.emit(OfferEnded(offer_id=offer.id, agent_id=by, outcome=outcome, also=others))
        draft.set(offer=None)
        draft.unwake("offer")


def release_agent(draft: Draft, why: str) -> None:
    """Take the contact from its owner; `ended` leaves the agent in wrap-up, the rest does not."""
    contact = draft.contact
    if contact.agent_id is None:
        return
    agent_id = contact.agent_id
    draft.emit(AgentLeft(agent_id=agent_id, why=why))
    draft.set(
        agent_id=None,
        on_hold_since=None,
        last_agent_id=agent_id,
        last_agent_at=draft.now,
        waiting_since=None if why == "ended" else contact.waiting_since,
    )
    if why == "ended":
        begin_wrap_up(draft, agent_id)


def begin_wrap_up(draft: Draft, agent_id: UUID) -> None:
    """Start the agent's after-contact work; without time for it, it is done at once."""
    limit_s = draft.policy.wrap_up_s
    if limit_s == 0:
        draft.emit(ContactWrappedUp(agent_id=agent_id))
        draft.set(wrapped_at=draft.now)
        return
    due_at = draft.now + timedelta(seconds=limit_s) if limit_s > 0 else None
    optional = draft.policy.wrap_up_optional
    draft.set(wrap_up=WrapUp(agent_id=agent_id, started_at=draft.now, due_at=due_at, optional=optional))
    if due_at is not None:
        draft.wake_at("wrap_up", due_at)


def close_wrap_up(
    draft: Draft, *, disposition: str | None = None, summary: str | None = None, timed_out: bool = False
) -> None:
    """Finish after-contact work, by the agent or by time."""
    wrap_up = draft.contact.wrap_up
    if wrap_up is None:
        return
    draft.emit(
        ContactWrappedUp(agent_id=wrap_up.agent_id, disposition=disposition, summary=summary, timed_out=timed_out)
    )
    draft.set(
        wrap_up=None,
        wrapped_at=draft.now,
        disposition=disposition or draft.contact.disposition,
        summary=summary or draft.contact.summary,
    )
    draft.unwake("wrap_up")


def close_callback(draft: Draft, outcome: str, by_agent_id: UUID | None = None, reason: str | None = None) -> None:
    """Note that nobody needs to be called any more, and why."""
    if draft.contact.callback is None:
        return
    draft.emit(CallbackClosed(outcome, by_agent_id, reason))
    draft.set(callback=None)
    draft.unwake("callback")
    draft.system_task("callbacks.settle", {"outcome": outcome}, SETTLE_TIMEOUT_S)


def kept_or_ended(contact: Contact) -> str:
    """Return how a promise ends with its contact: kept, when somebody is on the line who may be a person."""
    call = contact.call
    if call is None or call.direction != "outbound" or not call.running or contact.agent_id is None:
        return "ended"
    return "reached" if call.answered and call.outcome is None else "ended"


def end(draft: Draft, reason: DisconnectReason, by: str) -> None:
    """End the contact. Unless the customer left, they are told before; the reason given first stays."""
    withdraw_offer(draft, "withdrawn")
    close_callback(draft, kept_or_ended(draft.contact))
    release_agent(draft, "ended")
    told = draft.spoke or by == "customer" or draft.contact.status is ContactStatus.SURVEY
    if not told:
        draft.say("contact.closed")
    reason = draft.contact.disconnect_reason or reason
    draft.emit(ContactEnded(reason=reason, by=by))
    draft.set(
        status=ContactStatus.ENDED,
        ended_at=draft.now,
        disconnect_reason=reason,
        journey=None,
        expects_secret=False,
        waiting_since=None,
    )
    for prefix in ("journey", "queue", "idle", "callback", "offer"):
        draft.unwake(prefix)
