"""An agent takes a contact: it rings, opens with everything in view, is answered, and ends well."""

import re

from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import ASK_PERSON, at_work, somebody, visiting

# What the page had asked the server for since the key, when the whole thread stands on the screen.
WATCH_SCREEN_POP = """
() => { window.popped = new Promise((resolve) => {
  const look = () => {
    const from = performance.getEntriesByName("accept")[0];
    const thread = document.querySelector("[role=log]");
    if (from && thread?.textContent) {
      const fetched = performance.getEntriesByType("resource").filter((one) => one.startTime >= from.startTime);
      resolve(fetched.map((one) => new URL(one.name).pathname).filter((path) => path.startsWith("/api/c")));
    } else requestAnimationFrame(look);
  };
  look();
}); }
"""


async def test_a_verified_customer_rings_with_their_story_and_opens_at_once(product: str, new_page: NewPage):
    person, order = somebody("ja")
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product, "ja")
        await customer.prove_order(product, person, order)
        await customer.say(ASK_PERSON["ja"])
        offer = await desk.rings()
        await expect(offer).to_contain_text(person.name)
        for fact in ("Verified", "Order status", "Orders and delivery", "Japanese", "Waiting"):
            await expect(offer).to_contain_text(fact)
        await desk.page.evaluate(WATCH_SCREEN_POP)
        await desk.page.keyboard.press("a")
        fetched = await desk.page.evaluate("window.popped")
        await expect(desk.trail).to_contain_text("Identity verified by one-time code")
        await expect(desk.trail).to_contain_text(order.number)
        await expect(desk.thread).to_contain_text(order.items[0].name)
        await expect(desk.page.get_by_role("heading", level=1, name=person.name)).to_be_visible()
        assert fetched == [], "the story was here with the offer; nobody waits for it"


async def test_the_customer_reads_replies_but_a_note_never_reaches_their_browser(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        await desk.page.keyboard.press("n")
        note = desk.page.get_by_role("textbox", name="Note to colleagues")
        await note.fill("Do not promise a date to this one")
        await note.press("Enter")
        await expect(desk.thread.get_by_text("Do not promise a date to this one")).to_be_visible()
        await expect(desk.thread.get_by_text("Hidden from the customer")).to_be_visible()
        await desk.page.keyboard.press("Escape")
        await desk.page.keyboard.press("r")
        await desk.reply("I am looking into it")
        await customer.sees("I am looking into it")
        await expect(desk.thread.get_by_text("Seen")).to_be_visible()
        await customer.page.reload()
        await customer.sees("I am looking into it")
        assert any("I am looking into it" in frame for frame in customer.received)
        assert not [frame for frame in customer.received if "promise a date" in frame]


async def test_a_macro_speaks_the_customers_language_with_the_names_filled_in(product: str, new_page: NewPage):
    person, order = somebody("ko")
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product, "ko")
        await customer.prove_order(product, person, order)
        await customer.say(ASK_PERSON["ko"])
        await desk.accept()
        await desk.page.keyboard.press("/")
        await desk.page.get_by_placeholder("Find a macro").fill("hello")
        await desk.page.keyboard.press("Enter")
        greeting = f"안녕하세요, {person.name}님. 온다의 Mina Han입니다."
        await expect(desk.reply_box).to_have_value(re.compile(re.escape(greeting)))
        await desk.reply_box.press("Enter")
        await customer.sees(re.compile(re.escape(greeting)))


async def test_a_customer_on_hold_is_told_so_and_told_when_the_agent_is_back(product: str, new_page: NewPage):
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        await desk.page.keyboard.press("h")
        await customer.sees("The agent has put the chat on hold for a moment.")
        await expect(desk.page.get_by_role("button", name="Resume")).to_be_visible()
        await desk.page.keyboard.press("h")
        await customer.sees("The agent is back.")


async def test_a_conversation_ends_with_an_outcome_and_is_known_when_the_customer_comes_back(
    product: str, new_page: NewPage
):
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        await desk.reply("It arrives tomorrow.")
        await customer.sees("It arrives tomorrow.")
        first = desk.contact_id
        await desk.end()
        await desk.wrap_up.get_by_role("textbox", name="Summary").fill("Told when the parcel arrives.")
        await desk.finish("Question answered")
        await customer.chat.locator(".star").nth(3).click()
        await expect(customer.chat.get_by_role("img", name="4 / 5")).to_be_visible()
        await customer.say("Friendly and quick")
        await customer.sees("Thank you for your feedback.")

        await customer.chat.get_by_role("button", name="Ask again").click()
        await customer.ask_for_person()
        offer = await desk.rings()
        await expect(offer).not_to_contain_text("First contact")
        await desk.accept()
        assert desk.contact_id != first
        entry = desk.timeline.get_by_role("button").first
        await expect(entry).to_contain_text("Question answered")
        await expect(entry).to_contain_text("CSAT 4/5")
        await entry.click()
        await expect(desk.timeline).to_contain_text("It arrives tomorrow.")
        await customer.sees("It arrives tomorrow.")
