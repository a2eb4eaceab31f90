"""What the widget looks like, for people to look at, and that it is accessible while it does."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Frame, FrameLocator, Page
from tests.e2e.conftest import NewPage, until, violations
from tests.e2e.fake_server import FakeServer

WORDS = {
    "ko": (
        "안녕하세요, 온다입니다. 무엇을 도와드릴까요?",
        ["주문 조회", "환불 요청", "비밀번호 재설정", "상담원 연결"],
    ),
    "ja": (
        "オンダでございます。ご用件をお選びください。",
        ["注文状況", "返金のご依頼", "パスワード再設定", "オペレーター"],
    ),
    "en": ("Hello, this is Onda. What can we do for you?", ["Order status", "Refund", "Reset password", "Agent"]),
}
START = {"ko": "상담 시작하기", "ja": "チャットを始める", "en": "Start chat"}
LAUNCHER = {"ko": "문의하기", "ja": "お問い合わせ", "en": "Chat with us"}


async def open_widget(page: Page, url: str, locale: str = "ko") -> FrameLocator:
    await page.goto(f"{url}/?locale={locale}")
    await page.get_by_role("button", name=LAUNCHER[locale]).click()
    return page.frame_locator("warmline-widget iframe")


def panel(page: Page) -> Frame:
    return next(frame for frame in page.frames if "panel.html" in frame.url)


def greet(locale: str) -> Callable[[FakeServer], None]:
    text, choices = WORDS[locale]
    replies = [{"value": str(n), "label": label} for n, label in enumerate(choices)]
    return lambda server: server.bot(text, quick_replies=replies, input_kind="choice", locale=locale)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_every_moment_of_a_conversation_is_accessible(
    contact_center: FakeServer,
    new_page: NewPage,
    picture: Callable[[Page, str], Awaitable[None]],
    locale: str,
    scheme: str,
):
    contact_center.greeting = greet(locale)
    page = await new_page(color_scheme=scheme, viewport={"width": 1100, "height": 820})
    widget = await open_widget(page, contact_center.url, locale)
    await widget.get_by_role("button", name=START[locale]).wait_for()
    name = f"widget_{locale}_{scheme}"
    await picture(page, f"{name}_1_home")
    assert await violations(panel(page)) == []

    await widget.get_by_role("button", name=START[locale]).click()
    await widget.get_by_role("button", name=WORDS[locale][1][0]).wait_for()
    await picture(page, f"{name}_2_choices")
    assert await violations(panel(page)) == []

    await widget.get_by_role("button", name=WORDS[locale][1][3]).click()
    await until(lambda: len(contact_center.said()) == 1)
    contact_center.bot("https://onda.example/help — PIN?", input_kind="secret", locale="en")
    await widget.locator("input[type=password]").fill("1234")
    await picture(page, f"{name}_3_secret")
    assert await violations(panel(page)) == []

    await widget.locator("input[type=password]").press("Enter")
    await until(lambda: len(contact_center.said()) == 2)
    contact_center.happen({"kind": "identity_verified"})
    contact_center.queue(position=3, wait_s=(120, 240))
    await widget.locator(".queue").wait_for()
    await picture(page, f"{name}_4_queue")
    assert await violations(panel(page)) == []

    contact_center.join("김민아" if locale == "ko" else "田中 美咲" if locale == "ja" else "Maria Lopez")
    contact_center.agent(WORDS[locale][0], name=contact_center.contact.agent, locale=locale)  # pyright: ignore
    contact_center.broadcast({"t": "typing", "on": True, "author": "agent"})
    await widget.locator(".write").fill(WORDS[locale][1][0])
    await widget.locator(".write").press("Enter")
    await until(lambda: len(contact_center.said()) == 3)
    contact_center.broadcast({"t": "read", "seq": contact_center.contact.seq})  # pyright: ignore
    await widget.locator(".seen").wait_for()
    await picture(page, f"{name}_5_agent")
    assert await violations(panel(page)) == []

    contact_center.survey()
    stars = [{"value": str(n), "label": f"{n}"} for n in range(1, 6)]
    contact_center.bot(WORDS[locale][0], quick_replies=stars, input_kind="score", locale=locale)
    await widget.locator(".star").nth(3).hover()
    await picture(page, f"{name}_6_survey")
    assert await violations(panel(page)) == []

    await widget.locator(".star").nth(3).click()
    await until(lambda: len(contact_center.said()) == 4)
    contact_center.end()
    await widget.locator(".footer button").wait_for()
    await picture(page, f"{name}_7_ended")
    assert await violations(panel(page)) == []
