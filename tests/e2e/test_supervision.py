"""Supervision by hand: taking before the shift, giving at once, and tables that can be read on a phone."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import CLEAR, Language, at_work, sign_in
from tests.e2e.test_axe_desk import Look, look_at, speak, walk_to
from tests.e2e.test_lines import ASK, CALL, CHANGE, NUMBER, calling_back, in_line, on_break

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
COLLEAGUE = "colleague10@onda.example"
DEMO_AGENT = "Mina Han"
# Texts that stand in more lines than they have words, or in more than six: nobody can read those.
TOWERS = """
() => [...document.querySelectorAll("[role=gridcell], [role=rowheader], td, th")].flatMap((cell) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    if (text.length < 3) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size;
    if (lines > 1 && text.length / lines < 4) found.push(`${text} (${lines} lines)`);
  }
  return found;
})
"""
# Take everybody out of the line, so that nobody waits there for the next story; who clears the desk ends them.
TAKE_ALL = """
async () => {
  const { csrf } = await (await fetch("/api/auth/me")).json();
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
  for (const line of (await (await fetch("/api/lines")).json()).items) {
    for (const { id } of (await (await fetch(`/api/queues/${line.id}/waiting`)).json()).items) {
      const body = JSON.stringify({ cid: crypto.randomUUID(), c: { kind: "pick_contact" } });
      await fetch(`/api/contacts/${id}/commands`, { method: "POST", headers, body });
    }
  }
}
"""
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


async def test_who_takes_a_customer_before_the_shift_starts_it_with_the_same_click(
    product: str, new_page: NewPage, picture: Look
):
    async with at_work(new_page, product, email=COLLEAGUE) as colleague:
        await on_break(colleague)
        customer = await in_line(new_page, product)
        early = await sign_in(await new_page(viewport=WIDE, locale="en-US"), product)
        await early.page.evaluate(CLEAR)
        await speak(early.page, "en")
        await walk_to(early.page, "/lines")
        await early.page.get_by_role("button", name="Take", exact=True).first.click()
        told = early.page.get_by_role("alert")
        await expect(told).to_contain_text("You are off shift")
        await picture(early.page, "desk_lines_off_shift")
        await told.get_by_role("button", name="Start shift and take").click()
        await expect(early.reply_box).to_be_visible()
        await early.reply("Good morning, I just came in.")
        await customer.sees("Good morning, I just came in.")
        await early.page.evaluate(CLEAR)


async def test_a_supervisor_connects_a_waiting_customer_to_somebody_on_shift(
    product: str, new_page: NewPage, picture: Look
):
    async with at_work(new_page, product) as desk:
        await on_break(desk)
        customer = await in_line(new_page, product)
        boss = await new_page(viewport=WIDE, locale="en-US")
        await sign_in(boss, product, role="supervisor")
        await speak(boss, "en")
        await walk_to(boss, "/live")
        await boss.get_by_role("button", name=re.compile("^Reassign")).first.click()
        dialog = boss.get_by_role("dialog")
        await dialog.get_by_role("combobox").fill(DEMO_AGENT)
        await boss.get_by_role("option", name=re.compile(re.escape(DEMO_AGENT))).click()
        await dialog.get_by_role("button", name="Ring now").first.click()
        await expect(dialog.get_by_role("status")).to_contain_text("It rings at")
        await dialog.get_by_role("button", name="Connect now").first.click()
        assert await look_at(boss, "reassign_now", picture) == []
        await dialog.get_by_role("button", name="Connect now").last.click()
        await expect(dialog).to_be_hidden()
        await expect(desk.page.get_by_text(re.compile("Visitor")).first).to_be_visible()
        await customer.sees(re.compile(re.escape(DEMO_AGENT)))


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_the_board_and_promised_calls_can_be_read_on_a_phone(
    product: str, new_page: NewPage, picture: Look, locale: Language
):
    await calling_back(new_page, product)
    async with at_work(new_page, product, locale="en") as desk:
        await on_break(desk)
        await in_line(new_page, product, "ja")
        called = await in_line(new_page, product, "ja", viewport={"width": 400, "height": 780})
        await called.chat.get_by_role("button", name=CALL["ja"]).click()
        await called.chat.get_by_role("dialog").locator("input[type=tel]").fill(NUMBER["ja"])
        await called.chat.get_by_role("dialog").get_by_role("button", name=ASK["ja"]).click()
        await expect(called.chat.get_by_role("button", name=CHANGE["ja"])).to_be_visible()
        boss = await new_page(viewport=WIDE, locale=locale)
        await sign_in(boss, product, role="supervisor")
        await speak(boss, locale)
        for path, name in (("/live", "live"), ("/callbacks", "callbacks")):
            await walk_to(boss, path)
            await expect(boss.get_by_role("grid").first.get_by_role("row").nth(1)).to_be_visible()
            for size, kind in ((WIDE, "wide"), (PHONE, "phone")):
                await boss.set_viewport_size(size)
                await picture(boss, f"desk_{name}_{kind}_{locale}")
                assert not await boss.evaluate(SIDEWAYS)
                assert await boss.evaluate(TOWERS) == []
            await boss.set_viewport_size(WIDE)
        await calling_back(new_page, product)
        await desk.page.evaluate(TAKE_ALL)
