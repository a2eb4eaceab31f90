"""One worker of the committer: it takes what is waiting, writes it as one statement, and answers after commit."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from warmline.domain.contact.commands import Decision
from warmline.kernel.errors import CONFLICT, Refused, declare
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_fold import Fold, Known, Pending, Rows
from warmline.runtime.commit_queue import CommitQueue
from warmline.runtime.commit_store import CommitStore, connection_is_lost
from warmline.runtime.contact_cache import ContactCache
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier

LOG = logging.getLogger(__name__)
MAX_ATTEMPTS = 20  # reruns after conflicts before a command is refused
STALE_EPOCH = declare(
    "stale_epoch", 409, "Another router has taken over.", "Nothing to do: the newer router makes the offers."
)
MET_ANOTHER = (asyncpg.UniqueViolationError, asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


class StaleEpoch(Refused):
    """A fenced command came from a router whose lease another has taken over."""

    def __init__(self) -> None:
        super().__init__(STALE_EPOCH)


class CommitWorker:
    """Writes one batch after the other; the contacts in its hands are nobody else's in this process."""

    def __init__(
        self,
        queue: CommitQueue,
        cache: ContactCache,
        store: CommitStore,
        keyring: Keyring,
        notifier: Notifier,
        committed: Callable[[Sequence[Fold], datetime], None],
    ) -> None:
        self._queue = queue
        self._cache = cache
        self._store = store
        self._keyring = keyring
        self._notifier = notifier
        self._committed = committed

    async def run(self) -> None:
        """Work until cancelled; then whoever still waits is told."""
        try:
            while True:
                batch = await self._queue.take()
                try:
                    await self._process(batch)
                finally:
                    self._queue.release(batch)
                await asyncio.sleep(0)  # those just answered may have more to say: let them into the next batch
        finally:
            self._store.close()
            self._queue.cancel_all()

    async def _process(self, batch: list[Pending]) -> None:
        by_tenant: dict[str, list[Pending]] = {}
        for pending in batch:
            by_tenant.setdefault(pending.tenant_id, []).append(pending)
        try:
            for tenant_id, items in by_tenant.items():
                try:
                    while items:
                        items = await self._commit(tenant_id, items)
                except Exception as failure:  # whatever it is, the worker and its other callers go on
                    if not isinstance(failure, Refused):
                        LOG.exception("A batch of contacts could not be committed")
                    for item in by_tenant[tenant_id]:
                        self._cache.drop(tenant_id, item.contact_id)
                        item.resolve(failure)
        except asyncio.CancelledError:
            for item in batch:
                item.done.cancel()
            raise

    async def _commit(self, tenant_id: str, items: list[Pending]) -> list[Pending]:
        """Commit these commands and answer them; return those that met a newer version, to be run again."""
        now = utc_now()
        folds = await self._folds(tenant_id, items)
        is_warm = self._keyring.is_warm
        idle: list[Fold] = []
        deciding: list[Fold] = []
        cold: set[UUID] = set()
        for fold in folds:
            fold.run(now)
            if fold.after is None:
                idle.append(fold)
            else:
                deciding.append(fold)
                if not is_warm(tenant_id, fold.after.customer_id):
                    cold.add(fold.after.customer_id)
        if cold:
            await self._store.patiently(lambda: self._keyring.warm_customers(tenant_id, cold, create=True))
        writing: list[Fold] = []
        rows: Rows = {}
        lanes: set[str] = set()
        for fold in deciding:
            try:
                fold.write(self._keyring, now, rows, lanes)
                writing.append(fold)
            except Exception as failure:  # such as Erased: this contact only
                fold.fail(failure)
        again = [item for fold in folds for item in fold.later]
        if idle:
            again += await self._check_idle(tenant_id, idle)
        if writing:
            again += await self._write(tenant_id, writing, rows, lanes, now)
        return again

    async def _folds(self, tenant_id: str, items: list[Pending]) -> list[Fold]:
        by_number: dict[int, Fold] = {}
        missing: list[UUID] = []
        for item in items:
            contact_id = item.contact_id
            fold = by_number.get(contact_id.int)
            if fold is None:
                stored = self._cache.get(tenant_id, contact_id)
                if stored is None:
                    missing.append(contact_id)
                by_number[contact_id.int] = Fold(tenant_id, contact_id, stored, stored is None, [item])
            else:
                fold.items.append(item)
        if missing:
            known, failures = await self._store.patiently(lambda: self._store.load(tenant_id, missing))
            for contact_id, one in known.items():
                self._cache.put(tenant_id, contact_id, one)
                by_number[contact_id.int].before = one
            for contact_id, failure in failures.items():
                by_number.pop(contact_id.int).fail(failure)
        return [by_number[number] for number in sorted(by_number)]  # always the same order of row locks

    async def _check_idle(self, tenant_id: str, idle: list[Fold]) -> list[Pending]:
        """Answer folds that write nothing, once it is certain that they looked at the newest version."""
        again: list[Pending] = []
        doubtful = [fold.contact_id for fold in idle if not fold.fresh]
        stored = await self._store.patiently(lambda: self._store.versions(tenant_id, doubtful)) if doubtful else {}
        for fold in idle:
            if not fold.fresh and stored.get(fold.contact_id, (0, b""))[0] != fold.expected:
                again += self._rerun(fold)
            else:
                fold.settle()
        return again

    async def _write(
        self, tenant_id: str, writing: list[Fold], rows: Rows, lanes: set[str], now: datetime
    ) -> list[Pending]:
        try:
            applied = await self._store.write(tenant_id, rows, now)
        except Exception as failure:
            if not connection_is_lost(failure):
                return await self._one_by_one(tenant_id, writing, failure)
            LOG.warning("The database went away (%r); checking what was written.", failure)
            self._store.close()
            applied = await self._store.patiently(lambda: self._store.was_applied(tenant_id, writing, now))
        done = writing if applied is None else [fold for fold in writing if fold.contact_id in applied]
        self._settle(done, now)
        if done:
            self._notifier.contacts(tenant_id, [fold.contact_id for fold in done])
            self._notifier.lanes(lanes)
        again: list[Pending] = []
        if applied is not None:
            for fold in writing:
                if fold.contact_id not in applied:
                    again += await self._not_applied(fold)
        return again

    def _settle(self, folds: list[Fold], now: datetime) -> None:
        """Answer first, then tell who follows: so both can leave a socket together."""
        for fold in folds:
            if fold.after is not None:
                self._cache.put(fold.tenant_id, fold.contact_id, Known(fold.after, fold.cold))
            fold.settle()
        self._committed(folds, now)

    async def _not_applied(self, fold: Fold) -> list[Pending]:
        if fold.epoch is not None:
            current = await self._store.patiently(lambda: self._store.epoch(fold.tenant_id))
            stale = [item for item in fold.items if item.epoch is not None and item.epoch != current]
            for item in stale:
                item.resolve(StaleEpoch())
            fold.items = [item for item in fold.items if item not in stale]
        return self._rerun(fold)

    def _rerun(self, fold: Fold) -> list[Pending]:
        self._cache.drop(fold.tenant_id, fold.contact_id)
        again: list[Pending] = []
        for item in fold.items:
            item.attempts += 1
            if item.attempts >= MAX_ATTEMPTS:
                item.resolve(Refused(CONFLICT))
            else:
                again.append(item)
        return again

    async def _one_by_one(self, tenant_id: str, folds: list[Fold], failure: Exception) -> list[Pending]:
        """The statement failed, so nothing of it is stored: find the command that cannot be written."""
        items = [item for fold in folds for item in fold.items]
        for fold in folds:
            self._cache.drop(tenant_id, fold.contact_id)
        if len(items) > 1:
            for item in items:
                remaining = [item]
                while remaining:
                    remaining = await self._commit(tenant_id, remaining)
            return []
        if isinstance(failure, MET_ANOTHER):
            return await self._met_another(folds[0])
        LOG.error("A command could not be written: %r", failure)
        items[0].resolve(failure)
        return []

    async def _met_another(self, fold: Fold) -> list[Pending]:
        """Somebody else wrote first. A message stored longer ago than the contact remembers is a duplicate."""
        keys = fold.dedupe_keys()
        again = self._rerun(fold)
        if not keys or not again:
            return again
        tenant_id, contact_id = fold.tenant_id, fold.contact_id
        seq = await self._store.patiently(lambda: self._store.duplicate_of(tenant_id, contact_id, keys))
        if seq is None:
            return again
        known, _ = await self._store.patiently(lambda: self._store.load(tenant_id, [contact_id]))
        if contact_id not in known:
            return again
        self._cache.put(tenant_id, contact_id, known[contact_id])
        again[0].resolve(Decision(known[contact_id].contact, duplicate_of=seq))
        return []
