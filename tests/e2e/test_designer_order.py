"""A designer puts steps in order on the canvas by hand and by keyboard, and takes back one thing at a time."""

from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import sign_in


async def _drag_before(page: Page, moved: str, other: str) -> None:
    """Drag a box of the canvas onto the upper half of another one."""
    begin = await page.locator(f"[data-path='{moved}']").bounding_box()
    end = await page.locator(f"[data-path='{other}']").bounding_box()
    assert begin is not None
    assert end is not None
    await page.mouse.move(begin["x"] + 30, begin["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 60, end["y"] + 40, steps=4)
    await page.mouse.move(end["x"] + 50, end["y"] + 12, steps=2)
    await page.mouse.up()


async def test_boxes_are_put_in_order_by_hand_and_by_keyboard_and_options_are_taken_back_one_by_one(
    product: str, new_page: NewPage
):
    page = await new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    await sign_in(page, product, role="designer")
    await page.evaluate("localStorage.setItem('warmline.locale', 'en')")
    await page.goto(f"{product}/journeys/order{uuid4().hex[:8]}/edit")
    palette = page.get_by_role("toolbar", name="Add a step")
    for kind in ("Say", "Ask", "End"):
        await palette.get_by_role("button", name=kind, exact=True).click()
        await expect(page.get_by_role("treeitem", selected=True).filter(has_text=kind)).to_have_count(1)
    first = page.get_by_role("treeitem", level=2).first
    await expect(first).to_contain_text("Say")

    await expect(page.locator("[data-path='start/2']")).to_be_visible()
    await _drag_before(page, "start/2", "start/0")
    await expect(first).to_contain_text("End")
    await expect(first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Control+z")
    await expect(first).to_contain_text("Say")
    await page.get_by_role("treeitem", level=2).filter(has_text="End").click()
    for _ in range(2):
        await page.keyboard.press("Alt+ArrowUp")
    await expect(first).to_contain_text("End")

    await palette.get_by_role("button", name="Menu", exact=True).click()
    pane = page.get_by_role("tabpanel", name="Settings")
    await expect(pane.get_by_role("heading", name="Menu")).to_be_visible()
    options = pane.get_by_role("group", name="Options", exact=True).get_by_role("listitem")
    await expect(options).to_have_count(2)
    for count in (3, 4):
        await pane.get_by_role("button", name="Add: Options").click()
        await expect(options).to_have_count(count)
    await page.get_by_role("button", name="Undo").first.click()
    await expect(options).to_have_count(3)

    # The keyboard goes with what it moves, and stays in the list when something is taken away.
    await pane.get_by_role("button", name="Add: Options").press("Enter")
    await expect(options).to_have_count(4)
    await options.last.get_by_role("textbox", name="Value").fill("parcel")
    await options.last.get_by_role("button", name="Up: parcel").press("Enter")
    await expect(options.nth(2).get_by_role("button", name="Up: parcel")).to_be_focused()
    await options.nth(2).get_by_role("button", name="Remove: parcel").press("Enter")
    await expect(options).to_have_count(3)
    await expect(options.nth(2).get_by_role("button", name="Remove")).to_be_focused()
