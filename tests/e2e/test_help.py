"""Help as customers meet it: a page that needs no script, and help beside a field of a form."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage, violations

Picture = Callable[[Page, str], Awaitable[None]]


async def test_somebody_without_scripts_is_interviewed_and_keeps_their_list(
    product: str, new_page: NewPage, picture: Picture
):
    arrived = datetime.now(ZoneInfo("Asia/Seoul")).date() - timedelta(days=7)
    until = arrived + timedelta(days=30)
    deadline = f"{until.year}년 {until.month}월 {until.day}일"
    page = await new_page(
        java_script_enabled=False, locale="ko-KR", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    await page.goto(f"{product}/help")
    await page.get_by_role("searchbox").fill("배송비")
    await page.get_by_role("button", name="찾기").click()
    await page.get_by_role("link", name="반품할 수 있나요?").click()
    await picture(page, "help_ko_phone_start")
    await page.get_by_role("button", name="생활용품·가구").click()
    await page.get_by_role("button", name="마음이 바뀌었어요").click()
    await page.get_by_role("button", name="30일이 지나지 않았어요").click()
    await page.get_by_label("아니요, 그대로예요").check()
    await page.get_by_label("받으신 날짜").fill(arrived.isoformat())
    await picture(page, "help_ko_phone_form")
    await page.get_by_role("button", name="계속").click()
    await expect(page.get_by_role("heading", name=f"{deadline}까지 반품하실 수 있어요")).to_be_visible()
    await picture(page, "help_ko_phone_list")
    async with page.expect_download() as loading:
        await page.get_by_role("link", name="텍스트 파일로 저장").click()
    kept = (await (await loading.value).path()).read_text()
    assert deadline in kept
    await page.get_by_role("button", name="네, 도움이 됐어요").click()
    await expect(page.get_by_text("도움이 되어 기뻐요")).to_be_visible()

    await page.go_back()
    await page.go_back()
    await expect(page.get_by_label("받으신 날짜")).to_be_visible()
    await page.get_by_label("네, 뜯었어요").check()
    await page.get_by_role("button", name="계속").click()
    await expect(page.get_by_role("heading", name="일부 금액을 빼고")).to_be_visible()
    await page.get_by_role("button", name="상담원에게 물어보기").click()
    await expect(page.get_by_role("link", name="+82").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_help_opens_at_a_field_closes_with_escape_and_leads_on_to_people(
    product: str, new_page: NewPage, picture: Picture, scheme: str
):
    page = await new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    await page.goto(f"{product}/demo/shop/return.html?lang=en")
    ask = page.get_by_role("button", name="Where is it?")
    await ask.focus()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Help: Where is it?")
    help_page = page.frame_locator("iframe[title=Help]")
    number = await page.get_by_label("Order number").input_value()
    await expect(help_page.get_by_text(f"You have entered “{number}”")).to_be_visible()
    await expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    assert await violations(page) == []
    await picture(page, f"help_field_{scheme}")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(ask).to_be_focused()

    await page.get_by_role("button", name="Can I return this?").click()
    await help_page.get_by_role("button", name="Something engraved").click()
    await expect(help_page.get_by_role("heading", name="Why would you like")).to_be_visible()
    inside = next(frame for frame in page.frames if "/help/" in frame.url)
    assert await violations(inside) == []
    await help_page.get_by_role("button", name="I changed my mind").click()
    await expect(help_page.get_by_role("heading", name="What was made for you")).to_be_visible()
    await help_page.get_by_role("button", name="Talk to us").click()
    await expect(dialog).to_have_count(0)
    chat = page.frame_locator("warmline-widget iframe")
    await expect(chat.locator(".message-bot").first).to_be_visible()
    await page.goto(f"{product}/help/en/returns")
    await expect(page.locator("warmline-widget")).to_be_attached()
    assert await violations(page) == []
    await picture(page, f"help_page_{scheme}")
