"""The demo shop page: credible, accessible, and in step with the shop's own order system."""

import runpy
import sys
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import ROOT, NewPage, until, violations
from tests.e2e.fake_server import FakeServer

HELLO = {"ko": "님, 안녕하세요", "ja": "様、こんにちは", "en": "Hello, "}


def test_the_page_shows_the_orders_that_the_order_system_knows(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["export-shop-people.py", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "scripts" / "export-shop-people.py"), run_name="__main__")
    assert ended.value.code == 0, "run scripts/export-shop-people.py"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_both_pages_are_accessible_in_every_language(
    contact_center: FakeServer,
    new_page: NewPage,
    picture: Callable[[Page, str], Awaitable[None]],
    locale: str,
    scheme: str,
):
    page = await new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    for name in ("", "orders.html"):
        await page.goto(f"{contact_center.url}/demo/shop/{name}?lang={locale}")
        await expect(page.locator("warmline-widget")).to_be_attached()
        await expect(page.locator("main li").first).to_be_visible()
        await picture(page, f"shop_{locale}_{scheme}_{name.removesuffix('.html') or 'index'}")
        assert await violations(page) == []
    await expect(page.get_by_role("heading", level=1)).to_contain_text(HELLO[locale])


async def test_a_phone_shows_everything_without_scrolling_sideways(
    contact_center: FakeServer, new_page: NewPage, picture: Callable[[Page, str], Awaitable[None]]
):
    page = await new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    for name in ("index.html", "orders.html"):
        await page.goto(f"{contact_center.url}/demo/shop/{name}?lang=ja")
        await expect(page.locator("main li").first).to_be_visible()
        await picture(page, f"shop_phone_{name.removesuffix('.html')}")
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_asking_about_an_order_starts_a_chat_that_knows_which(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    await page.goto(f"{contact_center.url}/demo/shop/orders.html?lang=en")
    await page.get_by_role("button", name="Ask about this order").first.click()
    widget = page.frame_locator("warmline-widget iframe")
    await expect(widget.locator(".message-bot")).to_have_count(1)
    number = await page.locator(".order .number").first.inner_text()
    start = contact_center.frames("start")[0]
    assert (start["locale"], start["attributes"]) == ("en", {"order_number": number})


async def test_the_widget_follows_the_shops_language(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    await page.goto(f"{contact_center.url}/demo/shop/?lang=ko")
    await page.get_by_role("button", name="문의하기").click()
    widget = page.frame_locator("warmline-widget iframe")
    await expect(widget.get_by_role("button", name="상담 시작하기")).to_be_visible()
    await page.locator("header select").select_option("ja")
    await expect(widget.get_by_role("button", name="チャットを始める")).to_be_visible()
    await until(lambda: contact_center.frames("hello")[-1]["locale"] == "ja")
    assert await page.locator("html").get_attribute("lang") == "ja"
