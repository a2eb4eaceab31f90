"""Calls and contacts are compared, both ways: what disagrees is repaired, ended, or promised a call back."""

import logging
from collections.abc import Mapping
from uuid import UUID

from warmline.channels.voice import inputs as i
from warmline.channels.voice.rooms import VoiceRooms
from warmline.channels.voice.session import CallSession
from warmline.domain.contact.commands import AnyCommand, CustomerEnds, PromiseAfterCut
from warmline.domain.contact.events import ContactEnded
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.kernel.errors import Refused
from warmline.runtime.commit_store import UNAVAILABLE

LOG = logging.getLogger(__name__)
ENDED_FOR_S = 30.0  # a call whose contact has ended may still be saying goodbye
# After an outage every node first has to say that it lives: who judges sooner buries all, himself included.
STEADY_FOR_S = 15.0


class Reconciler:
    """Looks after the calls of one node, and after those of nodes that died. `sessions`: this node's, by call."""

    def __init__(self, rooms: VoiceRooms, sessions: Mapping[UUID, CallSession]) -> None:
        self._rooms = rooms
        self._sessions = sessions
        self._over_since: dict[UUID, float] = {}
        self._steady_since_s: float | None = None
        self._seen: set[UUID] = set()  # what disagreed the last time; acted on when it still does

    def database_away(self) -> None:
        """Nobody could say that they live; nobody is judged for it."""
        self._steady_since_s = None
        self._seen.clear()

    async def compare(self, now_s: float) -> None:
        """Look once. Raises what the database raises."""
        await self._calls_of_ended_contacts(now_s)
        if self._steady_since_s is None:
            self._steady_since_s = now_s
        if now_s - self._steady_since_s < STEADY_FOR_S:
            return
        rows = self._rooms.rows
        for tenant_id, call_id, contact_id in await rows.stranded():
            if call_id not in self._sessions:
                await self._lost(tenant_id, call_id, contact_id)
        await self._twice(
            {one[1]: one for one in await rows.running(self._rooms.node_id) if one[1] not in self._sessions},
            {one[1]: one for one in await rows.callless()},
        )

    # --- a call, but no contact ----------------------------------------------------------------------

    async def _calls_of_ended_contacts(self, now_s: float) -> None:
        for session in list(self._sessions.values()):
            if session.contact_id is None or session.machine.state.bridging:
                continue
            contact = await self._rooms.contacts.load(session.tenant_id, session.contact_id)
            if contact.status is not ContactStatus.ENDED:
                self._over_since.pop(session.id, None)
            elif now_s - self._over_since.setdefault(session.id, now_s) > ENDED_FOR_S:
                LOG.warning("Call %s is ended: its contact is", session.id)
                reason = contact.disconnect_reason or DisconnectReason.CONTAINED
                session.put(i.ContactEvent(ContactEnded(reason, "system"), contact.channel, contact.locale))
        for id in list(self._over_since):
            if id not in self._sessions:
                del self._over_since[id]

    # --- a contact, but no call ----------------------------------------------------------------------

    async def _twice(
        self,
        gone: Mapping[UUID, tuple[str, UUID, UUID]],
        callless: Mapping[UUID, tuple[str, UUID, bool]],
    ) -> None:
        """Act on what disagreed the last time, too: a call that is just beginning or ending agrees by then."""
        before, self._seen = self._seen, {*gone, *callless}
        for id in before & self._seen:
            if id in gone:
                await self._lost(*gone[id])
            else:
                await self._without_call(*callless[id])

    async def _lost(self, tenant_id: str, call_id: UUID, contact_id: UUID) -> None:
        """A node lost this call: whoever was on it is called back."""
        await self._tell(tenant_id, contact_id, PromiseAfterCut())
        await self._rooms.rows.over(tenant_id, call_id, "lost", mos=None, lost_share=None, jitter_ms=None)

    async def _without_call(self, tenant_id: str, contact_id: UUID, had_call: bool) -> None:
        """Who had a call has left; who never got one was cut off before it was written down."""
        if any(session.contact_id == contact_id for session in self._sessions.values()):
            return
        contact = await self._rooms.contacts.load_anew(tenant_id, contact_id)
        if contact.callback is not None:
            return  # an agent is about to call them
        LOG.warning("Contact %s is open, but its call is not", contact_id)
        await self._tell(tenant_id, contact_id, CustomerEnds() if had_call else PromiseAfterCut())

    async def _tell(self, tenant_id: str, contact_id: UUID, command: AnyCommand) -> None:
        try:
            await self._rooms.contacts.command(tenant_id, contact_id, command)
        except Refused as refused:
            if refused.code == UNAVAILABLE:
                raise
            LOG.info("A contact without a call needed nothing: %s", refused.code)
