"""What the shop knows: people, orders and what it promised them."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["preparing", "shipped", "delivered", "cancelled"]
Currency = Literal["KRW", "JPY", "USD"]


@dataclass(frozen=True)
class Person:
    """A customer of the shop. `phone` is E.164, `birth_date` ISO 8601, `pin` four digits."""

    id: str
    account: str
    name: str
    locale: str
    email: str
    phone: str
    birth_date: str
    pin: str


@dataclass(frozen=True)
class Item:
    """One line of an order; `price` in the currency's minor unit."""

    name: str
    price: int


@dataclass(frozen=True)
class Order:
    """An order. Days count from today, so that the demo never grows old: -3 is three days ago."""

    number: str
    person_id: str
    currency: Currency
    items: tuple[Item, ...]
    status: Status
    placed_day: int
    promised_day: int
    delay_days: int = 0
    delay_reason: str | None = None
    tracking: str | None = None

    @property
    def total(self) -> int:
        """Return the sum of the items in minor units."""
        return sum(item.price for item in self.items)
