"""Writing at the desk: drafts that survive, and Enter while a Korean or Japanese input method is at work."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect
from tests.e2e.conftest import NewPage
from tests.e2e.desk_page import Customer, Desk, at_work, visiting
from tests.e2e.test_widget_ime import Keyboard


@pytest_asyncio.fixture
async def talking(product: str, new_page: NewPage) -> AsyncIterator[tuple[Desk, Customer]]:
    """An agent and a customer in conversation."""
    async with at_work(new_page, product) as desk:
        customer = await visiting(new_page, product)
        await customer.ask_for_person()
        await desk.accept()
        yield desk, customer


async def test_unsent_words_survive_a_reload_each_where_they_were_written(talking: tuple[Desk, Customer]):
    desk, customer = talking
    await desk.reply_box.fill("Half a reply")
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("n")
    note = desk.page.get_by_role("textbox", name="Note to colleagues")
    await expect(note).to_have_value("")
    await note.fill("Half a note")
    await desk.page.reload()
    await expect(desk.reply_box).to_have_value("Half a reply")
    await desk.reply_box.press("Escape")
    await desk.page.keyboard.press("n")
    await expect(note).to_have_value("Half a note")
    await note.press("Escape")
    await desk.page.keyboard.press("r")
    await desk.reply_box.press("End")
    await desk.reply_box.press("Enter")
    await customer.sees("Half a reply")
    await desk.page.reload()
    await expect(desk.reply_box).to_have_value("")
    await expect(desk.thread.get_by_text("Half a reply", exact=True)).to_have_count(1)


async def test_enter_sends_korean_once_and_lets_japanese_be_converted(talking: tuple[Desk, Customer]):
    desk, customer = talking
    await desk.reply_box.click()
    keyboard = Keyboard(await desk.page.context.new_cdp_session(desk.page))

    # Some systems report the Enter that ends a syllable once …
    await keyboard.compose("ㅇ", "아", "안")
    await keyboard.commit("안")
    await keyboard.compose("ㄴ", "녀", "녕")
    await keyboard.enter(composing=True)
    await keyboard.commit("녕")
    await keyboard.release()
    await expect(desk.reply_box).to_have_value("")
    await customer.sees("안녕")

    # … others twice.
    await keyboard.compose("ㄱ", "가")
    await keyboard.commit("가")
    await keyboard.compose("ㅇ", "요")
    await keyboard.enter(composing=True)
    await keyboard.commit("요")
    await keyboard.enter(composing=False)
    await keyboard.release()
    await expect(desk.reply_box).to_have_value("")
    await customer.sees("가요")

    # In Japanese the first Enter chooses the conversion; only the next one sends.
    await keyboard.compose("ち", "ちゅ", "ちゅうもん", "注文")
    await keyboard.enter(composing=True)
    await keyboard.commit("注文")
    await keyboard.release()
    await expect(desk.reply_box).to_have_value("注文")
    await desk.page.evaluate("() => new Promise((done) => setTimeout(done, 120))")
    await keyboard.enter(composing=False)
    await customer.sees("注文")

    await desk.reply("끝")
    await customer.sees("끝")
    said = await customer.chat.locator(".message-agent .bubble").all_inner_texts()
    assert said == ["안녕", "가요", "注文", "끝"]
