"""A customer who proved who they are becomes known."""

from uuid import UUID

import pytest
from msgspec import Struct

from warmline.domain.contact.commands import AnyCommand, LinkCustomer
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.features.customers.tasks import link_task
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.ids import new_id
from warmline.ports.connector import TaskContext


class Context(Struct, frozen=True):
    tenant_id: str
    contact_id: UUID
    task_id: str = "t1"
    attempt: int = 1


@pytest.fixture
def sent() -> list[tuple[str, UUID, AnyCommand]]:
    return []


async def test_the_contact_gets_its_known_customer_with_the_backend_s_profile(
    customers: Customers, sent: list[tuple[str, UUID, AnyCommand]]
):
    async def command(tenant_id: str, contact_id: UUID, command: AnyCommand) -> None:
        sent.append((tenant_id, contact_id, command))

    async def describe(_: TaskContext, reference: str) -> Profile:
        return Profile(name=f"Customer {reference}")

    link = link_task(customers, command, describe)
    contact = new_id()
    first = await link(Context("onda", contact), {"customer_ref": "C-7"})
    again = await link(Context("onda", contact), {"customer_ref": "C-7"})
    assert first == again
    customer_id = UUID(str(first["customer_id"]))
    assert sent == [("onda", contact, LinkCustomer(customer_id))] * 2
    assert (await customers.view("onda", customer_id)).profile.name == "Customer C-7"


async def test_a_backend_that_is_down_does_not_keep_a_verified_customer_unknown(customers: Customers):
    async def command(tenant_id: str, contact_id: UUID, command: AnyCommand) -> None:
        return None

    async def describe(_: TaskContext, reference: str) -> Profile:
        raise ProviderFailed("the shop is down", retryable=True)

    result = await link_task(customers, command, describe)(Context("onda", new_id()), {"customer_ref": "C-7"})
    assert await customers.find_by_reference("onda", "C-7") == UUID(str(result["customer_id"]))
    with pytest.raises(ProviderFailed):
        await link_task(customers, command)(Context("onda", new_id()), {})
