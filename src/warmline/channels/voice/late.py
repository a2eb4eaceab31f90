"""A call that was over before its contact was there."""

from warmline.channels.voice.rooms import VoiceRooms
from warmline.channels.voice.session import CallSession
from warmline.domain.contact.commands import AnyCommand, CustomerEnds
from warmline.domain.contact.model import Contact


async def write_late(rooms: VoiceRooms, session: CallSession, contact: Contact) -> None:
    """Write what happened to the contact of a call that is over, and the call's row: nobody else does any more."""

    async def give(command: AnyCommand) -> object:
        return await rooms.contacts.command(session.tenant_id, contact.id, command)

    state = session.machine.state
    if not state.contact_over:
        session.lane.put(CustomerEnds())  # they did not wait for it
    await rooms.rows.began(
        session.tenant_id, session.id, contact.id, rooms.node_id, state.direction,
        number_id=session.number_id, trunk_id=session.trunk,
    )  # fmt: skip
    await close_row(rooms, session)
    writing = rooms.tasks.spawn("voice.lane", session.lane.run(give))
    await session.lane.done()
    writing.cancel()


async def close_row(rooms: VoiceRooms, session: CallSession) -> None:
    """End the row of a call that is over; harmless when it is ended."""
    outcome = session.machine.state.result or "answered"
    await rooms.rows.over(session.tenant_id, session.id, outcome, mos=None, lost_share=None, jitter_ms=None)
