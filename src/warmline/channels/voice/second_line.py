"""A desk phone dials while its agent has a customer: who is rung is asked in the same call, on a second line."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from warmline.channels.voice import inputs as i
from warmline.channels.voice.rooms import SECOND_LINE, VoiceRooms
from warmline.channels.voice.session import CallSession
from warmline.kernel.errors import Refused
from warmline.ports.telephone import CallGone, IncomingCall

BUSY, NOT_FOUND = 486, 404


def talk_of(sessions: Iterable[CallSession], tenant_id: str, agent_id: UUID) -> CallSession | None:
    """Return the call in which this agent has a customer on their desk phone."""
    for session in sessions:
        call = session.machine.state
        owner = call.circle.owner()
        if owner is None or session.tenant_id != tenant_id or owner.agent_id != agent_id or not owner.up:
            continue
        if call.line_up and call.phase == "live" and session.lines.has_line(owner.id):
            return session
    return None


async def ask_somebody(rooms: VoiceRooms, session: CallSession, incoming: IncomingCall, agent_id: UUID) -> None:
    """Ring a colleague's extension, or a number, for the agent who dials it; the customer hears music."""
    tenant_id, dialled = incoming.tenant_id, incoming.called
    colleague, number = rooms.plan.agent_of(tenant_id, f"{tenant_id}/{dialled}"), None
    try:
        if colleague is None:
            number = await rooms.gate.number(tenant_id, dialled)
    except Refused as refused:
        session.put(i.Forbidden(dialled, refused.code, consult=True))
        incoming.call.refuse(NOT_FOUND)
        return
    token = secrets.token_hex(3)
    name = number or dialled
    if colleague is not None:
        name = await rooms.contacts.name_of(tenant_id, colleague) or dialled
    try:
        if colleague == agent_id:
            raise Refused("call.consults_already")
        await session.ask(i.Consult(f"c-{token}", name, colleague, number, line=f"{SECOND_LINE}{token}"))
        await session.lines.answer(f"{SECOND_LINE}{token}", incoming.call, incoming.offer, desk_phone=True)
    except CallGone:
        session.put(i.PartyGone(f"{SECOND_LINE}{token}"))
    except Refused:
        incoming.call.refuse(BUSY)
        session.put(i.PartyGone(f"{SECOND_LINE}{token}"))
