"""How a customer fills in a card of the bot: by keyboard, over a reload, told what is wrong at its place."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect
from tests.e2e.conftest import NewPage, until, violations
from tests.e2e.fake_server import FakeServer
from tests.e2e.test_widget_look import panel
from tests.e2e.test_widget_use import started

Look = Callable[[Page, str], Awaitable[None]]

WAYS = [{"value": "post", "label": "택배로"}, {"value": "shop", "label": "매장에서"}]
FIELDS: list[dict[str, Any]] = [
    {"name": "order", "label": "주문 번호", "kind": "digits"},
    {"name": "way", "label": "보내는 방법", "kind": "choice", "options": WAYS},
    {"name": "wish", "label": "하고 싶은 말", "kind": "text", "required": False, "group": "더 적기"},
]
BUTTONS = [{"value": "send", "label": "접수하기"}, {"value": "later", "label": "나중에"}]


def card(server: FakeServer, text: str = "환불 접수\n몇 가지만 알려 주세요.", **order: str) -> None:
    fields = [FIELDS[0] | order, *FIELDS[1:]]
    server.bot(text, input_kind="form", quick_replies=BUTTONS, form={"fields": fields}, locale="ko")


async def test_a_card_is_filled_in_by_keyboard_over_a_reload_and_says_what_does_not_fit(
    contact_center: FakeServer, new_page: NewPage, picture: Look
):
    contact_center.greeting = card
    page = await new_page()
    keys = page.keyboard
    widget = await started(page, contact_center)
    form = widget.get_by_role("form")
    await expect(form).to_have_accessible_name("환불 접수")
    order, way = form.get_by_label("주문 번호"), form.get_by_label("보내는 방법")
    wish = form.get_by_label("하고 싶은 말")

    await widget.get_by_role("region", name="상담 내용").focus()
    await keys.press("Tab")
    await expect(order).to_be_focused()
    await keys.press("Enter")
    await expect(order).to_have_accessible_description("이 칸을 채워 주세요.")
    await expect(order).to_be_focused()
    await keys.type("4711")
    await keys.press("Tab")
    await keys.press("ArrowDown")
    await expect(way).to_have_value("post")
    await expect(wish).to_be_hidden()
    await keys.press("Tab")
    await keys.press("Enter")
    await keys.press("Tab")
    await expect(wish).to_be_focused()
    await keys.type("문 앞에 둘게요")
    await picture(page, "widget_card_light")
    assert await violations(panel(page)) == []
    await page.emulate_media(color_scheme="dark")
    await picture(page, "widget_card_dark")
    assert await violations(panel(page)) == []

    await page.reload()
    await expect(order).to_have_value("4711")
    await expect(way).to_have_value("post")
    await expect(wish).to_have_value("문 앞에 둘게요")
    await form.get_by_role("button", name="접수하기").press("Enter")
    await until(lambda: contact_center.frames("say") != [])
    assert contact_center.frames("say")[0]["fields"] == {"order": "4711", "way": "post", "wish": "문 앞에 둘게요"}
    await expect(widget.get_by_role("region", name="상담 내용")).to_be_focused()
    assert await panel(page).evaluate("Object.keys(sessionStorage).filter((key) => key.includes('card'))") == []

    card(contact_center, "표시된 칸을 확인해 주세요.", value="4711", problem="숫자 8자리가 필요합니다.")
    await expect(order).to_be_focused()
    await expect(order).to_have_accessible_description("숫자 8자리가 필요합니다.")
    await expect(order).to_have_value("4711")
    await page.set_viewport_size({"width": 390, "height": 780})
    await picture(page, "widget_card_narrow")
