"""The desk and the customer's chat as people use them: what the tests of the desk say instead of selectors."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import httpx
from playwright.async_api import FrameLocator, Locator, Page, WebSocket, expect
from tests.e2e.conftest import NewPage

from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.records import Order, Person
from warmline_demo.content.team import DEMO_PASSWORD

Language = Literal["ko", "ja", "en"]
WIDE = {"width": 1440, "height": 900}
START = {"ko": "상담 시작하기", "ja": "チャットを始める", "en": "Start chat"}
OPEN = {"ko": "문의하기", "ja": "お問い合わせ", "en": "Chat with us"}
COMPOSE = {"ko": "메시지", "ja": "メッセージ", "en": "Message"}
PERSON = {"ko": "상담원 연결", "ja": "担当者につなぐ", "en": "Talk to a person"}
ORDER = {"ko": "주문·배송 조회", "ja": "ご注文・配送の確認", "en": "Order and delivery"}
BY_CODE = {"ko": "휴대폰", "ja": "携帯電話", "en": "Code to my phone"}
ASK_PERSON = {"ko": "상담원", "ja": "担当者", "en": "agent"}
# Machines that run the tests may be busy with everything else as well.
expect.set_options(timeout=30_000)

# Ends whatever the agent still holds, as the desk itself would, then ends the shift.
CLEAR = """
async () => {
  const { csrf } = await (await fetch("/api/auth/me")).json();
  const socket = new WebSocket(`ws://${location.host}/ws/desk`);
  const frames = [];
  let wake = () => {};
  socket.onmessage = (message) => { frames.push(JSON.parse(message.data)); wake(); };
  const take = async (fits) => {
    for (;;) {
      const found = frames.find(fits);
      if (found) return found;
      await new Promise((resolve) => { wake = resolve; });
    }
  };
  await new Promise((resolve) => { socket.onopen = resolve; });
  socket.send(JSON.stringify({ t: "hello", v: 1, contacts: {}, device: crypto.randomUUID() }));
  const { contacts } = await take((frame) => frame.t === "welcome");
  const command = (id, c) => fetch(`/api/contacts/${id}/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify({ cid: crypto.randomUUID(), c }),
  });
  for (const card of contacts) {
    if (card.offer) await command(card.id, { kind: "accept_offer", offer_id: card.offer.id });
    await command(card.id, { kind: "agent_ends" });
    await command(card.id, { kind: "finish_wrap_up", disposition: "solved", summary: "" });
  }
  socket.send(JSON.stringify({ t: "presence", cid: "leave", presence: "offline", next: true }));
  await take((frame) => frame.t === "me" && frame.me.presence === "offline");
  socket.close();
}
"""


class Desk:
    """One agent's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def reply_box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Reply to the customer")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def trail(self) -> Locator:
        return self.page.get_by_role("region", name="Self-service")

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_role("region", name="Timeline")

    @property
    def wrap_up(self) -> Locator:
        return self.page.get_by_role("region", name="Wrap-up")

    @property
    def offer(self) -> Locator:
        return self.page.get_by_role("article", name=re.compile("^Incoming contact"))

    @property
    def contact_id(self) -> str:
        return self.page.url.rsplit("/", 1)[-1]

    async def start_shift(self) -> None:
        await self.page.get_by_role("button", name=re.compile("^(Start shift|Go available)$")).click()
        await expect(self.page.get_by_role("button", name=re.compile("Available"))).to_be_visible()

    async def rings(self) -> Locator:
        """Wait until a contact is offered here."""
        await expect(self.offer).to_be_visible(timeout=15_000)
        return self.offer

    async def accept(self) -> None:
        await self.rings()
        await self.page.keyboard.press("a")
        await expect(self.reply_box).to_be_visible()

    async def reply(self, text: str) -> None:
        await self.reply_box.fill(text)
        await self.reply_box.press("Enter")

    async def end(self) -> None:
        """End at once, without the seconds in which it could be taken back."""
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("e")
        await expect(self.wrap_up).to_be_visible()

    async def finish(self, outcome: str) -> None:
        await self.wrap_up.get_by_text(outcome, exact=True).click()
        await self.page.keyboard.press("Control+Enter")
        await expect(self.wrap_up).to_be_hidden()


class Customer:
    """One customer's browser: the shop with its chat. Every frame their browser received is kept."""

    def __init__(self, page: Page, locale: Language) -> None:
        self.page = page
        self.locale: Language = locale
        self.received: list[str] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: self.received.append(str(payload)))

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("warmline-widget iframe")

    @property
    def box(self) -> Locator:
        return self.chat.get_by_role("textbox", name=COMPOSE[self.locale])

    async def enter(self, product: str) -> None:
        await self.page.goto(f"{product}/demo/shop/?lang={self.locale}")
        await self.page.get_by_role("button", name=OPEN[self.locale]).click()
        await self.chat.get_by_role("button", name=START[self.locale]).click()

    async def tap(self, words: str) -> None:
        await self.chat.get_by_role("button", name=re.compile(words)).last.click()

    async def say(self, text: str) -> None:
        """Write freely, whatever kind of answer the bot asks for."""
        field = self.chat.get_by_role("textbox").last
        await field.fill(text)
        await field.press("Enter")

    async def sees(self, text: str | re.Pattern[str]) -> None:
        try:
            await expect(self.chat.get_by_text(text).last).to_be_visible()
        except AssertionError:
            said = await self.chat.locator("body").inner_text()
            raise AssertionError(f"{text} is not in the chat, which says:\n{said}") from None

    async def ask_for_person(self) -> None:
        await self.tap(PERSON[self.locale])

    async def prove_order(self, product: str, person: Person, order: Order) -> None:
        """Ask for an order, and prove by a one-time code who asks."""
        await self.tap(ORDER[self.locale])
        await expect(self.chat.get_by_text("ON-26113407").last).to_be_visible()
        await self.say(order.number)
        before = await phone_messages(product, person.phone)
        await self.tap(BY_CODE[self.locale])
        code = await _new_code(product, person.phone, len(before))
        await expect(self.chat.locator("input[type=password]")).to_be_visible()
        await self.chat.locator("input[type=password]").fill(code)
        await self.chat.locator("input[type=password]").press("Enter")
        await self.sees(re.compile(re.escape(order.items[0].name)))


async def phone_messages(product: str, phone: str) -> list[str]:
    """Return the text messages on a customer's phone."""
    async with httpx.AsyncClient(base_url=product, trust_env=False) as client:
        answer = await client.get("/demo/phone/messages", params={"to": phone})
        return [message["text"] for message in answer.raise_for_status().json()["messages"]]


async def _new_code(product: str, phone: str, known: int) -> str:
    async with asyncio.timeout(10):
        while len(messages := await phone_messages(product, phone)) <= known:
            await asyncio.sleep(0.05)
    return next(match[0] for text in messages if (match := re.search(r"(?<!\d)\d{6}(?!\d)", text)))


def somebody(locale: Language, place: int = 0) -> tuple[Person, Order]:
    """Return a customer of the shop with an order on its way, and that order."""
    stock = opening_stock()
    fitting = [
        (person, order)
        for person in stock.people
        if person.locale == locale
        for order in stock.orders_of(person)[:1]
        if order.status in ("shipped", "preparing")
    ]
    return fitting[place]


async def sign_in(page: Page, product: str, *, role: str = "agent", email: str | None = None) -> Desk:
    """Enter as a role of the demo, or as a colleague with their password."""
    await page.goto(product)
    path, body = "/api/demo/login", {"role": role}
    if email:
        path, body = "/api/auth/login", {"tenant": "onda", "email": email, "password": DEMO_PASSWORD}
    answer = await page.request.post(product + path, data=body, headers={"Origin": product})
    assert answer.ok, await answer.text()
    await page.goto(product)
    return Desk(page)


@asynccontextmanager
async def at_work(
    new_page: NewPage, product: str, *, email: str | None = None, locale: str = "en", **options: object
) -> AsyncIterator[Desk]:
    """An agent on shift; afterwards nothing is left with them."""
    page = await new_page(**({"viewport": WIDE, "locale": "en-US"} | options))
    await page.add_init_script(f"localStorage['warmline.locale'] ??= '{locale}'")
    desk = await sign_in(page, product, email=email)
    await desk.page.evaluate(CLEAR)
    await desk.start_shift()
    try:
        yield desk
    finally:
        await page.evaluate(CLEAR)


async def visiting(new_page: NewPage, product: str, locale: Language = "en", **options: object) -> Customer:
    """A customer in the shop with the chat open and the conversation begun."""
    page = await new_page(**({"viewport": {"width": 1100, "height": 800}, "locale": locale} | options))
    customer = Customer(page, locale)
    await customer.enter(product)
    return customer
