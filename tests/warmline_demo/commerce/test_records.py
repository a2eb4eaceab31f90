"""An order's total is the sum of its lines."""

from warmline_demo.commerce.records import Item, Order


def test_an_order_costs_what_its_lines_cost():
    order = Order("ON-26113407", "p", "KRW", (Item("a", 12_000), Item("b", 3_500)), "preparing", 0, 3)
    assert order.total == 15_500
