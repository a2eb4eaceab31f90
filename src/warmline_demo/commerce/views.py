"""What the shop tells over HTTP about its records."""

from datetime import date, timedelta

from warmline_demo.commerce.policy import Quote
from warmline_demo.commerce.products import PLACES, money_text
from warmline_demo.commerce.records import Order, Person


def order_view(order: Order, today: date, customer_name: str | None = None) -> dict[str, object]:
    """Return an order with its dates; `late` tells that a delay is known already."""
    expected = today + timedelta(days=order.promised_day + order.delay_days)
    others = len(order.items) - 1
    return {
        "number": order.number,
        "customer_id": order.person_id,
        "customer_name": customer_name,
        "status": order.status,
        "late": order.delay_days > 0,
        "delay_days": order.delay_days,
        "delay_reason": order.delay_reason,
        "placed_on": (today + timedelta(days=order.placed_day)).isoformat(),
        "promised_on": (today + timedelta(days=order.promised_day)).isoformat(),
        "expected_on": max(expected, today).isoformat() if order.status != "delivered" else expected.isoformat(),
        "tracking": order.tracking,
        "currency": order.currency,
        "total": order.total / 10 ** PLACES[order.currency],
        "total_text": money_text(order.total, order.currency),
        "first_item": order.items[0].name,
        "item_count": len(order.items),
        "other_items": others,
        "items": [
            {"name": item.name, "price_text": money_text(item.price, order.currency)} for item in order.items
        ],
    }


def person_view(person: Person) -> dict[str, object]:
    """Return what a contact center needs of a person; birth date and PIN never leave the shop."""
    return {
        "id": person.id,
        "account": person.account,
        "name": person.name,
        "locale": person.locale,
        "email": person.email,
        "phone": person.phone,
    }


def quote_view(quote: Quote) -> dict[str, object]:
    """Return a refund quote."""
    return {
        "verdict": quote.verdict,
        "allowed": quote.verdict == "ok",
        "amount": quote.amount / 10 ** PLACES[quote.currency],
        "amount_text": money_text(quote.amount, quote.currency),
        "currency": quote.currency,
        "arrives_in_days": quote.arrives_in_days,
    }
