"""The connector against a real HTTP service: retried when safe, never twice when not, known when down."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from msgspec import Struct
from msgspec.structs import replace

from warmline.connectors.http.config import HttpConnectorConfig, Operation, ResultField
from warmline.connectors.http.connector import HttpConnector, task_handlers, wish_key
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import OutboundAnswer
from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.policy import quote
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store

STOCK = opening_stock()
ORDER = next(order for order in STOCK.orders if quote(order, refunded=False, recent_refunds=0).verdict == "ok")
OPERATIONS = {
    "orders.find": Operation(
        "GET",
        "/orders/{number}",
        ("number",),
        fields=(ResultField("status"),),
        answers={200: {"found": True}, 404: {"found": False}},
        timeout_s=1.0,
    ),
    "refunds.request": Operation(
        "POST",
        "/orders/{number}/refunds",
        ("number",),
        fields=(ResultField("refund_id"),),
        answers={201: {"refunded": True}, 409: {"refunded": False}},
        send_key=True,
    ),
    "accounts.reset": Operation(
        "POST", "/accounts/password-reset", ("subject",), body={"subject": "subject"}, answers={202: {}}
    ),
}


class Context(Struct, frozen=True):
    tenant_id: str = "onda"
    contact_id: UUID = UUID(int=1)
    task_id: str = "t1"
    attempt: int = 1


class Wire:
    """The way out, straight into the shop; counts calls."""

    def __init__(self, client: httpx.AsyncClient, faults: Faults) -> None:
        self.client = client
        self.faults = faults
        self.calls = 0
        self.recovers_after: int | None = None

    async def __call__(
        self,
        tenant_id: str,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_s: float,
    ) -> OutboundAnswer:
        self.calls += 1
        if self.recovers_after is not None and self.calls > self.recovers_after:
            self.faults.mode = "ok"
        answer = await self.client.request(method, url, headers=dict(headers), content=body)
        return OutboundAnswer(answer.status_code, answer.content)


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[Wire]:
    store, faults = Store(tmp_path / "shop.sqlite3"), Faults(slow_s=30, failing_share=1.0)
    transport = httpx.ASGITransport(Shop(store, "key", faults).app())
    async with httpx.AsyncClient(transport=transport) as client:
        yield Wire(client, faults)
    store.close()


def connector(wire: Wire, **settings: object) -> HttpConnector:
    config = HttpConnectorConfig(
        "onda",
        "shop",
        "http://shop",
        OPERATIONS,
        "X-Api-Key",
        "key",
        "/healthz",
    )
    return HttpConnector(replace(config, **settings), wire, lambda: datetime.now(UTC))


async def test_a_customer_hears_the_state_of_an_order_and_of_one_that_is_not_there(wire: Wire):
    find = task_handlers([connector(wire)])["orders.find"]
    assert await find(Context(), {"number": ORDER.number}) == {"status": ORDER.status, "found": True}
    assert (await find(Context(), {"number": "ON-00000000"}))["found"] is False


async def test_a_lookup_is_tried_again_when_the_shop_stumbles_once(wire: Wire):
    wire.faults.mode, wire.recovers_after = "failing", 1
    answer = await connector(wire).call("orders.find", {"number": ORDER.number}, "k")
    assert (answer["found"], wire.calls) == (True, 2)


async def test_a_wish_that_cannot_be_repeated_safely_is_sent_once(wire: Wire):
    wire.faults.mode = "failing"
    with pytest.raises(ProviderFailed) as failure:
        await connector(wire).call("accounts.reset", {"subject": "a@example.com"}, "k")
    assert (failure.value.retryable, wire.calls) == (True, 1)


async def test_a_refund_run_twice_after_a_crash_is_made_once(wire: Wire):
    refund = connector(wire).handler("refunds.request")
    first = await refund(Context(), {"number": ORDER.number})
    again = await refund(Context(task_id="t2", attempt=2), {"number": ORDER.number})
    assert first == again
    assert first["refunded"] is True
    other = await refund(Context(contact_id=UUID(int=2)), {"number": ORDER.number})
    assert other["refunded"] is False


async def test_a_slow_shop_is_given_up_in_time(wire: Wire):
    wire.faults.mode = "slow"
    started = asyncio.get_running_loop().time()
    with pytest.raises(ProviderFailed) as failure:
        await connector(wire).call("orders.find", {"number": ORDER.number}, "k")
    assert failure.value.retryable
    assert asyncio.get_running_loop().time() - started < 3


async def test_a_shop_that_is_down_is_known_to_be_down_left_alone_and_found_again(wire: Wire):
    shop = connector(wire, trip_after=3, rest_s=0.0)
    assert shop.health().availability == "unknown"
    wire.faults.mode = "down"
    for _ in range(3):
        with pytest.raises(ProviderFailed):
            await shop.call("orders.find", {"number": ORDER.number}, "k")
    assert shop.health().availability == "down"
    assert shop.health().last_error is not None
    wire.faults.mode = "ok"
    assert (await shop.probe()).availability == "up"


async def test_an_open_circuit_spares_the_shop(wire: Wire):
    shop = connector(wire, trip_after=2, rest_s=60.0)
    wire.faults.mode = "down"
    for _ in range(5):
        with pytest.raises(ProviderFailed):
            await shop.call("orders.find", {"number": ORDER.number}, "k")
    assert wire.calls == 2


async def test_a_wrong_key_is_our_mistake_and_not_an_outage(wire: Wire):
    config = HttpConnectorConfig("onda", "shop", "http://shop", OPERATIONS, "X-Api-Key", "wrong")
    shop = HttpConnector(config, wire, lambda: datetime.now(UTC))
    with pytest.raises(ProviderFailed) as failure:
        await shop.call("orders.find", {"number": ORDER.number}, "k")
    assert (failure.value.retryable, shop.health().availability) == (False, "up")


async def test_another_tenant_does_not_reach_this_shop(wire: Wire):
    find = task_handlers([connector(wire)])["orders.find"]
    with pytest.raises(ProviderFailed):
        await find(Context(tenant_id="rival"), {"number": ORDER.number})
    assert wire.calls == 0


async def test_watching_learns_the_availability_without_a_customer(wire: Wire):
    shop = connector(wire)
    watching = asyncio.get_running_loop().create_task(shop.watch(every_s=0.01))
    async with asyncio.timeout(5):
        while wire.calls < 2:
            await asyncio.sleep(0)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert shop.health().availability == "up"


def test_the_same_wish_has_the_same_key_and_another_wish_another():
    assert wish_key(Context(), "a", {"x": 1, "y": 2}) == wish_key(Context(attempt=3), "a", {"y": 2, "x": 1})
    assert wish_key(Context(), "a", {"x": 1}) != wish_key(Context(), "a", {"x": 2})
