"""The backend as the one who knows people."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from msgspec import Struct

from shop_line import KEY, shop_line
from warmline.connectors.http.config import HttpConnectorConfig, Operation, ResultField
from warmline.connectors.http.connector import HttpConnector
from warmline.connectors.http.directory import HttpDirectory
from warmline.kernel.errors import ProviderFailed
from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.store import Store

PERSON = opening_stock().people[-1]
CHECKED = (ResultField("ok", "flag", required=True), ResultField("customer_ref", path="customer_id"))
OPERATIONS = {
    "customers.find": Operation(
        "GET",
        "/customers",
        ("subject",),
        query={"subject": "subject"},
        fields=(ResultField("customer_ref", path="id"), *(ResultField(n) for n in ("phone", "email", "locale"))),
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "accounts.check_pin": Operation(
        "POST",
        "/accounts/check-pin",
        ("subject", "pin"),
        body={"subject": "subject", "pin": "pin"},
        fields=CHECKED,
    ),
    "accounts.check_birth_date": Operation(
        "POST",
        "/accounts/check-birth-date",
        ("subject", "birth_date"),
        body={"subject": "subject", "birth_date": "birth_date"},
        fields=CHECKED,
    ),
}


class Context(Struct, frozen=True):
    tenant_id: str = "onda"
    contact_id: UUID = UUID(int=1)
    task_id: str = "t1"
    attempt: int = 1


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[HttpDirectory]:
    store = Store(tmp_path / "shop.sqlite3")
    async with shop_line(store) as out:
        config = HttpConnectorConfig("onda", "shop", "http://shop", OPERATIONS, "X-Api-Key", KEY)
        yield HttpDirectory(HttpConnector(config, out, lambda: datetime.now(UTC)))
    store.close()


async def test_a_known_customer_is_reached_on_their_phone_in_their_language(directory: HttpDirectory):
    point = await directory.contact_point(Context(), PERSON.email)
    assert point is not None
    assert (point.customer_ref, point.address, point.locale) == (PERSON.id, PERSON.phone, "ja")
    assert await directory.contact_point(Context(), "nobody@example.com") is None


async def test_evidence_is_checked_by_the_backend(directory: HttpDirectory):
    assert await directory.check_pin(Context(), PERSON.account, PERSON.pin) == PERSON.id
    assert await directory.check_pin(Context(), PERSON.account, "12345") is None
    assert await directory.check_birth_date(Context(), PERSON.email, PERSON.birth_date) == PERSON.id
    assert await directory.check_birth_date(Context(), "nobody@example.com", PERSON.birth_date) is None


async def test_another_tenant_learns_nothing(directory: HttpDirectory):
    with pytest.raises(ProviderFailed):
        await directory.contact_point(Context(tenant_id="rival"), PERSON.email)
