"""A party's telephone gives its place to another one: an INVITE with Replaces (RFC 3891)."""

import logging
from collections.abc import Iterable

from warmline.channels.voice.rooms import VoiceRooms
from warmline.channels.voice.session import CallSession
from warmline.kernel.errors import Refused
from warmline.ports.calls import NOT_RUNNING
from warmline.ports.telephone import Call, CallGone, IncomingCall

LOG = logging.getLogger(__name__)
FORBIDDEN, NO_SUCH_CALL, NOT_ACCEPTABLE, BROKEN = 403, 481, 488, 500


async def take_over(
    rooms: VoiceRooms, sessions: Iterable[CallSession], incoming: IncomingCall, replaced: Call
) -> None:
    """Put `incoming` in the place of the call it names, which ends; whatever is refused leaves that one alone.

    Desk phones take what their own agent speaks through; which line's calls a line may take, SIP has looked at.
    """
    for session in sessions:
        party = session.lines.party_on(replaced.id) if session.tenant_id == incoming.tenant_id else None
        if party is not None:
            break
    else:
        incoming.call.refuse(NO_SUCH_CALL)
        return
    if incoming.phone is not None:
        speaker = session.machine.state.circle.parties.get(party)
        agent_id = rooms.plan.agent_of(incoming.tenant_id, incoming.phone)
        if speaker is None or agent_id is None or speaker.agent_id != agent_id:
            incoming.call.refuse(FORBIDDEN)
            return
    try:
        await session.lines.change(party, incoming.call, incoming.offer)
    except CallGone:
        return
    except Refused as refused:
        incoming.call.refuse(NO_SUCH_CALL if refused.code == NOT_RUNNING else NOT_ACCEPTABLE)
    except Exception:
        LOG.exception("A telephone could not take a call over")
        incoming.call.refuse(BROKEN)
