"""Who comes to the chat today: people of the shop, their mood, and what they want."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.policy import quote
from warmline_demo.commerce.records import Order, Person
from warmline_demo.customers.words import Intent, Locale

Choice = TypeVar("Choice", bound=str)
Mood = Literal["calm", "angry", "leaving", "chatty", "silent", "typo"]
MOODS: tuple[tuple[Mood, int], ...] = (
    ("calm", 46), ("chatty", 15), ("typo", 15), ("angry", 12), ("leaving", 8), ("silent", 4),
)  # fmt: skip
INTENTS: tuple[tuple[Intent, int], ...] = (
    ("order", 32), ("refund", 20), ("person", 30), ("password", 10), ("stores", 8), ("callback", 6),
)  # fmt: skip
LANGUAGES: tuple[tuple[Locale, int], ...] = (("ko", 42), ("ja", 33), ("en", 25))


@dataclass(frozen=True)
class Visitor:
    """A person with an order, a wish and a mood. `taps` is how readily they tap instead of typing (0 to 1)."""

    person: Person
    order: Order
    locale: Locale
    intent: Intent
    mood: Mood
    taps: float


def next_visitor(draw: random.Random) -> Visitor:
    """Return somebody with at least one order; who wants a refund has one worth asking about."""
    stock = opening_stock()
    locale = _one(draw, LANGUAGES)
    intent = _one(draw, INTENTS)
    people = [person for person in stock.people if person.locale == locale]
    while True:
        person = draw.choice(people)
        orders = stock.orders_of(person)
        if intent == "refund":
            orders = [
                order
                for order in orders
                if quote(order, refunded=False, recent_refunds=0).verdict in ("ok", "over_limit", "too_late")
            ]
        if orders:
            return Visitor(
                person, draw.choice(orders), locale, intent, _one(draw, MOODS), draw.choice((0.2, 0.5, 0.9))
            )


def _one(draw: random.Random, weighted: Sequence[tuple[Choice, int]]) -> Choice:
    return draw.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]
