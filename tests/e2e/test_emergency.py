"""A supervisor tells everybody with a few keys, and stops with one press."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import WIDE, sign_in, visiting

# Colours may not be judged while they fade from one theme to the other.
FADED = "() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))"
Picture = Callable[[Page, str], Awaitable[None]]
SWITCH = "Emergency announcement"
WEATHER = "Because of severe weather"


async def test_an_emergency_is_started_by_keyboard_heard_at_once_shown_everywhere_and_stopped(
    product: str, new_page: NewPage
):
    customer = await visiting(new_page, product, "en")
    page = await new_page(viewport=WIDE, locale="en")
    await page.goto(product)
    await sign_in(page, product, role="supervisor")
    await page.evaluate("localStorage.setItem('warmline.locale', 'en')")
    await page.goto(f"{product}/live")
    await expect(page.get_by_text("Nothing is announced")).to_be_visible()
    found = await violations(page)

    await page.keyboard.press("g")
    await page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name=SWITCH)
    await dialog.get_by_role("button", name=re.compile("Message")).click()
    await page.get_by_role("option", name="Severe weather").click()
    start = dialog.get_by_role("button", name=re.compile(r"Start: \d+ customers? hears? it now"))
    await expect(start).to_be_enabled()
    found += await violations(page)
    await start.click()
    await expect(dialog).to_be_hidden()

    await expect(customer.chat.get_by_text(WEATHER)).to_have_count(1)
    bar = page.get_by_role("region", name="Emergency announcements")
    await expect(bar.get_by_text(WEATHER)).to_be_visible()
    await page.goto(f"{product}/reports")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(bar.get_by_text(WEATHER)).to_be_visible()
    found += await violations(page)
    await page.emulate_media(color_scheme="dark")
    await page.evaluate(FADED)
    found += await violations(page)

    await bar.get_by_role("button", name="Stop").click()
    await expect(bar.get_by_text(WEATHER)).to_have_count(0)
    later = await visiting(new_page, product, "en")
    await expect(later.chat.get_by_text(WEATHER)).to_have_count(0)
    assert not found, "\n".join(found)


async def test_a_supervisor_finds_rules_limits_messages_and_the_routing_preview(product: str, new_page: NewPage):
    page = await new_page(viewport=WIDE, locale="en")
    await page.goto(product)
    await sign_in(page, product, role="admin")
    await page.evaluate("localStorage.setItem('warmline.locale', 'en')")
    found: list[str] = []
    for path, shown in (
        ("/admin/queues/general", "How this queue is served"),
        ("/admin/emergency/weather", "Prepared message"),
        ("/admin/alerts/general", "When the live board alerts"),
        ("/admin/pauses/new", "Why somebody is away"),
    ):
        await page.goto(f"{product}{path}")
        await expect(page.get_by_text(shown).first).to_be_visible()
        found += [f"{path}: {each}" for each in await violations(page)]
    await page.goto(f"{product}/admin/routing")
    await page.get_by_role("button", name="Who would get it?").click()
    await expect(page.get_by_text("Off shift").first).to_be_visible()
    found += await violations(page)
    assert not found, "\n".join(found)


async def test_on_a_phone_the_switch_and_its_messages_fit_the_screen(
    product: str, new_page: NewPage, picture: Picture
):
    page = await new_page(viewport={"width": 390, "height": 800}, locale="ko")
    await page.goto(product)
    await sign_in(page, product, role="supervisor")
    await page.evaluate("localStorage.setItem('warmline.locale', 'ko')")
    sideways = "() => document.documentElement.scrollWidth - innerWidth"
    for path in ("/live", "/admin/emergency", "/admin/emergency/weather", "/admin/routing"):
        await page.goto(f"{product}{path}")
        await expect(page.get_by_role("heading", level=2).first).to_be_visible()
        await picture(page, f"phone{path.replace('/', '_')}")
        assert await page.evaluate(sideways) <= 0, path
    await page.goto(f"{product}/live")
    await page.get_by_role("button", name="비상 안내 시작").click()
    await expect(page.get_by_role("dialog").get_by_text("즉시:")).to_be_visible()
    await picture(page, "phone_emergency_dialog")
    assert await page.evaluate(sideways) <= 0
