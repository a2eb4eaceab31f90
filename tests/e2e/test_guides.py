"""An agent walks a guide beside a chat by keyboard alone, over a reload, while another screen looks on."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import WIDE, Language, at_work, sign_in, visiting
from tests.e2e.test_axe_desk import look_at, speak

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.policy import quote

Look = Callable[[Page, str], Awaitable[None]]

TITLES: dict[Language, str] = {"ko": "환불", "ja": "返金"}


def pane(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^(Guides|업무 가이드|業務ガイド)$"))


async def test_a_refund_guide_is_walked_by_keyboard_over_a_reload_with_another_screen_looking_on(
    product: str, new_page: NewPage, picture: Look
):
    stock = opening_stock()
    number = next(
        one.number for one in stock.orders if quote(one, refunded=False, recent_refunds=0).verdict == "ok"
    )
    async with at_work(new_page, product) as desk:
        keys = desk.page.keyboard
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        mine = pane(desk.page)
        other = await new_page(viewport=WIDE, locale="en-US")
        await sign_in(other, product)
        await other.goto(desk.page.url)
        theirs = pane(other)
        await expect(theirs.get_by_role("button", name=re.compile("Another guide"))).to_be_visible()

        # The guide is found, begun and filled in without a mouse.
        await mine.get_by_role("button", name=re.compile("Another guide")).focus()
        await keys.press("Enter")
        await desk.page.get_by_role("option", name="Refund").focus()
        await keys.press("Enter")
        first = mine.get_by_role("heading", name="Which order, and why?")
        await expect(first).to_be_focused()
        await expect(theirs.get_by_role("heading", name="Which order, and why?")).to_be_visible()
        await keys.press("Tab")
        await keys.press("Enter")
        order = mine.get_by_role("textbox", name="Order number")
        await expect(order).to_be_focused()
        await expect(order).to_have_accessible_description(re.compile("Please fill this in."))
        await keys.type(number)
        await keys.press("Tab")
        await expect(mine.get_by_role("button", name=re.compile("Choose"))).to_be_focused()
        await keys.press("Enter")
        await desk.page.get_by_role("option", name="Arrived damaged").focus()
        await keys.press("Enter")
        await expect(mine.get_by_role("button", name=re.compile("Arrived damaged"))).to_be_focused()
        await keys.press("Tab")
        details = mine.get_by_role("textbox", name=re.compile("^Details"))
        await expect(details).to_be_focused()
        await keys.type("The zip is broken")

        # A reload keeps the place and what was filled in so far.
        await desk.page.reload()
        await expect(order).to_have_value(number)
        await expect(mine.get_by_role("button", name=re.compile("Arrived damaged"))).to_be_visible()
        await expect(details).to_have_value("The zip is broken")
        await picture(desk.page, "guide_half_filled")
        await expect(theirs.get_by_role("textbox", name="Order number")).to_have_value("")

        # The other screen sees the next card at once; whoever had the keyboard there keeps it in the pane.
        await theirs.get_by_role("textbox", name="Order number").focus()
        await order.press("Enter")
        decide = re.compile("can be refunded$")
        await expect(mine.get_by_role("heading", name=decide)).to_be_focused()
        await expect(theirs.get_by_role("heading", name=decide)).to_be_focused()
        await expect(theirs.get_by_role("status")).to_have_text(re.compile("at another screen"))

        found: list[str] = []
        for locale, guide in TITLES.items():
            await speak(other, locale)
            await expect(theirs.get_by_role("heading", name=guide, exact=True)).to_be_visible()
            found += await look_at(other, f"{locale}_guide", picture)
        await other.set_viewport_size({"width": 390, "height": 780})
        await other.keyboard.press("i")
        await expect(theirs).to_be_in_viewport()
        await picture(other, "guide_narrow")
        assert found == []

        # Its end is on the timeline, and its reason is the contact's.
        await keys.press("Tab")
        await keys.press("Tab")
        await keys.press("Enter")
        await expect(mine.get_by_text("Nothing was refunded.")).to_be_visible()
        await expect(desk.thread.get_by_text("went through “Refund”")).to_be_visible()
        card = await desk.page.evaluate(
            f"fetch('/api/contacts/{desk.contact_id}').then((answer) => answer.json()).then(({{ card }}) => card)"
        )
        assert card["intent"] == "refund"
        assert "warmline.guide." not in await desk.page.evaluate("Object.keys(sessionStorage).join()")
