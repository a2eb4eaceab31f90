"""The whole path without a mouse, the sheet of keys, and the palette."""

import re

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import CLEAR, WIDE, Desk, at_work, visiting

MOST_TABS = 60


async def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    await expect(target).to_be_visible()
    for _ in range(MOST_TABS):
        if await target.evaluate("(element) => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by Tab")


async def test_an_agent_works_a_whole_contact_without_a_mouse(product: str, new_page: NewPage):
    page = await new_page(viewport=WIDE, locale="en-US")
    desk = Desk(page)
    await page.goto(product)
    try:
        await work_by_keys(desk, product, new_page)
    finally:
        await page.evaluate(CLEAR)


async def work_by_keys(desk: Desk, product: str, new_page: NewPage) -> None:
    page = desk.page
    press = page.keyboard.press
    await tab_to(page, page.get_by_role("button", name=re.compile("^Agent")))
    await press("Enter")
    await tab_to(page, page.get_by_role("button", name="Start shift"))
    await press("Enter")
    customer = await visiting(new_page, product)
    await customer.ask_for_person()
    await desk.rings()
    await press("a")
    await expect(desk.reply_box).to_be_visible()
    await press("r")
    await expect(desk.reply_box).to_be_focused()
    await page.keyboard.type("Hello from the keyboard")
    await press("Enter")
    await customer.sees("Hello from the keyboard")
    await press("/")
    await expect(page.get_by_placeholder("Find a macro")).to_be_focused()
    await page.keyboard.type("moment")
    await press("Enter")
    await expect(desk.reply_box).to_be_focused()
    await press("Enter")
    await customer.sees("I am checking this now. Please give me a minute or two.")
    await press("Escape")
    await press("n")
    await page.keyboard.type("No mouse here")
    await press("Enter")
    await expect(desk.thread.get_by_text("No mouse here")).to_be_visible()
    await press("Escape")
    await press("h")
    await customer.sees("The agent has put the chat on hold for a moment.")
    await press("h")
    await press("e")
    await tab_to(page, desk.wrap_up.get_by_role("radio").first)
    await press("ArrowRight")
    await press("ArrowLeft")
    await tab_to(page, desk.wrap_up.get_by_role("textbox", name="Summary"))
    await page.keyboard.type(" Done by keys.")
    await press("Control+Enter")
    await expect(desk.wrap_up).to_be_hidden()
    await expect(page.get_by_text("No conversations right now")).to_be_visible()


async def test_the_sheet_of_keys_and_the_palette_offer_what_can_be_done_now(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        page = desk.page
        await page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
        await expect(sheet.get_by_text("Go to Search")).to_be_visible()
        palette = page.get_by_placeholder("Customers, conversations, commands, macros")
        await page.keyboard.press("Control+k")
        await page.keyboard.press("Escape")  # closes the sheet: nothing opened over it
        await expect(sheet).to_be_hidden()
        await expect(palette).to_be_hidden()
        await page.keyboard.press("Control+k")
        await expect(palette).to_be_focused()
        await page.keyboard.type("go to search")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/search$"))
        await expect(page.get_by_role("searchbox")).to_be_focused()
        # Opened once, it takes the letters that are typed in the same breath.
        await page.keyboard.press("Control+k")
        await page.keyboard.type("lunch")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name=re.compile("My presence.*Lunch", re.DOTALL))).to_be_visible()


async def test_single_keys_can_be_switched_off(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        await desk.page.keyboard.press("?")
        sheet = desk.page.get_by_role("dialog", name="Keyboard shortcuts")
        await sheet.get_by_text("Use single-letter shortcuts").click()
        await desk.page.keyboard.press("Escape")
        await expect(sheet).to_be_hidden()
        await desk.page.keyboard.press("?")
        await desk.page.keyboard.press("Control+k")
        await expect(desk.page.get_by_placeholder("Customers, conversations, commands, macros")).to_be_visible()
        await expect(sheet).to_be_hidden()
