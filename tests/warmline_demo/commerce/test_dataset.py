"""The opening stock is the same everywhere, complete, and gives the demo something to talk about."""

from collections import Counter

from warmline_demo.commerce.dataset import INVENTED_PER_LANGUAGE, opening_stock
from warmline_demo.commerce.numbers import normal_order_number


def test_nobody_shares_an_account_an_email_a_phone_or_an_order_number():
    stock = opening_stock()
    for field in ("id", "account", "email", "phone"):
        values = [getattr(person, field) for person in stock.people]
        assert len(values) == len(set(values)), field
    numbers = [order.number for order in stock.orders]
    assert len(numbers) == len(set(numbers))
    assert all(normal_order_number(number) == number for number in numbers)


def test_korean_and_japanese_customers_are_there_beside_the_retail_records():
    languages = Counter(person.locale for person in opening_stock().people)
    assert languages == {"en": 500, "ko": INVENTED_PER_LANGUAGE, "ja": INVENTED_PER_LANGUAGE}


def test_every_invented_customer_has_an_order_and_some_shipments_are_late_already():
    stock = opening_stock()
    invented = [person for person in stock.people if person.locale != "en"]
    assert all(stock.orders_of(person) for person in invented)
    late = [order for order in stock.orders if order.delay_days]
    assert 20 < len(late) < len(stock.orders) / 3
    assert all(order.status == "shipped" and order.delay_reason for order in late)
