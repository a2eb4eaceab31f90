"""The shop over HTTP, as the contact center sees it."""

from pathlib import Path

import httpx
import pytest

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.policy import quote
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store

STOCK = opening_stock()
REFUNDABLE = next(o for o in STOCK.orders if quote(o, refunded=False, recent_refunds=0).verdict == "ok")
BUYER = next(person for person in STOCK.people if person.id == REFUNDABLE.person_id)


@pytest.fixture
async def shop(tmp_path: Path):
    store = Store(tmp_path / "shop.sqlite3")
    transport = httpx.ASGITransport(Shop(store, "key", Faults()).app())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://shop", headers={"X-Api-Key": "key"}
    ) as client:
        yield client
    store.close()


async def test_nobody_reads_an_order_without_the_key(shop: httpx.AsyncClient):
    answer = await shop.get(f"/orders/{REFUNDABLE.number}", headers={"X-Api-Key": "guess"})
    assert answer.status_code == 401


async def test_an_order_and_its_shipment_are_found_by_number(shop: httpx.AsyncClient):
    order = (await shop.get(f"/orders/{REFUNDABLE.number}")).json()
    shipment = (await shop.get(f"/orders/{REFUNDABLE.number}/shipment")).json()
    assert order["customer_id"] == BUYER.id
    assert shipment["status"] == order["status"] == REFUNDABLE.status
    assert (await shop.get("/orders/ON-00000000")).status_code == 404


async def test_a_customer_is_found_by_order_email_or_phone(shop: httpx.AsyncClient):
    for name, value in (("order", REFUNDABLE.number), ("email", BUYER.email), ("phone", BUYER.phone)):
        answer = await shop.get("/customers", params={name: value})
        assert answer.json()["id"] == BUYER.id
    assert (await shop.get("/customers", params={"email": "x@example.com"})).status_code == 404
    assert (await shop.get("/customers")).status_code == 422
    assert (await shop.get(f"/customers/{BUYER.id}")).json()["account"] == BUYER.account
    orders = (await shop.get(f"/customers/{BUYER.id}/orders")).json()["orders"]
    assert REFUNDABLE.number in [order["number"] for order in orders]
    assert (await shop.get("/customers/nobody/orders")).status_code == 404


async def test_a_refund_needs_a_key_and_is_made_once(shop: httpx.AsyncClient):
    path = f"/orders/{REFUNDABLE.number}/refunds"
    assert (await shop.get(f"/orders/{REFUNDABLE.number}/refund-quote")).json()["allowed"] is True
    assert (await shop.post(path)).status_code == 400
    first = await shop.post(path, headers={"Idempotency-Key": "a"})
    again = await shop.post(path, headers={"Idempotency-Key": "a"})
    other = await shop.post(path, headers={"Idempotency-Key": "b"})
    assert (first.status_code, first.json()) == (201, again.json())
    assert (other.status_code, other.json()["verdict"]) == (409, "already")


async def test_a_wrong_pin_and_an_unknown_account_sound_the_same(shop: httpx.AsyncClient):
    async def check(subject: str, pin: str) -> httpx.Response:
        return await shop.post("/accounts/check-pin", json={"subject": subject, "pin": pin})

    wrong = "0000" if BUYER.pin != "0000" else "1111"
    assert (await check(BUYER.account, BUYER.pin)).json() == {"ok": True, "customer_id": BUYER.id}
    refused, unknown = await check(BUYER.account, wrong), await check("99999999", wrong)
    assert (refused.status_code, refused.content) == (unknown.status_code, unknown.content)


async def test_a_birth_date_is_checked_not_told(shop: httpx.AsyncClient):
    body = {"subject": REFUNDABLE.number, "birth_date": BUYER.birth_date}
    assert (await shop.post("/accounts/check-birth-date", json=body)).json()["ok"] is True
    body["birth_date"] = "1900-01-01"
    assert (await shop.post("/accounts/check-birth-date", json=body)).json()["ok"] is False


async def test_a_password_reset_reaches_the_mailbox_and_tells_nobody_who_is_known(shop: httpx.AsyncClient):
    known = await shop.post("/accounts/password-reset", json={"subject": BUYER.email})
    unknown = await shop.post("/accounts/password-reset", json={"subject": "x@example.com"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    messages = (await shop.get("/phone/messages", params={"to": BUYER.email})).json()["messages"]
    assert len(messages) == 1


async def test_a_text_message_arrives_on_the_phone(shop: httpx.AsyncClient):
    sent = await shop.post("/phone/messages", json={"to": BUYER.phone, "text": "123456"})
    assert sent.status_code == 202
    messages = (await shop.get("/phone/messages", params={"to": BUYER.phone})).json()["messages"]
    assert messages[0]["text"] == "123456"


async def test_store_hours_come_in_the_language_asked_for(shop: httpx.AsyncClient):
    assert (await shop.get("/stores/tokyo", params={"locale": "ja"})).json()["name"] == "オンダ 中目黒店"
    assert (await shop.get("/stores/paris")).status_code == 404


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b"[]", 422), (b'{"to": 7}', 422), (b"x" * 20_000, 413)]
)
async def test_a_malformed_body_is_refused_not_a_crash(shop: httpx.AsyncClient, content: bytes, status: int):
    assert (await shop.post("/phone/messages", content=content)).status_code == status


async def test_a_pin_is_taken_unless_it_is_guessed_at_once_and_a_documents_number_when_it_is_one(
    shop: httpx.AsyncClient,
):
    for path, field, good, bad in (
        ("pins", "pin", "4821", "1234"),
        ("documents", "number", "30418855", "no digits"),
    ):
        taken = await shop.post(f"/accounts/{path}", json={field: good})
        assert (taken.status_code, taken.json()) == (201, {"ok": True})
        refused = await shop.post(f"/accounts/{path}", json={field: bad})
        assert (refused.status_code, refused.json()) == (422, {"ok": False})


async def test_a_card_is_taken_when_its_check_digit_is_right(shop: httpx.AsyncClient):
    taken = await shop.post("/payments/cards", json={"number": "4111111111111111"})
    assert (taken.status_code, taken.json()) == (201, {"ok": True})
    mistyped = await shop.post("/payments/cards", json={"number": "4111111111111112"})
    assert (mistyped.status_code, mistyped.json()) == (422, {"ok": False})
    assert (await shop.get("/phone/messages")).json() == {"messages": []}
