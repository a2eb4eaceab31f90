"""From an empty canvas to customers on the map: drawn by keyboard, refused, mended, published, talked through."""

import re
from uuid import uuid4

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import sign_in, visiting

WIDGET = "onda-demo"  # the shop's own
FRONT_DOOR = "front-desk"
PROOF_MS = 60_000


async def _tab_to(page: Page, name: str) -> None:
    """Walk on by Tab until the button has the keyboard, as one does without a mouse."""
    wanted = page.get_by_role("button", name=name, exact=True).first
    for _ in range(120):
        if await wanted.evaluate("one => one === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name}.")


async def _add(page: Page, kind: str) -> None:
    """Add a step behind the chosen one: into the palette by Tab, along it by arrows."""
    wanted = page.get_by_role("toolbar", name="Add a step").get_by_role("button", name=kind, exact=True)
    before = await page.get_by_role("treeitem").count()
    await page.get_by_role("tree").focus()
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.closest('[role=toolbar] [data-kind]') !== null"):
            break
    for _ in range(30):
        if await wanted.evaluate("one => one === document.activeElement"):
            break
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("treeitem")).not_to_have_count(before)


async def _form(page: Page) -> Locator:
    """Go from the outline into the form of the chosen step."""
    await page.get_by_role("tree").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#pane-inspector")).to_be_focused()
    return page.get_by_role("tabpanel", name="Settings")


async def _words(page: Page, journey: str, *texts: str) -> None:
    """Give the chosen step a new text in Korean, Japanese and English."""
    pane = await _form(page)
    await pane.get_by_role("button", name=re.compile("^(New|Edit) text")).first.press("Enter")
    for language, text in zip(("한국어", "日本語", "English"), texts, strict=True):
        await pane.get_by_label(language, exact=True).first.focus()
        await page.keyboard.insert_text(text)
    save = pane.get_by_role("button", name=re.compile(f"^Save: {journey}")).first
    await save.press("Enter")
    await expect(save).to_be_disabled()
    await expect(page.get_by_role("treeitem", name=re.compile(re.escape(texts[2])))).to_be_visible()


async def _begin_chats_in(page: Page, journey: str) -> None:
    """Let the shop's chat begin in this journey, as an administrator does."""
    status = await page.evaluate(
        """async ([key, journey_id]) => {
          const { csrf } = await (await fetch("/api/auth/me")).json();
          const { key: _, ...widget } = await (await fetch(`/api/widgets/${key}`)).json();
          const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
          const body = JSON.stringify({ ...widget, journey_id });
          return (await fetch(`/api/widgets/${key}`, { method: "PUT", headers, body })).status;
        }""",
        [WIDGET, journey],
    )
    assert status == 200


async def test_a_journey_drawn_from_nothing_is_refused_mended_published_and_seen_live(
    product: str, new_page: NewPage
):
    name = f"hello{uuid4().hex[:8]}"
    page = await new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    await sign_in(page, product, role="designer")
    await page.evaluate("localStorage.setItem('warmline.locale', 'en')")
    await page.goto(f"{product}/journeys/{name}/edit")
    row = page.get_by_role("treeitem")
    await expect(row.filter(has_text="To a person").first).to_be_visible()
    await _add(page, "Say")
    await _words(page, name, "안녕하세요.", "こんにちは。", "Hello from nothing.")

    # Nobody says goodbye: the path just stops, and customers are not sent into it.
    await expect(page.get_by_role("button", name=re.compile(r"^\d+ problem"))).to_be_visible(timeout=PROOF_MS)
    await _tab_to(page, "Publish")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("It cannot be published yet.")).to_be_visible()

    await _add(page, "End")
    await _words(page, name, "안녕히 가세요.", "失礼いたします。", "Goodbye from nothing.")
    await page.get_by_role("tree").focus()
    await page.keyboard.press("ArrowDown")
    await _add(page, "Continue in")
    pane = await _form(page)
    await pane.get_by_role("combobox", name="Journey").focus()
    await page.keyboard.type(FRONT_DOOR)
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Every path ends explained").first).to_be_visible(timeout=PROOF_MS)
    await page.get_by_role("tree").focus()
    await expect(page.get_by_role("tooltip")).to_have_count(0)
    assert await violations(page) == []
    await _tab_to(page, "Publish")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Version 1 is published.")).to_be_visible(timeout=PROOF_MS)

    # Customers come in by another browser; the designer sees them come while looking at the map.
    await page.get_by_role("tab", name="Live map").press("Enter")
    boss = await new_page(locale="en-US")
    await sign_in(boss, product, role="admin")
    await _begin_chats_in(boss, name)
    try:
        for count in (1, 2):
            customer = await visiting(new_page, product)
            await customer.sees("Hello from nothing.")
            await customer.sees("Goodbye from nothing.")
            entered = page.get_by_role("tabpanel", name="Live map").get_by_role("row", name=re.compile("^Start"))
            await expect(entered).to_contain_text(str(count))
    finally:
        await _begin_chats_in(boss, FRONT_DOOR)
