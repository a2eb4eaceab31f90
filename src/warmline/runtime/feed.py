"""Events to those who follow a contact, in every process: at once in this one, by notification from others."""

import asyncio
import contextlib
import logging
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from warmline.domain.contact.model import Contact
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime import signals
from warmline.runtime.commit_store import connection_is_lost
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database, TenantConnection
from warmline.runtime.event_codec import StoredEvent, decode_rows
from warmline.runtime.keyring import ERASED_SIGNAL, INDEX_KEY_ID, Keyring
from warmline.runtime.notifier import Notifier

LOG = logging.getLogger(__name__)
Deliver = Callable[[Contact, Sequence[StoredEvent]], None]
OnSignal = Callable[[str, str], None]  # tenant, payload
OnEphemeral = Callable[[dict[str, Any]], None]
RECONNECT_S = 0.2
ALIVE_EVERY_S = 5.0  # a listening connection that hears nothing must be asked whether it still lives
READ_AT_ONCE = 200  # contacts read again in one query
_EVENTS = (
    "SELECT e.contact_id, e.seq, e.at, e.body FROM event e "
    "JOIN unnest($2::uuid[], $3::bigint[]) AS w (contact_id, after) "
    "ON e.contact_id = w.contact_id AND e.seq > w.after "
    "WHERE e.tenant_id = $1 ORDER BY e.contact_id, e.seq"
)


class Subscription:
    """Somebody following a contact. `seq` is the last event delivered; deliveries have no gaps and no doubles."""

    __slots__ = ("_feed", "contact_id", "deliver", "ephemeral", "seq", "tenant_id")

    def __init__(
        self, feed: "Feed", tenant_id: str, contact_id: UUID, seq: int, deliver: Deliver,
        ephemeral: OnEphemeral | None,
    ) -> None:  # fmt: skip
        self._feed = feed
        self.tenant_id = tenant_id
        self.contact_id = contact_id
        self.seq = seq
        self.deliver = deliver
        self.ephemeral = ephemeral

    def close(self) -> None:
        """Stop following."""
        self._feed.unsubscribe(self)


