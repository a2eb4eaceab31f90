"""Customers' names for cards."""

from uuid import UUID

from warmline.features.desk.cards import CardCustomer
from warmline.features.desk.names import CustomerNames


async def test_names_are_fetched_together_and_once_until_they_change():
    asked: list[list[UUID]] = []

    async def fetch(tenant_id: str, ids: list[UUID]) -> dict[UUID, CardCustomer]:
        asked.append(ids)
        return {id: CardCustomer(id, "김하늘", True) for id in ids if id != UUID(int=2)}

    names = CustomerNames(fetch)
    one, two = UUID(int=1), UUID(int=2)
    assert names.peek("onda", one) is None
    await names.load("onda", [one, two, one])
    await names.load("onda", [one, two])
    assert asked == [[one, two]]
    assert names.peek("onda", one) == CardCustomer(one, "김하늘", True)
    assert names.peek("onda", two) == CardCustomer(two)
    assert names.peek("rival", one) is None
    names.forget("onda", one)
    await names.load("onda", [one])
    assert asked == [[one, two], [one]]
