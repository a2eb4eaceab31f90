"""Offers: made by the router or a supervisor, ended exactly once: accepted, declined, expired or withdrawn.

An offer may ring at several desks; the first to accept gets the customer, who declines leaves it to the others.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from warmline.domain.contact import callback, endings, journey_bridge, queueing
from warmline.domain.contact.commands import AcceptOffer, DeclineOffer, MakeOffer, PickContact, WithdrawOffer
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import AgentJoined, ContactOffered, OfferPassed
from warmline.domain.contact.model import CallbackStage, ContactStatus, Offer
from warmline.domain.contact.refusals import NOT_QUEUED, OFFER_GONE, TAKEN_ALREADY
from warmline.kernel.errors import Refused


def made(draft: Draft, command: MakeOffer) -> None:
    """Show the contact to one agent, or several, until the offer expires; or first ask a customer to be called."""
    contact = draft.contact
    entry = contact.queue
    if entry is None or entry.only_agent_id not in (None, command.agent_id) or not _in_line(draft):
        raise Refused(NOT_QUEUED)
    if contact.status is ContactStatus.CALLBACK and callback.looks_for_customer_first(contact):
        callback.ask(draft)
        return
    also = tuple(agent_id for agent_id in dict.fromkeys(command.also) if agent_id != command.agent_id)
    offer = Offer(
        id=command.offer_id, agent_id=command.agent_id, offered_at=draft.now, expires_at=command.expires_at,
        also=() if entry.only_agent_id is not None else also,
    )  # fmt: skip
    _ring(draft, offer, command.reason, command.why)


def accepted(draft: Draft, command: AcceptOffer) -> None:
    """Connect the customer with the agent; self-service is over from here on."""
    offer = draft.contact.offer
    if offer is None or offer.id != command.offer_id or command.agent_id not in offer.recipients:
        raise Refused(OFFER_GONE)
    _connect(draft, command.agent_id, command.agent_name)


def declined(draft: Draft, command: DeclineOffer) -> None:
    offer = draft.contact.offer
    if offer is None or offer.id != command.offer_id or command.agent_id not in offer.recipients:
        raise Refused(OFFER_GONE)
    lost(draft, command.agent_id, "declined")


def withdrawn(draft: Draft, command: WithdrawOffer) -> None:
    offer = draft.contact.offer
    if offer is None or offer.id != command.offer_id:
        return
    if command.agent_id is None:
        _back(draft, "withdrawn", "withdrawn")
    elif command.agent_id in offer.recipients:
        lost(draft, command.agent_id, "withdrawn")


def lost(draft: Draft, agent_id: UUID, outcome: str) -> None:
    """One recipient will not take it: it rings on at the others, or the customer waits again."""
    offer = draft.contact.offer
    if offer is None:
        return
    left = [one for one in offer.recipients if one != agent_id]
    if left:
        narrowed = replace(offer, agent_id=left[0], also=tuple(left[1:]))
        draft.emit(OfferPassed(agent_id, outcome, narrowed))
        draft.set(offer=narrowed)
    else:
        _back(draft, outcome, outcome)


def expired(draft: Draft) -> None:
    """Nobody answered in time."""
    if draft.contact.offer is not None:
        _back(draft, "expired", "missed")


def picked(draft: Draft, command: PickContact) -> None:
    """An agent takes a waiting customer out of the line, whatever they have in hand.

    Whoever comes to work may be offered this very customer before they have taken them: that is as good.
    """
    offer = draft.contact.offer
    if offer is not None and command.agent_id in offer.recipients:
        _connect(draft, command.agent_id, command.agent_name)
        return
    entry = draft.contact.queue
    if entry is None or entry.only_agent_id not in (None, command.agent_id) or not _in_line(draft):
        raise Refused(TAKEN_ALREADY)
    _push(draft, command.agent_id, "Taken by the agent.", "picked")
    _connect(draft, command.agent_id, command.agent_name)


def pushed(
    draft: Draft, agent_id: UUID, agent_name: str, *, by_agent_id: UUID, by_name: str, connect: bool
) -> None:
    """A supervisor gives a waiting customer to an agent: it rings at once, or they are connected at once."""
    _push(draft, agent_id, "Given by a supervisor.", "pushed", by_agent_id=str(by_agent_id), by_name=by_name)
    if connect:
        _connect(draft, agent_id, agent_name)


def _in_line(draft: Draft) -> bool:
    contact = draft.contact
    if contact.status is ContactStatus.CALLBACK:
        return contact.callback is not None and contact.callback.stage is CallbackStage.LINE
    return contact.status is ContactStatus.QUEUED


def _push(draft: Draft, agent_id: UUID, reason: str, code: str, **more: object) -> None:
    contact = draft.contact
    entry = contact.queue
    if entry is None:
        raise Refused(NOT_QUEUED)
    waited_s = int((draft.now - entry.entered_at).total_seconds())
    offer = Offer(
        id=uuid5(contact.id, f"offer:{draft.before.seq + len(draft.events)}"),
        agent_id=agent_id,
        offered_at=draft.now,
        expires_at=draft.now + timedelta(seconds=draft.policy.queue(entry.queue_id).offer_s),
    )
    _ring(draft, offer, reason, {"code": code, "queue_id": entry.queue_id, "waited_s": waited_s, **more})


def _ring(draft: Draft, offer: Offer, reason: str, why: dict[str, object]) -> None:
    draft.emit(ContactOffered(offer, reason, why))
    draft.set(status=ContactStatus.OFFERED, offer=offer)
    draft.unwake("callback")
    draft.wake_at("offer", offer.expires_at)


def _connect(draft: Draft, agent_id: UUID, agent_name: str) -> None:
    contact = draft.contact
    endings.withdraw_offer(draft, "accepted", agent_id)
    draft.emit(AgentJoined(agent_id, agent_name))
    journey_bridge.drop(draft)
    draft.unwake("queue")
    draft.set(
        status=ContactStatus.CONNECTED,
        agent_id=agent_id,
        connected_at=contact.connected_at or draft.now,
        last_agent_id=agent_id,
        last_agent_at=draft.now,
        wait_told_at=None,
    )
    if contact.callback is not None and not contact.callback.confirmed:
        draft.say("contact.callback_agent_here")


def _back(draft: Draft, outcome: str, why: str) -> None:
    endings.withdraw_offer(draft, outcome)
    if outcome in ("declined", "expired"):
        draft.set(misses=draft.contact.misses + 1)
    queueing.put_back(draft, why)
