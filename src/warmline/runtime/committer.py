"""The only writer of contacts, events, offers, timers and their outbox rows.

Many commands become one statement and one commit; each caller gets its own answer, after that commit. Two
workers take turns, and a contact is in the hands of one at a time: its commands run in the order they came.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from warmline.domain.contact.commands import Decision
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.commit_fold import Fold, Pending, Run
from warmline.runtime.commit_queue import CommitQueue
from warmline.runtime.commit_store import CommitStore
from warmline.runtime.commit_worker import CommitWorker, StaleEpoch
from warmline.runtime.contact_cache import ContactCache
from warmline.runtime.database import Database
from warmline.runtime.event_codec import StoredEvent
from warmline.runtime.keyring import Keyring
from warmline.runtime.lease import ROUTING
from warmline.runtime.notifier import Notifier

__all__ = ["Committer", "Run", "StaleEpoch", "StoredEvent"]

LOG = logging.getLogger(__name__)
BUSY = declare("busy", 503, "Warmline has more to do than it can do right now.", "Try again in a few seconds.")
Listener = Callable[[str, Contact, Sequence[StoredEvent]], None]


class Committer:
    """See the module. At most `max_waiting` commands wait; beyond that new ones are refused at once."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        notifier: Notifier,
        *,
        workers: int = 2,
        cache_size: int = 40_000,
        max_waiting: int = 20_000,
        max_batch: int = 256,
        domain: str = ROUTING,
    ) -> None:
        self._max_waiting = max_waiting
        self._reader = CommitStore("reader", database, keyring, domain)
        self._reading = asyncio.Lock()
        self._tasks = TaskRegistry(lambda name, failure: LOG.critical("%s died: %r", name, failure))
        self._queue = CommitQueue(workers, max_batch)
        self._cache = ContactCache(cache_size)
        self._workers = [
            CommitWorker(
                self._queue,
                self._cache,
                CommitStore(f"committer {number}", database, keyring, domain),
                keyring,
                notifier,
                self._committed,
            )
            for number in range(workers)
        ]
        self.on_committed: list[Listener] = []

    def start(self) -> None:
        """Begin to commit."""
        for number, worker in enumerate(self._workers):
            self._tasks.spawn(f"committer {number}", worker.run())

    async def close(self) -> None:
        """Stop; commands that still wait are cancelled, and were not acknowledged."""
        await self._tasks.close()
        self._reader.close()

    @property
    def waiting(self) -> int:
        """How many commands are not answered yet."""
        return len(self._queue)

    async def execute(self, tenant_id: str, contact_id: UUID, run: Run, *, epoch: int | None = None) -> Decision:
        """Run a command on a contact and return after its commit.

        `run` gets None for a contact that does not exist; it is pure, for it may be run again after a
        conflict. `epoch` fences the command: it is written only while the routing lease has this epoch.
        Raises what `run` raises, StaleEpoch, Erased, and Refused with busy, conflict or unavailable.
        """
        return await self.submit(tenant_id, contact_id, run, epoch=epoch)

    def submit(
        self, tenant_id: str, contact_id: UUID, run: Run, *, epoch: int | None = None
    ) -> asyncio.Future[Decision]:
        """Put a command in line as `execute` does; the answer has what `execute` returns or raises.

        Commands of one contact are carried out in the order they were submitted. Raises Refused with busy.
        """
        if self.waiting >= self._max_waiting:
            raise Refused(BUSY)
        done: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        self._queue.put(Pending(tenant_id, contact_id, run, epoch, done))
        return done

    async def load(self, tenant_id: str, contact_id: UUID) -> Contact:
        """Return a contact, from memory if it is there (another process may be milliseconds ahead).

        Raises Refused (not_found), Erased.
        """
        found = await self.load_many(tenant_id, [contact_id])
        if contact_id not in found:
            raise Refused(NOT_FOUND, what="contact")
        return found[contact_id]

    async def load_many(self, tenant_id: str, contact_ids: Iterable[UUID]) -> dict[UUID, Contact]:
        """Return those of the contacts that exist, in one query for all that are not in memory.

        Raises Erased when a single contact was asked for and its customer is erased; leaves such contacts
        out otherwise.
        """
        wanted = list(dict.fromkeys(contact_ids))
        found: dict[UUID, Contact] = {}
        missing: list[UUID] = []
        for contact_id in wanted:
            known = self._cache.get(tenant_id, contact_id)
            if known is None:
                missing.append(contact_id)
            else:
                found[contact_id] = known.contact
        if missing:
            evictions = self._cache.evictions
            async with self._reading:
                known, failures = await self._reader.patiently(lambda: self._reader.load(tenant_id, missing))
            for contact_id, one in known.items():
                if (
                    evictions == self._cache.evictions
                ):  # else it may have been read before the change we were told of
                    self._cache.put(tenant_id, contact_id, one)
                found[contact_id] = one.contact
            if failures and len(wanted) == 1:
                raise next(iter(failures.values()))
        return found

    def evict(self, tenant_id: str, contact_ids: Iterable[UUID]) -> None:
        """Forget contacts another process has changed."""
        self._cache.evict(tenant_id, contact_ids)

    def evict_all(self, tenant_id: str | None = None) -> None:
        """Forget every contact (of one tenant): what happened elsewhere was missed."""
        self._cache.evict_all(tenant_id)

    def evict_customer(self, tenant_id: str, customer_id: UUID) -> None:
        """Forget the contacts of an erased customer."""
        self._cache.evict_customer(tenant_id, customer_id)

    def _committed(self, folds: Sequence[Fold], now: datetime) -> None:
        if not self.on_committed:
            return
        for fold in folds:
            if fold.after is None:
                continue
            events = fold.stored_events(now)
            for listener in self.on_committed:
                try:
                    listener(fold.tenant_id, fold.after, events)
                except Exception:  # a listener's bug must not take the answer from the callers of other contacts
                    LOG.exception("A listener of commits failed")
