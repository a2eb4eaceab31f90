"""What the shop tells about an order, and what it keeps to itself."""

from datetime import date

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.policy import quote
from warmline_demo.commerce.records import Item, Order
from warmline_demo.commerce.views import order_view, person_view, quote_view

TODAY = date(2026, 11, 21)


def test_a_known_delay_moves_the_expected_day():
    order = Order(
        "ON-26113407", "p", "JPY", (Item("水筒", 3000), Item("本棚", 9000)), "shipped", -3, 1, 2, "weather", "7"
    )
    view = order_view(order, TODAY)
    assert (view["late"], view["promised_on"], view["expected_on"]) == (True, "2026-11-22", "2026-11-24")
    assert (view["first_item"], view["other_items"], view["total_text"]) == ("水筒", 1, "¥12,000")


def test_a_parcel_still_on_its_way_is_never_expected_in_the_past():
    order = Order("ON-26113407", "p", "USD", (Item("Grill", 5000),), "shipped", -5, -2)
    assert order_view(order, TODAY)["expected_on"] == "2026-11-21"


def test_pin_and_birth_date_never_leave_the_shop():
    person = opening_stock().people[0]
    shown = str(person_view(person))
    assert person.birth_date not in shown
    assert "pin" not in person_view(person)


def test_a_quote_names_its_amount_as_people_write_it():
    order = Order("ON-26113407", "p", "USD", (Item("Grill", 5050),), "delivered", -5, -2)
    view = quote_view(quote(order, refunded=False, recent_refunds=0))
    assert (view["allowed"], view["amount"], view["amount_text"]) == (True, 50.5, "$50.50")
