"""How a customer uses the widget: by keyboard, on a phone, enlarged, in three languages, with files."""

import re

import pytest
from playwright.async_api import FrameLocator, Page, Route, expect
from tests.e2e.conftest import NewPage, until
from tests.e2e.fake_server import FakeServer

CHOICES = [{"value": "order", "label": "주문 조회"}, {"value": "agent", "label": "상담원 연결"}]
STARS = [{"value": str(n), "label": f"{n}점"} for n in range(1, 6)]


async def opened(page: Page, server: FakeServer, path: str = "/?locale=ko") -> FrameLocator:
    await page.goto(server.url + path)
    await page.get_by_role("button", name="문의하기").click()
    return page.frame_locator("warmline-widget iframe")


async def started(page: Page, server: FakeServer) -> FrameLocator:
    widget = await opened(page, server)
    await widget.get_by_role("button", name="상담 시작하기").click()
    await expect(widget.locator(".message-bot")).to_have_count(1)
    return widget


async def test_the_panel_is_not_loaded_before_the_customer_asks_for_it(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    await page.goto(f"{contact_center.url}/?locale=ko")
    await expect(page.get_by_role("button", name="문의하기")).to_be_visible()
    assert [frame.url for frame in page.frames if "panel" in frame.url] == []
    assert contact_center.connections == 0


async def test_a_customer_gets_from_the_page_to_an_answer_with_the_keyboard_alone(
    contact_center: FakeServer, new_page: NewPage
):
    contact_center.greeting = lambda server: server.bot("무엇을 도와드릴까요?", quick_replies=CHOICES)
    page = await new_page()
    await page.goto(f"{contact_center.url}/?locale=ko")
    launcher = page.get_by_role("button", name="문의하기")
    await launcher.focus()
    await page.keyboard.press("Enter")
    widget = page.frame_locator("warmline-widget iframe")
    await expect(widget.get_by_role("button", name="상담 시작하기")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(widget.get_by_role("textbox", name="메시지")).to_be_focused()
    await page.keyboard.press("Shift+Tab")  # attach
    await page.keyboard.press("Shift+Tab")
    await expect(widget.get_by_role("button", name="주문 조회")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(widget.get_by_role("button", name="상담원 연결")).to_be_focused()
    await page.keyboard.press("Enter")
    await until(lambda: contact_center.frames("say") != [])
    assert contact_center.frames("say")[0]["value"] == "agent"
    await expect(widget.get_by_role("textbox", name="메시지")).to_be_focused()
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await until(lambda: contact_center.said() == ["상담원 연결", "hello"])
    await page.keyboard.press("Escape")
    await expect(launcher).to_be_focused()


async def test_ending_asks_first_and_escape_answers_no(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await started(page, contact_center)
    await widget.get_by_role("button", name="상담 종료").click()
    await expect(widget.get_by_role("dialog", name="상담을 종료할까요?")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(widget.get_by_role("dialog")).to_be_hidden()
    await expect(widget.get_by_role("textbox", name="메시지")).to_be_visible()
    assert contact_center.frames("end") == []
    await widget.get_by_role("button", name="상담 종료").click()
    await widget.get_by_role("button", name="종료하기").click()
    await widget.get_by_role("button", name="다시 문의하기").click()
    await expect(widget.get_by_text("이전 상담에서 이어집니다")).to_be_visible()
    assert contact_center.contacts == 2


async def test_a_closed_panel_tells_the_customer_about_new_messages(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await started(page, contact_center)
    await widget.get_by_role("button", name="닫기").click()
    contact_center.join()
    contact_center.agent("찾았어요.")
    contact_center.agent("확인해 주세요.")
    badge = page.get_by_role("button", name="문의하기, 새 메시지 2개")
    await expect(badge).to_be_visible()
    await badge.click()
    await expect(widget.get_by_text("확인해 주세요.")).to_be_visible()
    await page.get_by_role("button", name="문의하기", exact=True, expanded=True).click()
    await expect(page.get_by_role("button", name="문의하기", exact=True, expanded=False)).to_be_visible()


async def test_the_conversation_follows_the_customer_to_the_next_page(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await started(page, contact_center)
    await page.get_by_role("link", name="Another page").click()
    await expect(page).to_have_url(re.compile("/other"))
    await expect(widget.get_by_text("안녕하세요.")).to_be_visible()


async def test_switching_the_language_changes_every_text_at_once(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await started(page, contact_center)
    await widget.get_by_role("combobox", name="언어").select_option("ja")
    await expect(widget.get_by_role("textbox", name="メッセージ")).to_be_visible()
    await expect(widget.get_by_text("言語を日本語に変更しました。")).to_be_visible()
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    assert await frame.evaluate("document.documentElement.lang") == "ja"
    await until(lambda: contact_center.frames("hello")[-1]["locale"] == "ja")
    assert contact_center.contact
    assert contact_center.contact.locale == "ja"


async def test_a_pin_is_masked_and_the_touch_keyboard_fits_each_question(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await started(page, contact_center)
    contact_center.bot("PIN을 입력해 주세요.", input_kind="secret")
    field = widget.locator("input[type=password]")
    await expect(field).to_have_attribute("inputmode", "numeric")
    await field.fill("4117")
    await field.press("Enter")
    await expect(widget.get_by_text("••••")).to_be_visible()
    assert contact_center.frames("say")[0]["text"] == "4117"
    for kind, mode in (("phone", "tel"), ("email", "email"), ("digits", "numeric")):
        contact_center.bot(kind, input_kind=kind)
        await expect(widget.locator(".field input")).to_have_attribute("inputmode", mode)
    await widget.get_by_role("button", name="직접 쓰기").click()
    await expect(widget.locator("textarea")).to_be_visible()


async def test_stars_are_given_by_mouse_or_keyboard_and_shown_as_stars(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await started(page, contact_center)
    contact_center.bot("상담은 어떠셨나요?", quick_replies=STARS, input_kind="score")
    await widget.get_by_role("button", name="1점").focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(widget.get_by_role("img", name="4 / 5")).to_be_visible()
    assert contact_center.frames("say")[0]["value"] == "4"


async def test_a_file_is_uploaded_with_the_visitors_token_and_sent_with_the_message(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    widget = await started(page, contact_center)
    seen: list[str] = []

    async def store(route: Route) -> None:
        # The stand-in serves no uploads; the whole product does.
        seen.append(route.request.headers["authorization"])
        await route.fulfill(
            json={"id": "f-1", "name": "영수증.txt", "media_type": "text/plain", "size_bytes": 12}, status=201
        )

    await page.route("**/widget/uploads", store)
    await widget.get_by_label("파일 첨부").set_input_files(
        {"name": "영수증.txt", "mimeType": "text/plain", "buffer": b"receipt"}
    )
    await expect(widget.get_by_text("영수증.txt: 보낼 준비가 됐어요")).to_be_attached()
    await widget.get_by_role("button", name="보내기").click()
    await until(lambda: contact_center.frames("say") != [])
    assert contact_center.frames("say")[0]["attachments"] == ["f-1"]
    assert seen == ["Visitor visitor-1"]
    await widget.get_by_label("파일 첨부").set_input_files(
        {"name": "큰파일.bin", "mimeType": "application/octet-stream", "buffer": b"0" * 5_000_001}
    )
    await expect(widget.get_by_text("큰파일.bin 파일이 5MB보다 커요.")).to_be_visible()
    await widget.get_by_role("textbox", name="메시지").fill("작은 것만 보낼게요")
    await widget.get_by_role("button", name="보내기").click()
    await until(lambda: len(contact_center.frames("say")) == 2)
    await expect(widget.get_by_text("큰파일.bin 파일이 5MB보다 커요.")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "짧은 시간에 파일을 많이 올리셨어요."),
        (415, "영수증.txt 파일은 첨부할 수 없어요."),
        (500, "영수증.txt 파일을 올리지 못했어요."),
    ],
)
async def test_a_refused_upload_says_why_in_the_customers_language(
    contact_center: FakeServer, new_page: NewPage, status: int, words: str
):
    page = await new_page()
    widget = await started(page, contact_center)
    await page.route("**/widget/uploads", lambda route: route.fulfill(status=status, json={}))
    await widget.get_by_label("파일 첨부").set_input_files(
        {"name": "영수증.txt", "mimeType": "text/plain", "buffer": b"receipt"}
    )
    await expect(widget.get_by_role("alert").get_by_text(words)).to_be_visible()


async def test_who_was_promised_a_call_reads_so_at_the_top(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await started(page, contact_center)
    contact_center.happen({"kind": "callback_promised", "due_at": "2026-11-22T05:00:00Z"})
    await expect(widget.get_by_role("banner").get_by_text("전화 연락 예약됨")).to_be_visible()


async def test_on_a_phone_the_panel_fills_the_screen(contact_center: FakeServer, new_page: NewPage):
    page = await new_page(viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True)
    widget = await started(page, contact_center)
    box = await page.locator("warmline-widget iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 375, "height": 667}
    await expect(page.get_by_role("button", name="문의하기")).to_be_hidden()
    await widget.get_by_role("button", name="닫기").click()
    await expect(page.get_by_role("button", name="문의하기")).to_be_visible()


async def test_nothing_is_cut_off_at_four_times_enlargement(contact_center: FakeServer, new_page: NewPage):
    contact_center.greeting = lambda server: server.bot("무엇을 도와드릴까요? " * 8, quick_replies=CHOICES)
    page = await new_page(viewport={"width": 320, "height": 256})
    widget = await started(page, contact_center)
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await frame.evaluate(overflow)
    await expect(widget.get_by_role("textbox", name="메시지")).to_be_in_viewport()


async def test_a_page_that_is_not_the_host_cannot_command_the_panel(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    widget = await opened(page, contact_center)
    await expect(widget.get_by_role("button", name="상담 시작하기")).to_be_visible()
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    # The same words, but from the panel's own window instead of its parent's.
    await frame.evaluate("postMessage({mark: 'warmline:1', do: 'start', attributes: {}}, '*')")
    await page.evaluate("Warmline('start', {plan: 'gold'})")
    await until(lambda: contact_center.frames("start") != [])
    assert [frame["attributes"] for frame in contact_center.frames("start")] == [{"plan": "gold"}]


async def test_the_host_page_keeps_its_own_styles(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    await page.goto(f"{contact_center.url}/?locale=ko")
    styles = "JSON.stringify([getComputedStyle(document.body).cssText, document.styleSheets.length])"
    await expect(page.get_by_role("button", name="문의하기")).to_be_visible()
    before = await page.evaluate(styles)
    await page.get_by_role("button", name="문의하기").click()
    await expect(page.locator("warmline-widget iframe")).to_be_visible()
    assert await page.evaluate(styles) == before
    assert await page.evaluate("document.body.children.length") == 2
