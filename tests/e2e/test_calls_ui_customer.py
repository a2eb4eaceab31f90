"""Calls from a customer's side, widget and demo telephone: real WebRTC to a page that plays the engine."""

import asyncio
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, FrameLocator, Page, ViewportSize, expect
from tests.e2e.calls_stage import ENGINE
from tests.e2e.conftest import until, violations
from tests.e2e.fake_server import SETTINGS, FakeServer

Scheme = Literal["light", "dark"]
PHONE = ViewportSize(width=390, height=844)
CALL = {"ko": "전화로 상담하기", "ja": "電話で相談する", "en": "Call us"}
NOW = {"ko": "전화 걸기", "ja": "電話をかける", "en": "Call now"}
OPEN = {"ko": "문의하기", "ja": "お問い合わせ", "en": "Chat with us"}
DIAL = {"ko": "전화 걸기", "ja": "電話をかける", "en": "Call"}


@pytest_asyncio.fixture
async def engine(
    audio_context: BrowserContext, contact_center: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> Page:
    """A page that answers calls; the company offers them."""
    monkeypatch.setitem(SETTINGS, "calls", True)
    page = await audio_context.new_page()
    await page.goto(f"{contact_center.url}/demo/phone/")
    await page.evaluate(ENGINE)
    contact_center.engine = lambda sdp: page.evaluate("(sdp) => window.answer(sdp)", sdp)
    return page


async def until_heard(engine: Page) -> None:
    """Wait until more of the customer's voice has reached the engine than at this moment."""
    before = await engine.evaluate("window.received()")
    async with asyncio.timeout(15):
        while await engine.evaluate("window.received()") <= before:
            await asyncio.sleep(0.05)


async def shop(context: BrowserContext, server: FakeServer, locale: str = "en") -> tuple[Page, FrameLocator]:
    page = await context.new_page()
    await page.goto(f"{server.url}/?locale={locale}")
    await page.get_by_role("button", name=OPEN[locale]).click()
    return page, page.frame_locator("warmline-widget iframe")


async def call_us(chat: FrameLocator, locale: str = "en") -> None:
    await chat.get_by_role("button", name=CALL[locale]).click()
    await chat.get_by_role("dialog").get_by_role("button", name=NOW[locale]).click()


async def test_a_customer_calls_from_the_chat_is_asked_first_and_writes_in_the_same_case(
    audio_context: BrowserContext, contact_center: FakeServer, engine: Page
):
    _, chat = await shop(audio_context, contact_center)
    await chat.get_by_role("button", name="Start chat").click()
    await expect(chat.locator(".message-bot")).to_have_count(1)
    await chat.get_by_role("button", name="Call us").click()
    consent = chat.get_by_role("dialog", name="Call from this page?")
    await expect(consent).to_contain_text("Calls may be recorded")
    assert contact_center.frames("call") == []
    await consent.get_by_role("button", name="Call now").click()
    await expect(chat.get_by_text("Waiting for an agent").first).to_be_visible()
    await until_heard(engine)
    contact_center.join("김민아")
    contact_center.call("talking", agent={"name": "김민아"})
    await expect(chat.get_by_role("region", name="On the call").get_by_text("김민아 is with you")).to_be_visible()
    field = chat.get_by_role("textbox").last
    await field.fill("The number is ON-1234")
    await field.press("Enter")
    await until(lambda: "The number is ON-1234" in contact_center.said())
    assert contact_center.contacts == 1
    await chat.get_by_role("button", name="Hang up").click()
    await until(lambda: len(contact_center.frames("call_end")) == 1)
    await expect(chat.get_by_text("The call has ended.").first).to_be_visible()


async def test_a_page_that_is_loaded_again_comes_back_into_its_call(
    audio_context: BrowserContext, contact_center: FakeServer, engine: Page
):
    page, chat = await shop(audio_context, contact_center)
    await call_us(chat)
    await until_heard(engine)
    await page.goto(f"{contact_center.url}/other?locale=en")
    await until(lambda: len(contact_center.frames("call")) == 2)
    await until_heard(engine)
    await expect(chat.get_by_role("button", name="Hang up")).to_be_visible()


async def test_a_card_is_typed_unseen(audio_context: BrowserContext, contact_center: FakeServer, engine: Page):
    _, chat = await shop(audio_context, contact_center)
    await call_us(chat)
    await until_heard(engine)
    contact_center.call("talking", secure={"digits": 0})
    await expect(chat.get_by_text("Nobody hears or records what you type.")).to_be_visible()
    for key in "4242":
        await chat.get_by_role("button", name=key, exact=True).click()
    contact_center.call("talking", secure={"digits": 4})
    await expect(chat.get_by_text("4 digits typed")).to_be_attached()
    assert "4242" not in await chat.locator("body").inner_text()


async def test_a_blocked_microphone_is_explained_and_the_chat_goes_on(
    audio_context: BrowserContext, contact_center: FakeServer, engine: Page
):
    await audio_context.add_init_script(
        "if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia ="
        " () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    _, chat = await shop(audio_context, contact_center)
    await call_us(chat)
    await expect(chat.get_by_role("alert").filter(has_text="The microphone is blocked.")).to_be_visible()
    assert contact_center.frames("call") == []
    await expect(chat.get_by_role("button", name="Start chat")).to_be_visible()


async def test_where_no_calls_are_taken_none_is_offered(audio_context: BrowserContext, contact_center: FakeServer):
    _, chat = await shop(audio_context, contact_center)
    await expect(chat.get_by_role("button", name="Start chat")).to_be_visible()
    await expect(chat.get_by_role("button", name="Call us")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_calls_keep_nobody_out_in_any_language_or_theme(
    audio_context: BrowserContext,
    contact_center: FakeServer,
    engine: Page,
    picture,
    locale: str,
    scheme: Scheme,
):
    page, chat = await shop(audio_context, contact_center, locale)
    await page.emulate_media(color_scheme=scheme)
    await call_us(chat, locale)
    await until_heard(engine)
    contact_center.call("talking", agent={"name": "김민아"}, secure={"digits": 3})
    await expect(chat.get_by_role("button", name="#", exact=True)).to_be_visible()
    await picture(page, f"widget_call_{locale}_{scheme}")
    panel = next(frame for frame in page.frames if "panel.html" in frame.url)
    assert await violations(panel) == []

    contact_center.contact = None
    await page.goto(f"{contact_center.url}/demo/phone/?lang={locale}")
    await page.get_by_role("button", name=DIAL[locale], exact=True).click()
    await until_heard(engine)
    choices = [{"value": "order", "label": "주문·배송 조회"}, {"value": "refund", "label": "환불"}]
    contact_center.bot("주문 조회는 1번, 환불은 2번을 눌러 주세요.", quick_replies=choices)
    await expect(page.get_by_role("button", name="1 주문·배송 조회")).to_be_visible()
    await picture(page, f"phone_{locale}_{scheme}")
    assert await violations(page) == []
    await page.set_viewport_size(PHONE)
    await picture(page, f"phone_{locale}_{scheme}_narrow")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_the_demos_telephone_writes_along_and_presses_keys(
    audio_context: BrowserContext, contact_center: FakeServer, engine: Page
):
    page = await audio_context.new_page()
    await page.goto(f"{contact_center.url}/demo/phone/?lang=en")
    await page.get_by_role("button", name="Call", exact=True).click()
    await until_heard(engine)
    assert contact_center.frames("hello")[-1]["key"] == "onda-phone"
    contact_center.bot("Welcome to Onda. For orders, press 1.", quick_replies=[{"value": "o", "label": "Orders"}])
    said = page.get_by_role("log", name="What is being said")
    await expect(said.get_by_text("Welcome to Onda.")).to_be_visible()
    await page.keyboard.press("1")
    await expect(page.locator(".typed")).to_contain_text("1")
    await page.get_by_role("button", name="日本語").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("オンダに電話する")
    await page.get_by_role("button", name="通話を終了").click()
    await until(lambda: len(contact_center.frames("call_end")) == 1)
    await expect(page.get_by_text("通話が終了しました。").first).to_be_visible()


async def test_a_demo_without_a_telephone_says_how_to_get_one(
    audio_context: BrowserContext, contact_center: FakeServer
):
    page = await audio_context.new_page()
    await page.goto(f"{contact_center.url}/demo/phone/?lang=en")
    await expect(page.get_by_text("The telephone is not connected.")).to_be_visible()
    await expect(page.get_by_role("button", name="Call", exact=True)).to_be_disabled()
