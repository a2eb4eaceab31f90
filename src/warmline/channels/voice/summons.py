"""How people are called to a running call: at their desks by a frame, or by the phone that stands there."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i

if TYPE_CHECKING:
    from warmline.channels.voice.session import CallSession


def call_agent(session: "CallSession", action: a.CallAgent) -> None:
    """Ring the desk phone of who has accepted; without one, their browser joins by itself."""
    phone = session.rooms.plan.phone_of(session.tenant_id, action.agent_id)
    if phone is None:
        return
    party = f"phone-{len(session.lines.closed)}-{action.agent_id.hex[-6:]}"
    session.put(i.Joins(party, "agent", action.name, action.agent_id))
    state = session.machine.state
    told = {"X-Warmline-Contact": str(session.contact_id), "X-Warmline-Locale": state.locale}
    session.lines.ring_phone(party, phone, state.number, told)


def ring_colleague(session: "CallSession", action: a.RingColleague) -> None:
    """Ask a colleague at their desk; who does not answer in time is not asked any more."""
    owner, contact = session.machine.state.circle.owner(), session.contact
    asks = {"agent_id": str(owner.agent_id), "name": owner.name} if owner is not None else {}
    customer = None if contact is None else {"id": str(contact.customer_id), "name": None}
    ring = {"t": "call_ring", "contact": str(session.contact_id), "from": asks, "customer": customer}
    tell_agent(session, action.agent_id, ring)
    phone = session.rooms.plan.phone_of(session.tenant_id, action.agent_id)
    if phone is not None:
        told = {"X-Warmline-Contact": str(session.contact_id), "X-Warmline-Locale": session.machine.state.locale}
        session.lines.ring_phone(action.party, phone, session.machine.state.number, told)
    late = i.PartyGone(action.party, "no_answer")  # nobody of that name any more, if they have answered
    asyncio.get_running_loop().call_later(session.rooms.ring_s, session.put, late)


def stop_ringing(session: "CallSession", agent_id: UUID) -> None:
    """The colleague need not answer any more."""
    tell_agent(session, agent_id, {"t": "call_unring", "contact": str(session.contact_id)})


def tell_agent(session: "CallSession", agent_id: UUID, frame: Mapping[str, object]) -> None:
    session.rooms.tell_agents(session.tenant_id, {"agent": str(agent_id), "frame": frame})
