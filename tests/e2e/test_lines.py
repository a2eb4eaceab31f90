"""Taking somebody out of the line by hand, and a promised call from the customer's wish to its outcome."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage, violations
from tests.e2e.desk_page import Customer, Desk, Language, at_work, sign_in, visiting
from tests.e2e.test_axe_desk import Look, look_at, speak, walk_to

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 760}
CALL = {"ko": "전화로 받을게요", "ja": "折り返しを希望する", "en": "Call me instead"}
ASK = {"ko": "연락 요청", "ja": "折り返しを依頼", "en": "Ask for the call"}
CHANGE = {"ko": "시간 변경·취소", "ja": "時間の変更・取り消し", "en": "Change or cancel the call"}
NUMBER = {"ko": "010-2000-0001", "ja": "090-1234-5678", "en": "(650) 253-0000"}
CALLS_BACK = """
async () => {
  const { csrf } = await (await fetch("/api/auth/me")).json();
  const { items } = await (await fetch("/api/queues")).json();
  const send = async (method, path, body) => {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
    const answer = await fetch(`/api${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  for (const { id, ...queue } of items) {
    if (queue.rules.callback.offered) continue;
    queue.rules = { ...queue.rules, callback: { ...queue.rules.callback, offered: true } };
    await send("PUT", `/queues/${id}`, queue);
  }
  for (const { card } of (await (await fetch("/api/callbacks")).json()).items) {
    const c = { kind: "cancel_callback", reason: "mistake" };
    await send("POST", `/contacts/${card.id}/commands`, { cid: crypto.randomUUID(), c });
  }
}
"""


async def calling_back(new_page: NewPage, product: str) -> None:
    """Let every queue of the demo call customers back; what was promised before is called off."""
    admin = await new_page()
    await sign_in(admin, product, role="admin")
    await admin.evaluate(CALLS_BACK)


async def on_break(desk: Desk) -> None:
    """At work, so that customers may wait, but not to be offered anybody."""
    await desk.page.keyboard.press("Control+k")
    await desk.page.get_by_role("menuitem", name="Go away: Lunch").click()
    await expect(desk.page.get_by_role("button", name=re.compile("My presence.*Lunch", re.DOTALL))).to_be_visible()


async def in_line(new_page: NewPage, product: str, locale: Language = "en", **options: Any) -> Customer:
    customer = await visiting(new_page, product, locale, **options)
    await customer.ask_for_person()
    await expect(customer.chat.locator(".queue")).to_be_visible()
    return customer


async def test_an_agent_takes_the_first_in_line_by_keyboard(product: str, new_page: NewPage, picture: Look):
    async with at_work(new_page, product) as desk:
        await on_break(desk)
        customer = await in_line(new_page, product)
        await desk.page.keyboard.press("g")
        await desk.page.keyboard.press("q")
        await expect(desk.page.get_by_role("grid", name=re.compile("Customers waiting"))).to_be_visible()
        await expect(desk.page.get_by_role("button", name="Take", exact=True).first).to_be_visible()
        assert await look_at(desk.page, "lines", picture) == []
        await desk.page.set_viewport_size(PHONE)
        await picture(desk.page, "desk_lines_phone")
        await desk.page.set_viewport_size(WIDE)
        await desk.page.keyboard.press("p")
        await expect(desk.reply_box).to_be_visible()
        await expect(desk.thread.get_by_text(re.compile("taken by the agent.*waited"))).to_be_visible()
        await desk.reply("Hello, I took you out of the line.")
        await customer.sees("Hello, I took you out of the line.")
        await picture(desk.page, "desk_lines_taken")


async def test_who_was_taken_meanwhile_is_refused_with_a_reason(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        await on_break(desk)
        await in_line(new_page, product)
        await walk_to(desk.page, "/lines")
        take = desk.page.get_by_role("button", name="Take", exact=True).first
        await expect(take).to_be_visible()
        refusal = {"error": {"code": "contact.taken_already", "text": "Taken.", "fix": "Another.", "details": {}}}
        await desk.page.route("**/commands", lambda route: route.fulfill(status=409, json=refusal))
        await take.click()
        told = desk.page.get_by_role("alert").filter(has_text="Somebody else has this customer")
        await expect(told).to_be_visible()
        await desk.page.unroute("**/commands")


@pytest.mark.parametrize("locale", ["en", "ko", "ja"])
async def test_a_customer_chooses_a_time_and_the_call_is_moved_and_made(
    product: str, new_page: NewPage, picture: Look, locale: Language
):
    await calling_back(new_page, product)
    async with at_work(new_page, product, locale="en") as desk:
        await on_break(desk)
        customer = await in_line(new_page, product, locale, viewport={"width": 400, "height": 780})
        await customer.chat.get_by_role("button", name=CALL[locale]).click()
        dialog = customer.chat.get_by_role("dialog")
        await dialog.locator("input[type=tel]").fill(NUMBER[locale])
        await expect(dialog.locator("option")).not_to_have_count(1)
        await dialog.locator("select").select_option(index=2)
        await picture(customer.page, f"widget_call_{locale}")
        assert await violations(customer.page.frames[-1]) == []
        await dialog.get_by_role("button", name=ASK[locale]).click()
        await expect(dialog).to_be_hidden()
        await expect(customer.chat.get_by_role("button", name=CHANGE[locale])).to_be_visible()
        await picture(customer.page, f"widget_call_promised_{locale}")

        boss = await new_page(viewport=WIDE, locale=locale)
        await sign_in(boss, product, role="supervisor")
        await speak(boss, locale)
        await walk_to(boss, "/callbacks")
        await expect(boss.get_by_role("grid").get_by_role("row").nth(1)).to_be_visible()
        assert await look_at(boss, f"callbacks_{locale}", picture) == []
        await boss.set_viewport_size(PHONE)
        await picture(boss, f"desk_callbacks_phone_{locale}")
        await boss.set_viewport_size(WIDE)
        await move_to_now(boss, picture, locale)

        await walk_to(desk.page, "/lines")
        await expect(desk.page.get_by_text("Wants a call").first).to_be_visible()
        await desk.page.keyboard.press("p")
        strip = desk.page.get_by_role("region", name="Promised call")
        await expect(strip.get_by_text("Attempt 1 of 3")).to_be_visible()
        assert await look_at(desk.page, f"callback_strip_{locale}", picture) == []
        await strip.get_by_role("button", name="No answer").click()
        await expect(desk.page.get_by_text(re.compile("We try again later"))).to_be_visible()
        await cancel(boss, locale)
        await expect(customer.chat.get_by_role("button", name=CHANGE[locale])).to_be_hidden()


async def move_to_now(boss: Page, picture: Look, locale: Language) -> None:
    """Let the call be made as soon as possible."""
    await boss.get_by_role("button", name=re.compile("^(Move|시간 변경|時間変更)$")).first.click()
    dialog = boss.get_by_role("dialog")
    await dialog.get_by_role("button", name=re.compile("^(At a time|시간 지정|時間を指定)")).click()
    await boss.get_by_role("option", name=re.compile("^(As soon|되는 대로|できるだけ)")).click()
    await picture(boss, f"desk_callbacks_move_{locale}")
    await dialog.get_by_role("button", name=re.compile("^(Move|시간 변경|時間変更)$")).click()
    await expect(dialog).to_be_hidden()


async def cancel(boss: Page, locale: Language) -> None:
    """Cancel what is left, with a reason and a note."""
    await boss.get_by_role("button", name=re.compile("^(Cancel|취소|取り消し)$")).first.click()
    dialog = boss.get_by_role("alertdialog")
    await dialog.get_by_role("button", name=re.compile("–|Reason|이유|理由")).first.click()
    await boss.get_by_role("option").nth(1).click()
    await dialog.get_by_role("textbox").fill("Solved by mail.")
    await dialog.get_by_role(
        "button", name=re.compile("(Cancel the promised call|약속한 콜백 취소|取り消し)$")
    ).click()
    await expect(dialog).to_be_hidden()
