"""A supervisor describes a usual day, plans a week, publishes it; agents see their shifts. Open to everybody."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import Language, sign_in
from tests.e2e.test_axe_desk import Look, look_at, speak, walk_to

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 760}
PLAN_MS = 60_000
WEEK_MS = 240_000  # a first cover is searched for so long where the processors are busy with other tests
CONTACTS = {"ko": "하루 상담 수", "ja": "一日の件数", "en": "Contacts a day"}


async def at_staffing(new_page: NewPage, product: str, locale: Language = "en", **options: object) -> Page:
    page = await new_page(**({"viewport": WIDE, "locale": locale} | options))
    await sign_in(page, product, role="supervisor")
    await speak(page, locale)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()  # the way from the front door is over
    await walk_to(page, "/staffing")
    await expect(page.get_by_role("tab").first).to_be_visible(timeout=PLAN_MS)
    return page


async def tab(page: Page, number: int) -> None:
    """Open a part of the screen by keyboard."""
    await page.get_by_role("tab").first.focus()
    await page.keyboard.press("Home")
    for _ in range(number):
        await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab").nth(number)).to_have_attribute("aria-selected", "true")


async def describe(page: Page, locale: Language, contacts: str = "220") -> None:
    """Say how a usual day of the first queue is, briefly searched for."""
    await page.get_by_role("tab", name=re.compile(r"^(Settings|설정|設定)$")).click()
    await page.get_by_label(CONTACTS[locale]).first.fill(contacts)
    limit = page.get_by_label(re.compile(r"Time limit|계산 시간 제한|計算の制限時間"))
    await limit.fill("4")
    await page.get_by_role("button", name=re.compile(r"^(Save|저장|保存)$")).click()
    await expect(page.get_by_text(re.compile(r"Saved\.|저장했습니다|保存しました"))).to_be_visible()


async def test_from_a_usual_day_to_shifts_that_agents_see(product: str, new_page: NewPage, picture: Look):
    boss = await at_staffing(new_page, product)
    await describe(boss, "en")
    await tab(boss, 0)
    chart = boss.get_by_role("img", name="Agents needed and planned")
    await expect(chart).to_be_visible()
    rows = boss.get_by_role("grid", name=re.compile("Needs on"))
    ten = rows.get_by_role("row").filter(has=boss.get_by_text("10:00", exact=True))
    shown = await ten.get_by_role("gridcell").nth(1).inner_text()
    usual = float(shown)
    # What if half as many again come?
    await boss.get_by_label("Contacts", exact=True).focus()
    for _ in range(20):
        await boss.keyboard.press("ArrowRight")
    await expect(ten.get_by_role("gridcell").nth(1)).not_to_have_text(shown)
    assert float(await ten.get_by_role("gridcell").nth(1).inner_text()) > usual
    await boss.get_by_role("button", name="Back to what is set").click()
    await boss.get_by_role("button", name="Plan this week").click()
    await expect(boss.get_by_role("button", name="Publish")).to_be_visible(timeout=WEEK_MS)
    await expect(boss.get_by_text("From the best possible")).to_be_visible()
    await tab(boss, 1)
    shift = boss.get_by_role("button", name=re.compile(r"^\d\d:\d\d–\d\d:\d\d")).first
    await expect(shift).to_be_visible()
    await picture(boss, "staffing_roster")
    await boss.get_by_role("button", name="Publish").click()
    await expect(boss.get_by_text("This is what the agents see.")).to_be_visible()
    # By hand: a shift for the agent of the demo, that breaks no rule or says which.
    await boss.get_by_role("button", name=re.compile("Add a shift for Mina Han")).first.click()
    await boss.get_by_role("button", name="Save", exact=True).click()
    await expect(boss.get_by_role("dialog")).to_have_count(0)
    link = await boss.get_by_role("link", name="Download CSV").get_attribute("href")
    sheet = await boss.request.get(f"{product}{link}")
    assert "Mina Han" in await sheet.text()

    agent = await new_page(viewport=WIDE, locale="en-US")
    await sign_in(agent, product, role="agent")
    await speak(agent, "en")
    await walk_to(agent, "/shifts")
    await expect(agent.get_by_role("list", name="My shifts").get_by_role("listitem").first).to_be_visible()
    await agent.get_by_role("button", name="Make an address").click()
    url = await agent.get_by_label("Private address").input_value()
    feed = await agent.request.get(url)
    assert "BEGIN:VEVENT" in await feed.text()
    await agent.get_by_role("button", name="End the address").click()
    await expect(agent.get_by_role("button", name="Make an address")).to_be_visible()
    assert (await agent.request.get(url)).status == 404


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_every_part_of_staffing_is_open_to_everybody(
    product: str, new_page: NewPage, picture: Look, locale: Language
):
    page = await at_staffing(new_page, product, locale)
    await describe(page, locale)
    found: list[str] = []
    for number in range(await page.get_by_role("tab").count()):
        await tab(page, number)
        await expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        found += await look_at(page, f"staffing_{locale}_{number}", picture)
    await walk_to(page, "/shifts")
    await expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    found += await look_at(page, f"shifts_{locale}", picture)
    assert found == []


async def test_a_phone_shows_everything_without_scrolling_sideways(product: str, new_page: NewPage, picture: Look):
    page = await at_staffing(new_page, product, "ko", viewport=PHONE)
    for number in range(await page.get_by_role("tab").count()):
        await tab(page, number)
        await picture(page, f"staffing_phone_{number}")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await page.evaluate(
            "(() => { const body = document.querySelector('main h1').closest('div').lastElementChild;"
            " return body.scrollWidth <= body.clientWidth + 1; })()"
        )
