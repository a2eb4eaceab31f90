"""Products and prices are written as customers of each country write them."""

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.products import NAMES, currency_of, money_text, price_in, product_name


def test_every_product_sold_has_a_korean_and_a_japanese_name():
    sold = {item.name for order in opening_stock().orders if order.currency == "USD" for item in order.items}
    assert sold <= set(NAMES)
    assert product_name("Desk Lamp", "ko") == "책상 스탠드"
    assert product_name("Desk Lamp", "ja") == "デスクライト"
    assert product_name("Desk Lamp", "en") == "Desk Lamp"


def test_each_language_pays_in_its_own_currency_and_form():
    assert money_text(price_in(19.99, currency_of("ko")), "KRW") == "₩27,000"
    assert money_text(price_in(19.99, currency_of("ja")), "JPY") == "¥3,000"
    assert money_text(price_in(1219.5, currency_of("en")), "USD") == "$1,219.50"
