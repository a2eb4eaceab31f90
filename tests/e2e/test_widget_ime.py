"""Enter while a Korean or Japanese input method is at work: one press sends Korean, conversion never sends."""

from playwright.async_api import CDPSession, FrameLocator, Page, expect
from tests.e2e.conftest import NewPage, until
from tests.e2e.fake_server import FakeServer


class Keyboard:
    """Types through the browser's own input-method interface, as an operating system does."""

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp

    async def compose(self, *stages: str) -> None:
        for text in stages:
            await self._cdp.send(
                "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
            )

    async def commit(self, text: str) -> None:
        await self._cdp.send("Input.insertText", {"text": text})

    async def enter(self, *, composing: bool) -> None:
        key = "Process" if composing else "Enter"
        code = 229 if composing else 13
        event = {"key": key, "code": "Enter", "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code}
        await self._cdp.send("Input.dispatchKeyEvent", event | {"type": "rawKeyDown"})
        if not composing:
            await self._cdp.send("Input.dispatchKeyEvent", event | {"type": "char", "text": "\r"})

    async def release(self) -> None:
        event = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        await self._cdp.send("Input.dispatchKeyEvent", event | {"type": "keyUp"})


async def writing(page: Page, server: FakeServer) -> tuple[FrameLocator, Keyboard]:
    await page.goto(f"{server.url}/?locale=ko")
    await page.get_by_role("button", name="문의하기").click()
    widget = page.frame_locator("warmline-widget iframe")
    await widget.get_by_role("button", name="상담 시작하기").click()
    await widget.get_by_role("textbox", name="메시지").click()
    return widget, Keyboard(await page.context.new_cdp_session(page))


async def check_sent_once(widget: FrameLocator, server: FakeServer, text: str) -> None:
    await until(lambda: server.said() == [text])
    await expect(widget.get_by_role("textbox", name="메시지")).to_have_value("")
    await expect(widget.get_by_text(text, exact=True)).to_have_count(1)
    # A stray second message would have come before this one.
    box = widget.get_by_role("textbox", name="메시지")
    await box.fill("끝")
    await widget.get_by_role("button", name="보내기").click()
    await until(lambda: server.said()[-1:] == ["끝"])
    assert server.said() == [text, "끝"]


async def test_one_press_of_enter_sends_korean_when_the_browser_reports_it_once(
    contact_center: FakeServer, new_page: NewPage
):
    widget, keyboard = await writing(await new_page(), contact_center)
    await keyboard.compose("ㅇ", "아", "안")
    await keyboard.commit("안")
    await keyboard.compose("ㄴ", "녀", "녕")
    await keyboard.enter(composing=True)
    await keyboard.commit("녕")
    await keyboard.release()
    await check_sent_once(widget, contact_center, "안녕")


async def test_one_press_of_enter_sends_korean_once_when_the_browser_reports_it_twice(
    contact_center: FakeServer, new_page: NewPage
):
    widget, keyboard = await writing(await new_page(), contact_center)
    await keyboard.compose("ㅇ", "아", "안")
    await keyboard.commit("안")
    await keyboard.compose("ㄴ", "녀", "녕")
    await keyboard.enter(composing=True)
    await keyboard.commit("녕")
    await keyboard.enter(composing=False)
    await keyboard.release()
    await check_sent_once(widget, contact_center, "안녕")


async def test_enter_that_picks_a_japanese_conversion_does_not_send(contact_center: FakeServer, new_page: NewPage):
    widget, keyboard = await writing(await new_page(), contact_center)
    await keyboard.compose("ち", "ちゅ", "ちゅうもん", "注文")
    await keyboard.enter(composing=True)
    await keyboard.commit("注文")
    await keyboard.release()
    await expect(widget.get_by_role("textbox", name="메시지")).to_have_value("注文")
    assert contact_center.said() == []
    # A person needs longer than this between two presses; only a browser reports one press twice so quickly.
    await widget.locator("body").evaluate("() => new Promise((done) => setTimeout(done, 120))")
    await keyboard.enter(composing=False)
    await check_sent_once(widget, contact_center, "注文")


async def test_escape_that_cancels_a_composition_does_not_close_the_panel(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget, keyboard = await writing(page, contact_center)
    await keyboard.compose("ㅇ", "아")
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    await frame.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        "{key: 'Escape', isComposing: true, bubbles: true}))"
    )
    await expect(widget.get_by_role("textbox", name="메시지")).to_be_visible()
    await expect(page.get_by_role("button", name="문의하기", expanded=True)).to_be_visible()
