"""Customers' names for cards: fetched in batches, kept for a while, forgotten when they change."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from uuid import UUID

from warmline.features.desk.cards import CardCustomer

KEPT = 20_000

FetchNames = Callable[[str, list[UUID]], Awaitable[Mapping[UUID, CardCustomer]]]


class CustomerNames:
    """A bounded memory of who is who in front of `fetch`."""

    def __init__(self, fetch: FetchNames) -> None:
        self._fetch = fetch
        self._known: OrderedDict[tuple[str, UUID], CardCustomer] = OrderedDict()

    def peek(self, tenant_id: str, customer_id: UUID) -> CardCustomer | None:
        """Return what is known without asking."""
        return self._known.get((tenant_id, customer_id))

    async def load(self, tenant_id: str, customer_ids: Iterable[UUID]) -> None:
        """Fetch those not known yet, all at once."""
        missing = [id for id in dict.fromkeys(customer_ids) if (tenant_id, id) not in self._known]
        if not missing:
            return
        found = await self._fetch(tenant_id, missing)
        for id in missing:
            self._known[tenant_id, id] = found.get(id) or CardCustomer(id)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)

    def forget(self, tenant_id: str, customer_id: UUID) -> None:
        self._known.pop((tenant_id, customer_id), None)
