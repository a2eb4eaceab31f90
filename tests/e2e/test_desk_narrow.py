"""The desk on a phone: one pane at a time, everything within reach, nothing to scroll sideways."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import at_work, visiting

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


async def test_an_agent_answers_from_a_phone(
    product: str, new_page: NewPage, picture: Callable[[Page, str], Awaitable[None]]
):
    async with at_work(new_page, product, **PHONE) as desk:
        page = desk.page
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        offer = await desk.rings()
        await picture(page, "desk_phone_1_ringing")
        assert not await page.evaluate(SIDEWAYS)
        await offer.get_by_role("button", name="Accept").tap()
        await desk.reply("From my phone")
        await customer.sees("From my phone")
        await picture(page, "desk_phone_2_talking")
        assert not await page.evaluate(SIDEWAYS)
        await page.get_by_role("button", name="Customer panel").tap()
        await expect(desk.timeline).to_be_visible()
        await picture(page, "desk_phone_3_customer")
        assert not await page.evaluate(SIDEWAYS)
        await page.get_by_role("complementary", name="Customer").get_by_role("button", name="Close").tap()
        await page.get_by_role("button", name="Back to the list").tap()
        await expect(page.get_by_role("heading", name="My contacts")).to_be_visible()
        await picture(page, "desk_phone_4_list")
        await page.get_by_role("link", name="Visitor").tap()
        await page.get_by_role("button", name="End", exact=True).tap()
        await desk.wrap_up.get_by_text("Solved", exact=True).tap()
        await picture(page, "desk_phone_5_wrap_up")
        assert not await page.evaluate(SIDEWAYS)
        await desk.wrap_up.get_by_role("button", name="Finish").tap()
        await expect(desk.wrap_up).to_be_hidden()
