"""The shop's opening stock of people and orders: the same on every machine."""

import json
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from warmline_demo.commerce.names import JAPANESE_FAMILY, JAPANESE_GIVEN, KOREAN_FAMILY, KOREAN_GIVEN
from warmline_demo.commerce.numbers import order_number
from warmline_demo.commerce.products import currency_of, price_in, product_name
from warmline_demo.commerce.records import Item, Order, Person, Status

SEED = 20261101
INVENTED_PER_LANGUAGE = 60
DELAY_SHARE = 0.3
DELAY_REASONS = ("weather", "customs", "carrier", "stock")
_STATUS: dict[str, Status] = {
    "pending": "preparing",
    "processed": "shipped",
    "delivered": "delivered",
    "cancelled": "cancelled",
}


@dataclass(frozen=True)
class Dataset:
    """Everybody and everything, in a fixed order."""

    people: tuple[Person, ...]
    orders: tuple[Order, ...]

    def orders_of(self, person: Person) -> list[Order]:
        """Return a person's orders, the latest first."""
        mine = [order for order in self.orders if order.person_id == person.id]
        return sorted(mine, key=lambda order: order.placed_day, reverse=True)


@cache
def opening_stock() -> Dataset:
    """Return the whole opening stock: the retail records and the invented customers."""
    source = json.loads(files("warmline_demo").joinpath("data/retail/retail_db.json").read_text(encoding="utf-8"))
    draw = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    people: list[Person] = []
    orders: list[Order] = []
    for place, user in enumerate(source["users"].values()):
        people.append(_retail_person(place, user, draw))
    for order in source["orders"].values():
        status = _STATUS.get(order["status"].split(" ")[0], "preparing")
        items = tuple(Item(item["name"], price_in(item["price"], "USD")) for item in order["items"])
        tracking = next((number for part in order["fulfillments"] for number in part["tracking_id"]), None)
        orders.append(
            _dated(
                order_number(order["order_id"].removeprefix("#W")), order["user_id"], items, status, tracking, draw
            )
        )
    variants = [(product["name"], next(iter(product["variants"].values()))["price"]) for product in
                source["products"].values()]  # fmt: skip
    taken = {order.number for order in orders}
    for locale in ("ko", "ja"):
        for place in range(INVENTED_PER_LANGUAGE):
            person = _invented_person(place, locale, draw)
            people.append(person)
            orders.extend(_invented_orders(person, variants, taken, draw))
    return Dataset(tuple(people), tuple(orders))


def _retail_person(place: int, user: dict[str, object], draw: random.Random) -> Person:
    name = user["name"]
    assert isinstance(name, dict)  # noqa: S101 - shape of our own data file
    area = (206, 212, 312, 415, 617)[place // 100]
    return Person(
        id=str(user["user_id"]),
        account=f"3{place:07d}",
        name=f"{name['first_name']} {name['last_name']}",
        locale="en",
        email=str(user["email"]),
        phone=f"+1{area}55501{place % 100:02d}",  # 555-01xx is kept free for invented people
        birth_date=_birth_date(draw),
        pin=f"{draw.randrange(10_000):04d}",
    )


def _invented_person(place: int, locale: str, draw: random.Random) -> Person:
    if locale == "ko":
        family, given = KOREAN_FAMILY[place % len(KOREAN_FAMILY)], draw.choice(KOREAN_GIVEN)
        name, mailbox, phone = f"{family}{given}", f"onda.ko{place:03d}", f"+8210{20000000 + place:08d}"
    else:
        (family, family_latin), (given, given_latin) = (
            JAPANESE_FAMILY[place % len(JAPANESE_FAMILY)],
            draw.choice(JAPANESE_GIVEN),
        )
        name, mailbox = f"{family} {given}", f"{given_latin}.{family_latin}{place:02d}"
        phone = f"+8190{10000000 + place:08d}"
    return Person(
        id=f"onda_{locale}_{place:03d}",
        account=f"{1 if locale == 'ko' else 2}{place:07d}",
        name=name,
        locale=locale,
        email=f"{mailbox}@example.com",
        phone=phone,
        birth_date=_birth_date(draw),
        pin=f"{draw.randrange(10_000):04d}",
    )


def _invented_orders(
    person: Person, variants: list[tuple[str, float]], taken: set[str], draw: random.Random
) -> list[Order]:
    orders: list[Order] = []
    for _ in range(draw.randint(1, 3)):
        number = order_number(f"{draw.randrange(10**7):07d}")
        while number in taken:
            number = order_number(f"{draw.randrange(10**7):07d}")
        taken.add(number)
        items = tuple(
            Item(product_name(name, person.locale), price_in(price, currency_of(person.locale)))
            for name, price in draw.sample(variants, draw.choice((1, 1, 2)))
        )
        status: Status = draw.choices(("preparing", "shipped", "delivered", "cancelled"), (25, 35, 33, 7))[0]
        tracking = f"{draw.randrange(10**12):012d}" if status in ("shipped", "delivered") else None
        orders.append(_dated(number, person.id, items, status, tracking, draw, person.locale))
    return orders


def _dated(
    number: str,
    person_id: str,
    items: tuple[Item, ...],
    status: Status,
    tracking: str | None,
    draw: random.Random,
    locale: str = "en",
) -> Order:
    delay_days, delay_reason = 0, None
    if status == "delivered":
        placed = -draw.randint(4, 38)
        promised = placed + draw.randint(2, 4)
    else:
        placed = -draw.randint(0, 2) if status == "preparing" else -draw.randint(2, 5)
        promised = placed + draw.randint(5, 8)
        if status == "shipped" and draw.random() < DELAY_SHARE:
            delay_days, delay_reason = draw.randint(1, 4), draw.choice(DELAY_REASONS)
    return Order(
        number, person_id, currency_of(locale), items, status, placed, promised, delay_days, delay_reason, tracking
    )


def _birth_date(draw: random.Random) -> str:
    return f"{draw.randint(1950, 2006)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