class Feed:
    """The process's one ear (LISTEN) and its subscribers. Callbacks are plain functions and must not wait."""

    def __init__(self, database: Database, keyring: Keyring, committer: Committer, notifier: Notifier) -> None:
        self._database = database
        self._keyring = keyring
        self._committer = committer
        self._notifier = notifier
        self._followers: dict[tuple[str, UUID], set[Subscription]] = {}
        self._behind: dict[tuple[str, UUID], None] = {}  # contacts to read again, oldest first
        self._wake = asyncio.Event()
        self._signals: dict[str, list[OnSignal]] = {}
        self._tasks = TaskRegistry(lambda name, failure: LOG.critical("%s died: %r", name, failure))
        self.listening = asyncio.Event()
        self.on_reconnect: list[Callable[[], None]] = []
        committer.on_committed.append(self._committed)
        self.on_signal(ERASED_SIGNAL, self._erased)

    def start(self) -> None:
        """Begin to listen and to deliver."""
        self._tasks.spawn("feed ear", self._listen_forever())
        self._tasks.spawn("feed reader", self._read_forever())

    async def close(self) -> None:
        """Stop."""
        await self._tasks.close()

    # --- contacts --------------------------------------------------------------------------------

    def subscribe(
        self, tenant_id: str, contact_id: UUID, since_seq: int, deliver: Deliver,
        *, ephemeral: OnEphemeral | None = None,
    ) -> Subscription:  # fmt: skip
        """Follow a contact from behind `since_seq`: what is stored already is delivered first.

        `ephemeral` gets typing and read notices.
        """
        one = Subscription(self, tenant_id, contact_id, since_seq, deliver, ephemeral)
        self._followers.setdefault((tenant_id, contact_id), set()).add(one)
        self._read_again((tenant_id, contact_id))
        return one

    def unsubscribe(self, one: Subscription) -> None:
        """Stop following; harmless twice."""
        key = (one.tenant_id, one.contact_id)
        followers = self._followers.get(key)
        if followers is not None:
            followers.discard(one)
            if not followers:
                del self._followers[key]

    async def history(self, tenant_id: str, contact_id: UUID, after_seq: int = 0) -> list[StoredEvent]:
        """Return the stored events of a contact behind `after_seq`, in plain text."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(_EVENTS, tenant_id, [contact_id], [after_seq])
        return await decode_rows(self._keyring, tenant_id, rows)

    def ephemeral(self, tenant_id: str, contact_id: UUID, message: dict[str, Any]) -> None:
        """Show a message to whoever follows the contact right now, in every process; it is not stored."""
        self._show(tenant_id, contact_id, message)
        text = signals.encode_ephemeral(self._notifier.origin, tenant_id, contact_id, message)
        self._notifier.text(signals.EPHEMERAL_CHANNEL, text)

    def _show(self, tenant_id: str, contact_id: UUID, message: dict[str, Any]) -> None:
        for one in list(self._followers.get((tenant_id, contact_id), ())):
            if one.ephemeral is not None:
                _call(one.ephemeral, message)

    def _committed(self, tenant_id: str, contact: Contact, events: Sequence[StoredEvent]) -> None:
        followers = self._followers.get((tenant_id, contact.id))
        if not followers:
            return
        for one in list(followers):
            if not events or events[0].seq == one.seq + 1:
                one.seq = contact.seq
                _call(one.deliver, contact, events)
            elif contact.seq > one.seq:  # something in between came from elsewhere
                self._read_again((tenant_id, contact.id))

    def _read_again(self, key: tuple[str, UUID]) -> None:
        self._behind[key] = None
        self._wake.set()

    async def _read_forever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._behind:
                tenant_id = next(iter(self._behind))[0]
                ids = [key[1] for key in self._behind if key[0] == tenant_id][:READ_AT_ONCE]
                for contact_id in ids:
                    del self._behind[tenant_id, contact_id]
                try:
                    await self._catch_up(tenant_id, ids)
                except Exception as failure:
                    if not connection_is_lost(failure):
                        LOG.exception("Events of %d contacts could not be read", len(ids))
                        continue
                    self._behind.update(dict.fromkeys((tenant_id, contact_id) for contact_id in ids))
                    await asyncio.sleep(RECONNECT_S)

    async def _catch_up(self, tenant_id: str, contact_ids: list[UUID]) -> None:
        """Deliver what followers have not seen, from the table."""
        after: dict[UUID, int] = {}
        for contact_id in contact_ids:
            if followers := self._followers.get((tenant_id, contact_id)):
                after[contact_id] = min(one.seq for one in followers)
        if not after:
            return
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(_EVENTS, tenant_id, list(after), list(after.values()))
        if not rows:
            return
        by_contact: dict[UUID, list[StoredEvent]] = {}
        for event in await decode_rows(self._keyring, tenant_id, rows):
            by_contact.setdefault(event.contact_id, []).append(event)
        contacts = await self._committer.load_many(tenant_id, by_contact)
        for contact_id, events in by_contact.items():
            contact = contacts.get(contact_id)
            if contact is None:
                continue
            if contact.seq < events[-1].seq:  # remembered from before these events
                self._committer.evict(tenant_id, [contact_id])
                contact = await self._committer.load(tenant_id, contact_id)
            for one in list(self._followers.get((tenant_id, contact_id), ())):
                unseen = [event for event in events if event.seq > one.seq]
                if unseen and unseen[0].seq == one.seq + 1:
                    one.seq = unseen[-1].seq
                    _call(one.deliver, contact, unseen)

    # --- signals ---------------------------------------------------------------------------------

    def on_signal(self, name: str, callback: OnSignal) -> None:
        """Hear a named signal of any tenant, from this process and others."""
        self._signals.setdefault(name, []).append(callback)

    async def signal(self, tenant_id: str, name: str, payload: str = "") -> None:
        """Do as `tell`, for those who wait for everything they do."""
        self.tell(tenant_id, name, payload)

    def tell(self, tenant_id: str, name: str, payload: str = "") -> None:
        """Send a named signal: heard here at once, elsewhere within milliseconds, or never if the network fails.

        After a lost connection listeners get `on_reconnect`. Raises signals.TooLong.
        """
        text = signals.encode_signal(self._notifier.origin, tenant_id, name, payload)
        self._notifier.text(signals.SIGNAL_CHANNEL, text, urgent=True)
        self._signalled(name, tenant_id, payload)

    async def seal(self, tenant_id: str, text: str, context: str) -> str:
        """Return what must not cross the database readable, under the company's own key; for `tell`."""
        await self._keyring.warm(tenant_id, ())
        return b64encode(self._keyring.encrypt(tenant_id, INDEX_KEY_ID, text.encode(), context)).decode()

    async def unseal(self, tenant_id: str, sealed: str, context: str) -> str:
        """Return what was sealed. Raises ValueError, Tampered."""
        await self._keyring.warm(tenant_id, ())
        return self._keyring.decrypt(tenant_id, b64decode(sealed, validate=True), context).decode()

    def _signalled(self, name: str, tenant_id: str, payload: str) -> None:
        for callback in self._signals.get(name, ()):
            _call(callback, tenant_id, payload)

    def _erased(self, tenant_id: str, payload: str) -> None:
        self._keyring.forget(tenant_id, payload)
        self._committer.evict_customer(tenant_id, UUID(payload.split(",")[0]))

    # --- the ear ---------------------------------------------------------------------------------

    async def _listen_forever(self) -> None:
        first = True
        while True:
            connection: TenantConnection | None = None
            try:
                connection = await self._database.dedicated("feed")
                lost = asyncio.Event()
                connection.add_termination_listener(lambda *_, lost=lost: lost.set())
                for channel, heard in (
                    (signals.CONTACT_CHANNEL, self._heard_contacts),
                    (signals.SIGNAL_CHANNEL, self._heard_signal),
                    (signals.EPHEMERAL_CHANNEL, self._heard_ephemeral),
                    (signals.LANE_CHANNEL, self._heard_lanes),
                ):
                    await connection.add_listener(channel, heard)
                if not first:
                    self._missed_something()
                first = False
                self.listening.set()
                while True:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(ALIVE_EVERY_S):
                            await lost.wait()
                    await connection.execute("SELECT 1", timeout=10)
            except Exception as failure:
                if not connection_is_lost(failure):
                    LOG.exception("The feed's ear failed")
                self.listening.clear()
                await asyncio.sleep(RECONNECT_S)
            finally:
                if connection is not None:
                    connection.terminate()

    def _missed_something(self) -> None:
        """After a silence: forget what is remembered and read again everything that is followed."""
        self._committer.evict_all()
        self._keyring.clear()
        for key in self._followers:
            self._read_again(key)
        self._notifier.wake_all_lanes()
        for callback in self.on_reconnect:
            _call(callback)

    def _heard_contacts(self, *heard: Any) -> None:
        origin, tenant_id, ids = signals.decode_contacts(heard[3])
        if origin == self._notifier.origin:
            return
        if ids is None:
            self._committer.evict_all(tenant_id)
            ids = [key[1] for key in self._followers if key[0] == tenant_id]
        else:
            self._committer.evict(tenant_id, ids)
        for contact_id in ids:
            if (tenant_id, contact_id) in self._followers:
                self._read_again((tenant_id, contact_id))

    def _heard_signal(self, *heard: Any) -> None:
        try:
            signal = signals.decode_signal(heard[3])
        except msgspec.MsgspecError:
            LOG.warning("A signal could not be read")
            return
        if signal.origin != self._notifier.origin:
            self._signalled(signal.name, signal.tenant_id, signal.payload)

    def _heard_ephemeral(self, *heard: Any) -> None:
        try:
            one = signals.decode_ephemeral(heard[3])
        except msgspec.MsgspecError:
            LOG.warning("An ephemeral message could not be read")
            return
        if one.origin != self._notifier.origin:
            self._show(one.tenant_id, one.contact_id, one.message)

    def _heard_lanes(self, *heard: Any) -> None:
        origin, names = heard[3].split(" ", 1)
        if origin != self._notifier.origin:
            self._notifier.wake_lanes(set(names.split(",")))


def _call(callback: Callable[..., None], *arguments: Any) -> None:
    try:
        callback(*arguments)
    except Exception:  # one subscriber's bug must not silence the others
        LOG.exception("A subscriber failed")
