"""Offers: made by the router, ended exactly once: accepted, declined, expired or withdrawn."""

from warmline.domain.contact import endings, journey_bridge, queueing
from warmline.domain.contact.commands import AcceptOffer, DeclineOffer, MakeOffer, WithdrawOffer
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import AgentJoined, ContactOffered
from warmline.domain.contact.model import ContactStatus, Offer
from warmline.domain.contact.refusals import NOT_QUEUED, OFFER_GONE
from warmline.kernel.errors import Refused


def made(draft: Draft, command: MakeOffer) -> None:
    """Show the contact to one agent until the offer expires."""
    entry = draft.contact.queue
    if entry is None or entry.only_agent_id not in (None, command.agent_id):
        raise Refused(NOT_QUEUED)
    offer = Offer(
        id=command.offer_id, agent_id=command.agent_id, offered_at=draft.now, expires_at=command.expires_at
    )
    draft.emit(ContactOffered(offer, command.reason))
    draft.set(status=ContactStatus.OFFERED, offer=offer)
    draft.wake_at("offer", command.expires_at)


def accepted(draft: Draft, command: AcceptOffer) -> None:
    """Connect the customer with the agent; self-service is over from here on."""
    contact = draft.contact
    offer = contact.offer
    if offer is None or offer.id != command.offer_id or offer.agent_id != command.agent_id:
        raise Refused(OFFER_GONE)
    endings.withdraw_offer(draft, "accepted")
    draft.emit(AgentJoined(command.agent_id, command.agent_name))
    journey_bridge.drop(draft)
    draft.unwake("queue")
    draft.set(
        status=ContactStatus.CONNECTED,
        agent_id=command.agent_id,
        connected_at=contact.connected_at or draft.now,
        last_agent_id=command.agent_id,
        last_agent_at=draft.now,
        wait_told_at=None,
    )


def declined(draft: Draft, command: DeclineOffer) -> None:
    offer = draft.contact.offer
    if offer is None or offer.id != command.offer_id or offer.agent_id != command.agent_id:
        raise Refused(OFFER_GONE)
    _back(draft, "declined", "declined", missed=True)


def withdrawn(draft: Draft, command: WithdrawOffer) -> None:
    offer = draft.contact.offer
    if offer is not None and offer.id == command.offer_id:
        _back(draft, "withdrawn", "withdrawn", missed=False)


def expired(draft: Draft) -> None:
    """The agent did not answer in time."""
    if draft.contact.offer is not None:
        _back(draft, "expired", "missed", missed=True)


def _back(draft: Draft, outcome: str, why: str, *, missed: bool) -> None:
    endings.withdraw_offer(draft, outcome)
    if missed:
        draft.set(misses=draft.contact.misses + 1)
    queueing.put_back(draft, why)
