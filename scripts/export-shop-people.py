"""Writes the demo shop page's people, orders and products from the shop's own opening stock."""

import json
import sys
from importlib.resources import files
from pathlib import Path

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.products import currency_of, money_text, price_in, product_name
from warmline_demo.commerce.records import Order

TARGET = Path(__file__).parents[1] / "web/shop/people.json"
SHOWN = (
    "Desk Lamp",
    "Tea Kettle",
    "Headphones",
    "Backpack",
    "Water Bottle",
    "Wall Clock",
    "Office Chair",
    "Coffee Maker",
)
LOCALES = ("ko", "ja", "en")


def shop_page() -> dict[str, object]:
    """Return one signed-in customer for each language, and the products of the front page."""
    stock = opening_stock()
    people: dict[str, object] = {}
    for locale in LOCALES:
        # One whose orders show most of what the contact center can do: a delay, a delivery, a fresh order.
        person = max(
            (person for person in stock.people if person.locale == locale),
            key=lambda person: (_variety(stock.orders_of(person)), person.id),
        )
        people[locale] = {
            "name": person.name,
            "phone": person.phone,
            "email": person.email,
            "birth_date": person.birth_date,
            "account": person.account,
            "pin": person.pin,
            "orders": [
                {
                    "number": order.number,
                    "status": order.status,
                    "placed_day": order.placed_day,
                    "promised_day": order.promised_day,
                    "delay_days": order.delay_days,
                    "total": money_text(order.total, order.currency),
                    "items": [item.name for item in order.items],
                }
                for order in stock.orders_of(person)
            ],
        }
    source = json.loads(files("warmline_demo").joinpath("data/retail/retail_db.json").read_text(encoding="utf-8"))
    dollars: dict[str, float] = {}
    for product in source["products"].values():
        dollars[product["name"]] = next(iter(product["variants"].values()))["price"]
    products = [
        {
            "id": name.lower().replace(" ", "-"),
            "name": {locale: product_name(name, locale) for locale in LOCALES},
            "price": {
                locale: money_text(price_in(dollars[name], currency_of(locale)), currency_of(locale))
                for locale in LOCALES
            },
        }
        for name in SHOWN
    ]
    return {"people": people, "products": products}


def _variety(orders: list[Order]) -> tuple[int, int]:
    late = any(order.delay_days > 0 for order in orders)
    kinds = {order.status for order in orders if order.status != "cancelled"}
    return late + len(kinds), -sum(len(order.items) for order in orders)


def main() -> int:
    """Write the file; with --check, only tell whether it is up to date."""
    text = json.dumps(shop_page(), ensure_ascii=False, indent=1) + "\n"
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
