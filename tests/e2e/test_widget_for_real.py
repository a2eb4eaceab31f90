"""The widget in a browser against the real sessions, journeys and database: from hello to the last star."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from tests.e2e.conftest import NewPage
from tests.e2e.fake_server import HOST_PAGE, WEB_DIST

from house import House, build
from warmline.features.customers.privacy import Privacy
from warmline.features.customers.service import Customers
from warmline.features.security.audit import Actor


async def host_page(request: Request) -> HTMLResponse:
    return HTMLResponse(HOST_PAGE.format(locale="ko", key="onda"))


@pytest_asyncio.fixture
async def house(database, keyring, committer, feed, notifier) -> AsyncIterator[House]:
    pages = Starlette(
        routes=[Route("/", host_page), Mount("/widget", StaticFiles(directory=WEB_DIST / "widget"))],
    )
    async with build(database, keyring, committer, feed, notifier, pages) as built:
        yield built
    assert not built.failures


async def visit(page: Page, house: House) -> FrameLocator:
    await page.goto(f"http://127.0.0.1:{house.port}/")
    await page.get_by_role("button", name="문의하기").click()
    return page.frame_locator("warmline-widget iframe")


async def test_a_customer_reaches_a_person_and_rates_the_conversation(house: House, new_page: NewPage):
    page = await new_page()
    widget = await visit(page, house)
    desk = await house.desk()
    await desk.take("welcome")
    await expect(widget.get_by_role("heading", name="온다")).to_be_visible()
    await widget.get_by_role("button", name="상담 시작하기").click()
    await expect(widget.get_by_text("안녕하세요, 온다입니다.")).to_be_visible()
    await widget.get_by_role("button", name="상담원").click()
    await expect(widget.get_by_text("상담원 연결을 기다리고 있어요.")).to_be_visible()

    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    contact = await frame.evaluate("localStorage.getItem('warmline:onda:contact')")
    offer = await house.offer(contact)
    desk.send(t="cmd", cid="1", contact=contact, c={"kind": "accept_offer", "offer_id": str(offer)})
    await desk.take("ack")
    await expect(widget.get_by_text("Mina 상담원이 연결되었어요.")).to_be_visible()
    desk.send(
        t="cmd", cid="2", contact=contact, c={"kind": "agent_message", "text": "도와드릴게요.", "attachments": []}
    )
    await desk.take("ack")
    await expect(widget.get_by_text("도와드릴게요.")).to_be_visible()
    box = widget.get_by_role("textbox", name="메시지")
    await box.fill("배송이 늦어요")
    await box.press("Enter")
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    await page.reload()
    await expect(widget.get_by_text("배송이 늦어요")).to_have_count(1)
    await expect(widget.get_by_text("Mina 상담원과 상담 중")).to_be_visible()

    desk.send(t="cmd", cid="3", contact=contact, c={"kind": "agent_ends"})
    await desk.take("ack")
    await expect(widget.get_by_text("상담은 어떠셨나요?")).to_be_visible()
    await widget.locator(".star").nth(4).click()
    await expect(widget.get_by_role("img", name="5 / 5")).to_be_visible()
    await widget.get_by_role("button", name="다시 문의하기").click()
    await expect(widget.get_by_text("이전 상담에서 이어집니다")).to_be_visible()


async def test_a_customer_changes_the_language_and_is_answered_in_it(house: House, new_page: NewPage):
    page = await new_page()
    widget = await visit(page, house)
    await widget.get_by_role("combobox", name="언어").select_option("ja")
    await expect(widget.get_by_role("heading", name="オンダ")).to_be_visible()
    await widget.get_by_role("button", name="チャットを始める").click()
    await expect(widget.get_by_text("こんにちは、オンダです。")).to_be_visible()
    await widget.get_by_role("combobox", name="言語").select_option("en")
    await expect(widget.get_by_text("How can we help?")).to_be_visible()
    await expect(widget.get_by_role("heading", name="Onda")).to_be_visible()


async def test_a_conversation_survives_a_connection_that_the_server_drops(house: House, new_page: NewPage):
    page = await new_page()
    widget = await visit(page, house)
    await widget.get_by_role("button", name="상담 시작하기").click()
    await widget.get_by_role("button", name="상담원").click()
    await expect(widget.get_by_text("상담원 연결을 기다리고 있어요.")).to_be_visible()
    before = await widget.locator(".log > *").count()
    await page.context.set_offline(True)
    box = widget.get_by_role("textbox", name="메시지")
    for text in ("하나", "둘", "셋"):
        await box.fill(text)
        await box.press("Enter")
    await page.context.set_offline(False)
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    await expect(widget.locator(".message-customer .bubble")).to_have_text(["상담원", "하나", "둘", "셋"])
    assert await widget.locator(".log > *").count() == before + 3


async def test_a_customer_who_was_erased_begins_anew_without_reloading(house: House, new_page: NewPage):
    page = await new_page()
    widget = await visit(page, house)
    await widget.get_by_role("button", name="상담 시작하기").click()
    box = widget.get_by_role("textbox", name="메시지")
    await box.fill("제 정보를 모두 지워 주세요")
    await box.press("Enter")
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    await widget.get_by_role("button", name="상담 종료").click()
    await widget.get_by_role("button", name="종료하기").click()
    await expect(widget.get_by_role("button", name="다시 문의하기")).to_be_visible()
    frame = next(frame for frame in page.frames if "panel.html" in frame.url)
    known = await frame.evaluate("localStorage.getItem('warmline:onda:visitor')")
    visitor = await house.rooms.visitors.recognise("onda", known)
    assert visitor is not None
    customers = Customers(house.database, house.rooms.keyring)
    await Privacy(house.database, house.rooms.keyring, customers).erase("onda", Actor("test"), visitor.customer_id)

    await widget.get_by_role("button", name="다시 문의하기").click()
    await expect(widget.get_by_text("안녕하세요, 온다입니다.")).to_have_count(1)
    await expect(widget.get_by_text("제 정보를 모두 지워 주세요")).to_have_count(0)
    await expect(widget.get_by_text("이전 상담에서 이어집니다")).to_have_count(0)
    await box.fill("처음 뵙겠습니다")
    await box.press("Enter")
    await expect(widget.get_by_text("전송됨")).to_be_visible()
    stranger = await frame.evaluate("localStorage.getItem('warmline:onda:visitor')")
    assert stranger != known
    again = await house.rooms.visitors.recognise("onda", stranger)
    assert again is not None
    assert again.contact_id is not None
    assert await frame.evaluate("localStorage.getItem('warmline:onda:contact')") == str(again.contact_id)
