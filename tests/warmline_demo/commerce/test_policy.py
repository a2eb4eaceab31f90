"""Refund rules: what customers may do alone, and when a person decides."""

from dataclasses import replace

import pytest

from warmline_demo.commerce.policy import LIMITS, RETURN_DAYS, quote
from warmline_demo.commerce.records import Item, Order

ORDER = Order("ON-26113407", "p", "KRW", (Item("책상 스탠드", 50_000),), "delivered", -10, -7)


@pytest.mark.parametrize(
    ("order", "refunded", "recent", "verdict"),
    [
        (ORDER, False, 0, "ok"),
        (replace(ORDER, status="preparing", promised_day=3), False, 0, "ok"),
        (ORDER, True, 0, "already"),
        (replace(ORDER, status="cancelled"), False, 0, "cancelled"),
        (replace(ORDER, status="shipped"), False, 0, "on_the_way"),
        (replace(ORDER, promised_day=-RETURN_DAYS), False, 0, "ok"),
        (replace(ORDER, promised_day=-RETURN_DAYS - 1), False, 0, "too_late"),
        (ORDER, False, 3, "too_many"),
        (replace(ORDER, items=(Item("노트북", LIMITS["KRW"]),)), False, 0, "ok"),
        (replace(ORDER, items=(Item("노트북", LIMITS["KRW"] + 1),)), False, 0, "over_limit"),
    ],
)
def test_a_refund_is_judged_by_the_rules(order: Order, refunded: bool, recent: int, verdict: str):
    assert quote(order, refunded=refunded, recent_refunds=recent).verdict == verdict
