"""Calls through the whole product: a customer at the demo's telephone, its journey, an agent at the desk."""

import asyncio
import re

from playwright.async_api import BrowserContext, Locator, Page, expect
from tests.e2e.desk_page import CLEAR, Customer, Desk, sign_in

# Remembers the peer connections of a page, so that a test can ask what was heard.
PEERS = """
window.peers = [];
const Real = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...given) { super(...given); window.peers.push(this); }
};
window.heard = async () => {
  const last = window.peers.at(-1);
  if (!last) return 0;
  for (const one of (await last.getStats()).values()) {
    if (one.type === "inbound-rtp") return one.totalAudioEnergy ?? 0;
  }
  return 0;
};
"""


async def until_sound(page: Page) -> None:
    """Wait until more sound has reached this page than at this moment."""
    before = await page.evaluate("window.heard()")
    async with asyncio.timeout(30):
        while await page.evaluate("window.heard()") <= before:
            await asyncio.sleep(0.1)


def bar_of(desk: Desk) -> Locator:
    return desk.page.get_by_role("article", name=re.compile("^Call with"))


async def pick_up(context: BrowserContext, product: str) -> Page:
    """Dial the company from the demo's telephone and hear it answer."""
    page = await context.new_page()
    await page.goto(f"{product}/demo/phone/?lang=en")
    await page.get_by_role("button", name="Call", exact=True).click()
    await until_sound(page)
    return page


async def at_the_desk(context: BrowserContext, product: str) -> Desk:
    page = await context.new_page()
    await page.add_init_script("localStorage['warmline.locale'] ??= 'en'")
    desk = await sign_in(page, product)
    await page.evaluate(CLEAR)
    await desk.start_shift()
    return desk


async def test_a_caller_hears_the_journey_asks_for_a_person_and_both_hear_each_other(
    product: str, audio_context: BrowserContext
):
    await audio_context.add_init_script(PEERS)
    desk = await at_the_desk(audio_context, product)
    caller = await pick_up(audio_context, product)
    said = caller.get_by_role("log", name="What is being said")
    await expect(said.locator(".line-bot").first).to_be_visible()
    await caller.keyboard.press("0")
    await desk.rings()
    await desk.page.keyboard.press("a")
    bar = bar_of(desk)
    await expect(bar.get_by_text("Talking")).to_be_visible()
    await until_sound(caller)
    await until_sound(desk.page)
    await expect(caller.get_by_text("is with you")).to_be_visible()

    await desk.page.reload()
    await expect(bar.get_by_text("Talking")).to_be_visible()
    await until_sound(desk.page)
    await until_sound(caller)

    await bar.get_by_role("button", name="Hang up").click()
    await expect(caller.get_by_text("The call has ended.").first).to_be_visible()
    await desk.finish("Solved")


async def test_a_chat_becomes_a_call_without_a_break_and_stays_one_case(
    product: str, audio_context: BrowserContext
):
    await audio_context.add_init_script(PEERS)
    desk = await at_the_desk(audio_context, product)
    customer = Customer(await audio_context.new_page(), "en")
    await customer.enter(product)
    await customer.ask_for_person()
    await desk.accept()
    await desk.reply("Shall we talk? Please press Call us.")
    await customer.sees("Shall we talk? Please press Call us.")
    contact = desk.contact_id

    await customer.chat.get_by_role("button", name="Call us").click()
    await customer.chat.get_by_role("dialog").get_by_role("button", name="Call now").click()
    await expect(bar_of(desk).get_by_text("Talking")).to_be_visible()
    panel = next(frame for frame in customer.page.frames if "panel.html" in frame.url)
    before = await panel.evaluate("window.heard()")
    async with asyncio.timeout(30):
        while await panel.evaluate("window.heard()") <= before:
            await asyncio.sleep(0.1)
    await until_sound(desk.page)
    await customer.say("It is order ON-1234.")
    await expect(desk.thread.get_by_text("It is order ON-1234.")).to_be_visible()
    assert desk.contact_id == contact

    await customer.chat.get_by_role("button", name="Hang up").click()
    await expect(bar_of(desk)).to_be_hidden()
    await desk.page.evaluate(CLEAR)
