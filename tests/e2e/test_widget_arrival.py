"""A panel or a line that does not arrive: the widget tries anew by itself, and says so when it must give up."""

import asyncio
import re

import pytest
from playwright.async_api import FrameLocator, Page, Route, expect
from tests.e2e.conftest import NewPage, until
from tests.e2e.fake_server import FakeServer

START = {"ko": "상담 시작하기", "ja": "チャットを始める", "en": "Start chat"}
LAUNCHER = {"ko": "문의하기", "ja": "お問い合わせ", "en": "Chat with us"}
FAILED = {
    "ko": "상담 창을 열지 못했어요. 다시 시도하기",
    "ja": "チャットを開けませんでした。もう一度試す",
    "en": "Chat could not open. Try again",
}
PATIENCE_MS = 30_000
PANEL = re.compile(r"/widget/panel\.html")


async def asked_for(page: Page, server: FakeServer, locale: str = "ko") -> FrameLocator:
    await page.goto(f"{server.url}/?locale={locale}")
    await page.get_by_role("button", name=LAUNCHER[locale]).click()
    return page.frame_locator("warmline-widget iframe")


def panels(server: FakeServer) -> int:
    return sum(path.endswith("panel.html") for path in server.fetched)


@pytest.mark.parametrize("ending", ["panel.html", ".js"])
async def test_a_panel_that_was_cut_off_on_its_way_is_fetched_again(
    contact_center: FakeServer, new_page: NewPage, ending: str
):
    page = await new_page()
    await page.goto(f"{contact_center.url}/?locale=ko")
    await expect(page.get_by_role("button", name="문의하기")).to_be_visible()
    contact_center.cut_off = [ending, ending]
    await page.get_by_role("button", name="문의하기").click()
    widget = page.frame_locator("warmline-widget iframe")
    await expect(widget.get_by_role("button", name="상담 시작하기")).to_be_focused(timeout=PATIENCE_MS)
    assert panels(contact_center) == 3


async def test_a_panel_that_never_answers_is_given_up_for_a_new_one(contact_center: FakeServer, new_page: NewPage):
    page = await new_page()
    asked: list[Route] = []

    async def stall(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            await route.continue_()

    await page.route(PANEL, stall)
    widget = await asked_for(page, contact_center)
    # Nothing covers the page meanwhile, and the way back is open.
    await expect(page.locator("warmline-widget iframe")).to_be_hidden()
    await expect(page.get_by_role("button", name="문의하기", expanded=True)).to_be_visible()
    await expect(widget.get_by_role("button", name="상담 시작하기")).to_be_visible(timeout=PATIENCE_MS)
    assert len(asked) == 2


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_after_a_few_tries_the_customer_is_told_and_may_try_again(
    contact_center: FakeServer, new_page: NewPage, locale: str
):
    page = await new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    broken = asyncio.Event()
    broken.set()

    async def refuse(route: Route) -> None:
        await (route.abort("connectionrefused") if broken.is_set() else route.continue_())

    await page.route(PANEL, refuse)
    widget = await asked_for(page, contact_center, locale)
    again = page.get_by_role("button", name=FAILED[locale])
    await expect(again).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.get_by_text(FAILED[locale]).first).to_be_in_viewport()
    await expect(page.locator("warmline-widget").get_by_role("status")).to_have_text(FAILED[locale])
    broken.clear()
    await again.click()
    await expect(widget.get_by_role("button", name=START[locale])).to_be_visible()


async def test_what_the_page_asked_for_is_not_forgotten_while_the_panel_is_fetched_again(
    contact_center: FakeServer, new_page: NewPage
):
    page = await new_page()
    await page.goto(f"{contact_center.url}/?locale=ko")
    await expect(page.get_by_role("button", name="문의하기")).to_be_visible()
    contact_center.cut_off = [".js"]
    await page.evaluate("Warmline('start', {plan: 'gold'})")
    await until(lambda: contact_center.frames("start") != [], within_s=30)
    assert [frame["attributes"] for frame in contact_center.frames("start")] == [{"plan": "gold"}]


async def test_a_line_that_is_answered_by_nobody_is_dialled_anew(contact_center: FakeServer, new_page: NewPage):
    contact_center.silent_hellos = 1
    page = await new_page()
    widget = await asked_for(page, contact_center)
    await widget.get_by_role("button", name="상담 시작하기").click()
    await expect(widget.get_by_text("안녕하세요.")).to_be_visible(timeout=PATIENCE_MS)
    assert contact_center.connections == 2
    assert contact_center.contacts == 1
