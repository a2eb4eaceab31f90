"""What the shop lets customers do by themselves: its refund rules."""

from dataclasses import dataclass
from typing import Literal

from warmline_demo.commerce.records import Currency, Order

RETURN_DAYS = 30
# What self-service may give back for one order, in minor units; above it a person decides.
LIMITS: dict[Currency, int] = {"KRW": 700_000, "JPY": 70_000, "USD": 500_00}
REFUNDS_PER_CUSTOMER = 3  # in the last 30 days

Verdict = Literal["ok", "over_limit", "too_many", "too_late", "on_the_way", "cancelled", "already"]


@dataclass(frozen=True)
class Quote:
    """Whether a refund is possible without a person, and of how much (minor units)."""

    verdict: Verdict
    amount: int
    currency: Currency
    arrives_in_days: int


def quote(order: Order, *, refunded: bool, recent_refunds: int) -> Quote:
    """Judge a refund of the whole order. `recent_refunds`: of this customer in the last 30 days."""
    return Quote(_verdict(order, refunded, recent_refunds), order.total, order.currency, arrives_in_days=5)


def _verdict(order: Order, refunded: bool, recent_refunds: int) -> Verdict:
    if refunded:
        return "already"
    if order.status == "cancelled":
        return "cancelled"
    if order.status == "shipped":
        return "on_the_way"
    if order.status == "delivered" and -order.promised_day > RETURN_DAYS:
        return "too_late"
    if recent_refunds >= REFUNDS_PER_CUSTOMER:
        return "too_many"
    if order.total > LIMITS[order.currency]:
        return "over_limit"
    return "ok"
