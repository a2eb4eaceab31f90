"""Contacts in memory, as this process knows them to be stored; the least recently used go first."""

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from warmline.domain.contact.model import ContactStatus
from warmline.runtime.commit_fold import Known

ENDED_PART = 40  # contacts that have ended take one place of so many: few of them are asked for again


class ContactCache:
    """At most `size` contacts, the fortieth part of them ended. A stale one costs a rerun, never a wrong write:
    versions are checked."""

    def __init__(self, size: int) -> None:
        self._size = size
        # By number: a UUID is hashed and compared by Python code, an integer is not.
        self._known: OrderedDict[tuple[str, int], Known] = OrderedDict()
        self._ended: OrderedDict[tuple[str, int], None] = OrderedDict()
        self.evictions = 0  # how often somebody said that memory may be stale

    def __len__(self) -> int:
        return len(self._known)

    def get(self, tenant_id: str, contact_id: UUID) -> Known | None:
        """Return what is known of a contact."""
        return self._known.get((tenant_id, contact_id.int))

    def put(self, tenant_id: str, contact_id: UUID, known: Known) -> None:
        """Remember a contact, unless a newer version is remembered already."""
        key, contacts = (tenant_id, contact_id.int), self._known
        kept = contacts.get(key)
        if kept is None or kept.contact.version <= known.contact.version:
            contacts[key] = known
        contacts.move_to_end(key)
        if contacts[key].contact.status is ContactStatus.ENDED:
            self._ended[key] = None
            self._ended.move_to_end(key)
            if len(self._ended) > max(1, self._size // ENDED_PART):
                self._forget(next(iter(self._ended)))
        while len(contacts) > self._size:
            self._forget(next(iter(contacts)))

    def drop(self, tenant_id: str, contact_id: UUID) -> None:
        """Forget one contact."""
        self._forget((tenant_id, contact_id.int))

    def evict(self, tenant_id: str, contact_ids: Iterable[UUID]) -> None:
        """Forget contacts another process has changed."""
        self.evictions += 1
        for contact_id in contact_ids:
            self._forget((tenant_id, contact_id.int))

    def evict_all(self, tenant_id: str | None = None) -> None:
        """Forget every contact (of one tenant): what happened elsewhere was missed."""
        self.evictions += 1
        for key in [key for key in self._known if tenant_id is None or key[0] == tenant_id]:
            self._forget(key)

    def evict_customer(self, tenant_id: str, customer_id: UUID) -> None:
        """Forget the contacts of an erased customer."""
        self.evictions += 1
        for key, known in list(self._known.items()):
            if key[0] == tenant_id and known.contact.customer_id == customer_id:
                self._forget(key)

    def _forget(self, key: tuple[str, int]) -> None:
        self._known.pop(key, None)
        self._ended.pop(key, None)
