"""A call by keyboard alone, in Korean, on a phone's width: focus is where the work is, from offer to outcome."""

import re

import pytest_asyncio
from playwright.async_api import BrowserContext, Locator, Page, expect
from tests.e2e.calls_stage import CONTACT, MINA, SOFIA, Stage, now, party, ringing, stage_in
from tests.e2e.calls_stage import call as call_state
from tests.e2e.calls_stage import card as card_of
from tests.e2e.conftest import until, violations

NAMES = {"ko": "해결됨", "ja": "解決", "en": "Solved"}
WRAP_UP = {"agent_id": MINA, "due_at": now(-60)}


@pytest_asyncio.fixture
async def stage(audio_context: BrowserContext) -> Stage:
    """An agent's phone, with a caller who rings."""
    stage = await stage_in(audio_context)
    await stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.contacts = [ringing()]
    stage.calls = {CONTACT: call_state(state="waiting")}
    queue = {"id": "orders", "name": NAMES, "dispositions": [{"id": "solved", "name": NAMES}]}
    stage.answers["/queues"] = {"items": [queue]}
    return stage


async def press(control: Locator, key: str = "Enter") -> None:
    """Go to a control as Tab would, and press it."""
    await control.focus()
    await control.page.keyboard.press(key)


def bar(page: Page) -> Locator:
    return page.get_by_role("article", name=re.compile("통화$"))


async def test_a_call_is_accepted_muted_held_keyed_into_asked_about_and_ended_and_focus_is_never_lost(
    stage: Stage,
):
    page = stage.page
    await stage.open(locale="ko")
    await press(page.get_by_role("button", name=re.compile("^받기")))
    await until(lambda: len(stage.of("accept_offer")) == 1)
    await expect(bar(page)).to_be_focused()
    stage.tell(state="talking")
    await expect(bar(page).get_by_text("통화 중")).to_be_visible()

    await page.keyboard.press("m")
    await expect(bar(page).get_by_role("button", name="음소거 해제")).to_be_visible()
    await page.keyboard.press("h")
    await until(lambda: len(stage.of("hold")) == 1)
    await press(bar(page).get_by_role("button", name="키패드"))
    await page.keyboard.type("12#")
    await until(lambda: [one["keys"] for one in stage.of("call_keys")] == ["1", "2", "#"])
    await page.keyboard.press("Escape")
    await expect(bar(page).get_by_role("button", name="키패드")).to_be_focused()

    # What was pressed goes away; focus stays with the call.
    await press(bar(page).get_by_role("button", name="안전 입력"))
    await press(bar(page).get_by_role("button", name="입력 받기"))
    stage.tell(secure={"what": "card", "digits": 3, "outcome": None})
    await expect(bar(page)).to_be_focused()
    await press(bar(page).get_by_role("button", name="입력 취소"))
    stage.tell(secure={"what": "card", "digits": 3, "outcome": "cancelled"})
    await expect(bar(page)).to_be_focused()

    sofia = party("p1", "agent", name="Sofia Reyes", agent_id=SOFIA, state="talking")
    stage.tell(parties=[party("customer", "customer", state="held"), sofia], talk="consulted")
    await press(bar(page).get_by_role("button", name="내보내기"))
    stage.tell(parties=[party("customer", "customer")], talk="customer")
    await expect(bar(page)).to_be_focused()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await violations(page) == []

    await press(bar(page).get_by_role("button", name="전화 끊기"))
    await until(lambda: len(stage.of("agent_ends")) == 1)
    stage.send({"t": "card", "card": card_of(status="wrap_up", wrap_up=WRAP_UP)})
    wrap_up = page.get_by_role("region", name="마무리")
    await expect(wrap_up).to_be_focused()
    solved = wrap_up.get_by_role("radio", name="해결됨")
    await expect(solved).to_be_visible()  # the queue's outcomes are fetched
    await page.keyboard.press("Tab")
    await expect(solved).to_be_focused()
    await page.keyboard.press("Space")
    await expect(solved).to_be_checked()
    await page.keyboard.press("Control+Enter")
    await until(lambda: len(stage.of("finish_wrap_up")) == 1)
    stage.send({"t": "gone", "contact": CONTACT})
    await expect(wrap_up).to_be_hidden()
    await expect(page.get_by_role("main")).to_be_focused()
