"""The shop's database: found by any evidence, and money leaves once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.records import Order
from warmline_demo.commerce.store import Store


@pytest.fixture
def store(tmp_path: Path):
    store = Store(tmp_path / "shop.sqlite3")
    yield store
    store.close()


def refundable(store: Store) -> Order:
    return next(order for order in opening_stock().orders if store.quote(order).verdict == "ok")


def test_a_customer_is_found_by_order_account_email_and_phone(store: Store):
    stock = opening_stock()
    order = stock.orders[-1]
    person = next(person for person in stock.people if person.id == order.person_id)
    for subject in (
        order.number,
        order.number.replace("ON-", ""),
        person.account,
        person.id,
        person.email,
        person.phone,
    ):
        assert store.find_person(subject) == person
    assert store.find_person("nobody@example.com") is None
    assert store.orders_of(person.id) == sorted(
        stock.orders_of(person), key=lambda order: (-order.placed_day, order.number)
    )


def test_a_restart_keeps_what_happened(tmp_path: Path):
    first = Store(tmp_path / "shop.sqlite3")
    order = refundable(first)
    first.refund(order, "key-1")
    first.close()
    second = Store(tmp_path / "shop.sqlite3")
    assert second.quote(order).verdict == "already"
    assert second.order(opening_stock().orders[0].number) == opening_stock().orders[0]
    second.close()


def test_asking_twice_with_one_key_refunds_once_and_answers_alike(store: Store):
    order = refundable(store)
    first = store.refund(order, "key-1")
    assert first == store.refund(order, "key-1")
    assert first[1] is not None
    assert store.refund(order, "key-2")[0].verdict == "already"


def test_many_requests_at_once_refund_once(store: Store):
    order = refundable(store)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: store.refund(order, f"key-{n}")[1], range(16)))
    assert len([answer for answer in answers if answer]) == 1


def test_a_refunded_order_that_was_not_sent_yet_is_cancelled(store: Store):
    order = next(
        order
        for order in opening_stock().orders
        if order.status == "preparing" and store.quote(order).verdict == "ok"
    )
    store.refund(order, "key-1")
    now = store.order(order.number)
    assert now is not None
    assert now.status == "cancelled"


def test_a_text_message_sent_twice_arrives_once_and_stays_with_its_phone(store: Store):
    store.add_message("+821020000000", "one", "k")
    store.add_message("+821020000000", "one", "k")
    store.add_message("+821020000001", "other")
    assert [m["text"] for m in store.messages("+821020000000")] == ["one"]
    assert [m["text"] for m in store.messages(None)] == ["other", "one"]
