"""Calls in the desk: a real microphone, real WebRTC to a second page, and a server played by the test."""

import asyncio
import re
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, ViewportSize, expect
from tests.e2e.calls_stage import CONTACT, SOFIA, Stage, party, ringing, stage_in, two_tones
from tests.e2e.calls_stage import call as call_state
from tests.e2e.calls_stage import card as card_of
from tests.e2e.conftest import AXE, until, violations

Scheme = Literal["light", "dark"]
PHONE = ViewportSize(width=390, height=844)
# What is shown for moments only may come and go between two looks.
NOTES_WHAT_IS_SHOWN = """text => {
  const look = () => { window.wasShown ||= document.body.innerText.includes(text); };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


@pytest_asyncio.fixture
async def stage(audio_context: BrowserContext) -> Stage:
    return await stage_in(audio_context)


def bar(page: Page):
    return page.get_by_role("article", name=re.compile("^Call with"))


async def talking(stage: Stage, **call: object) -> None:
    """Mina is in a call, and the engine hears her."""
    stage.contacts = [card_of()]
    stage.calls = {CONTACT: call_state(**call)}
    await stage.open(f"/desk/{CONTACT}")
    await expect(bar(stage.page).get_by_text("Talking")).to_be_visible()
    await until_heard(stage)


async def until_heard(stage: Stage) -> None:
    """Wait until more of the agent's voice has reached the engine than at this moment."""
    before = await stage.packets()
    async with asyncio.timeout(15):
        while await stage.packets() <= before:
            await asyncio.sleep(0.05)


async def test_audio_is_ready_before_the_call_is_accepted_and_heard_right_after(stage: Stage):
    stage.contacts = [ringing()]
    stage.calls = {CONTACT: call_state(state="waiting")}
    await stage.open()
    offer = stage.page.get_by_role("article", name=re.compile("^Incoming contact"))
    await expect(offer.get_by_text("+82 10-••••-4821")).to_be_visible()
    assert stage.of("call_join") == []
    await stage.page.keyboard.press("a")
    await until(lambda: len(stage.of("call_join")) == 1)
    stage.tell(state="talking")
    joined = stage.of("call_join")[0]
    assert (joined["contact"], joined["mode"]) == (CONTACT, "talk")
    assert re.search(r"m=audio \d+ UDP/TLS/RTP/SAVPF 0 8 9 ", joined["sdp"]), "PCMU, PCMA, G.722 come first"
    assert "a=candidate" in joined["sdp"], "the offer is complete"
    assert "telephone-event" in joined["sdp"]
    await expect(bar(stage.page).get_by_text("Talking")).to_be_visible()
    await until_heard(stage)
    assert await stage.engine.evaluate("window.codec()") == "0"


async def test_muting_holding_and_keys_by_keyboard_alone(stage: Stage):
    await talking(stage)
    page = stage.page
    await page.keyboard.press("m")
    await expect(bar(page).get_by_role("button", name="Unmute")).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("h")
    await until(lambda: len(stage.of("hold")) == 1)
    await expect(bar(page).get_by_text("On hold")).to_be_visible()
    await page.keyboard.press("k")
    keypad = page.get_by_role("region", name="Keypad")
    await expect(keypad.get_by_role("button", name="1")).to_be_focused()
    for key in "12#":
        await page.keyboard.press(key)
    await expect(keypad.get_by_text("12#")).to_be_visible()
    await until(lambda: "".join(one["keys"] for one in stage.of("call_keys")) == "12#")
    await page.keyboard.press("Escape")
    await expect(keypad).to_be_hidden()
    await page.keyboard.press("Control+k")
    await page.get_by_role("textbox", name="Search or command").fill("ask somebody")
    await expect(page.get_by_role("menuitem", name=re.compile("Ask somebody in"))).to_be_visible()


async def test_a_colleague_is_asked_spoken_to_and_left_with_the_caller(stage: Stage):
    await talking(stage)
    page = stage.page
    await bar(page).get_by_role("button", name="Ask somebody in").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Ask somebody in"))
    await dialog.get_by_role("combobox", name="Colleague").fill("Sofia")
    await page.get_by_role("option", name="Sofia Reyes").click()
    await dialog.get_by_role("button", name="Talk first").click()
    await until(lambda: len(stage.of("call_consult")) == 1)
    assert stage.of("call_consult")[0]["to"] == {"agent_id": SOFIA}
    sofia = party("p2", "agent", name="Sofia Reyes", agent_id=SOFIA)
    caller = party("customer", "customer", state="held")
    stage.tell(parties=[caller, sofia | {"state": "ringing"}], talk="consulted")
    strip = page.get_by_role("region", name="Talking with Sofia Reyes")
    await expect(strip.get_by_role("button", name="Stop ringing")).to_be_visible()
    stage.tell(parties=[caller, sofia], talk="consulted")
    await strip.get_by_role("button", name="Everybody").click()
    await until(lambda: [one["with"] for one in stage.of("call_talk")] == ["all"])
    await strip.get_by_role("button", name="Hand over").click()
    handing = page.get_by_role("dialog", name="Hand over to Sofia Reyes")
    await handing.get_by_role("textbox").fill("Wants a new address")
    await handing.get_by_role("button", name="Hand over").click()
    await until(lambda: len(stage.of("call_complete")) == 1)
    assert stage.of("call_complete")[0]["note"] == "Wants a new address"


async def test_the_caller_types_a_card_and_the_desk_sees_how_far_they_are_and_nothing_else(stage: Stage):
    await talking(stage)
    page = stage.page
    await bar(page).get_by_role("button", name="Secure input").click()
    panel = page.get_by_role("region", name="Secure input")
    await panel.get_by_role("button", name="Let the caller type").click()
    await until(lambda: len(stage.of("call_secure")) == 1)
    asked = stage.of("call_secure")[0]
    assert (asked["on"], asked["what"], asked["length"]) == (True, "card", {"least": 13, "most": 19})
    stage.tell(
        secure={"what": "card", "digits": 7, "outcome": None, "masked": None}, recording={"state": "paused"}
    )
    await expect(panel.get_by_text("7 digits typed")).to_be_attached()
    await expect(bar(page).get_by_text("Recording paused")).to_be_visible()
    stage.tell(secure={"what": "card", "digits": 16, "outcome": "done", "masked": "4242"})
    await expect(panel.get_by_text("Typed and checked")).to_be_visible()
    await expect(panel.get_by_text("•••• 4242")).to_be_visible()
    await panel.get_by_role("button", name="Close").click()
    await expect(panel).to_be_hidden()
    stage.tell(quality={"mos": 4.1, "lost_share": 0.0, "jitter_ms": 3.0}, recording={"state": "on"})
    await expect(bar(page).get_by_text("Recording", exact=True)).to_be_visible()
    await expect(panel).to_be_hidden()  # what was closed stays closed
    await bar(page).get_by_role("button", name="Secure input").click()
    await expect(panel.get_by_role("button", name="Let the caller type")).to_be_visible()  # and can be asked again


async def test_a_reload_comes_back_into_the_call_by_itself(stage: Stage):
    await talking(stage)
    await stage.page.reload()
    await until(lambda: len(stage.of("call_join")) == 2)
    await expect(bar(stage.page).get_by_text("Talking")).to_be_visible()
    await until_heard(stage)


async def test_a_broken_way_is_replaced_while_the_caller_hears_music(stage: Stage):
    await talking(stage)
    await stage.page.evaluate(NOTES_WHAT_IS_SHOWN, "Reconnecting. The caller hears music meanwhile.")
    await stage.engine.evaluate("window.cut()")
    # A browser takes its time to find that nothing comes any more, longer on a busy machine; the rest is quick.
    await stage.page.wait_for_function("window.wasShown", timeout=60_000)
    await until(lambda: len(stage.of("call_join")) == 2, 20)
    await expect(bar(stage.page).get_by_text("Talking")).to_be_visible()
    await until_heard(stage)


async def test_where_the_phone_cannot_be_fetched_the_desk_goes_on_and_says_what_to_do(stage: Stage):
    stage.contacts = [card_of(channel="webchat")]
    stage.missing = {"CallDock-"}
    await stage.open(f"/desk/{CONTACT}")
    told = stage.page.get_by_text("Part of this page could not be loaded")
    await expect(told).to_be_visible()
    await expect(stage.page.get_by_role("textbox", name="Reply to the customer")).to_be_visible()
    stage.missing = set()
    stage.calls = {CONTACT: call_state()}
    await stage.page.get_by_role("button", name="Reload").click()
    await expect(bar(stage.page).get_by_text("Talking")).to_be_visible()
    await expect(told).to_have_count(0)


async def test_without_a_microphone_the_desk_says_what_to_do(stage: Stage):
    stage.contacts = [card_of()]
    stage.calls = {CONTACT: call_state(state="waiting")}
    await stage.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    await stage.open(f"/desk/{CONTACT}")
    alert = stage.page.get_by_role("alert").filter(has_text="The microphone is blocked.")
    await expect(alert).to_contain_text("Allow it at the lock icon in the address bar, then try again.")
    assert stage.of("call_join") == []
    await expect(alert.get_by_role("button", name="Try again")).to_be_visible()


async def test_a_second_window_leaves_the_call_to_the_first_until_it_is_asked_to_take_it(
    stage: Stage, audio_context: BrowserContext
):
    await talking(stage)
    second = Stage(await audio_context.new_page(), stage.engine)
    second.contacts, second.calls = stage.contacts, dict(stage.calls)
    await second.open(f"/desk/{CONTACT}")
    await expect(second.page.get_by_text("This call is in another window.")).to_be_visible()
    assert second.of("call_join") == []
    await second.page.get_by_role("button", name="Take it here").click()
    await until(lambda: len(second.of("call_join")) == 1)
    await expect(bar(second.page).get_by_text("Talking")).to_be_visible()
    await expect(stage.page.get_by_text("This call is in another window.")).to_be_visible()


async def test_ending_a_call_closes_the_line_at_once(stage: Stage):
    await talking(stage)
    await stage.page.keyboard.press("e")
    await until(lambda: len(stage.of("agent_ends")) == 1)
    ended = card_of(status="ended", agent_id=None, wrap_up={"due_at": None})
    stage.tell(state="ended")
    stage.send({"t": "card", "card": ended})
    await expect(bar(stage.page)).to_be_hidden()
    await until_silent(stage)


async def until_silent(stage: Stage) -> None:
    """Wait until the agent's side has closed its connection."""
    async with asyncio.timeout(15):
        while await stage.engine.evaluate("window.legs.at(-1).connectionState") == "connected":
            await asyncio.sleep(0.05)


async def test_a_number_is_dialled_from_anywhere(stage: Stage):
    await stage.open("/search")
    await expect(stage.page.get_by_role("heading", level=1)).to_be_visible()
    await stage.page.locator("main").click()
    async with asyncio.timeout(15):
        while not await stage.page.get_by_role("dialog", name="Call a number").is_visible():
            await stage.page.keyboard.press("d")
            await asyncio.sleep(0.2)
    dialog = stage.page.get_by_role("dialog", name="Call a number")
    await dialog.get_by_role("textbox", name="Phone number").fill("010-1234-5678")
    await stage.page.keyboard.press("Enter")
    await until(lambda: [one["to"] for one in stage.of("call_dial")] == ["010-1234-5678"])
    await expect(stage.page).to_have_url(re.compile(CONTACT))


async def test_a_colleagues_question_rings_and_is_answered_with_audio(stage: Stage):
    await stage.open("/desk")
    await expect(stage.page.get_by_role("main")).to_be_visible()
    await until(lambda: len(stage.of("hello")) == 1)
    asks = {"from": {"agent_id": SOFIA, "name": "Sofia Reyes"}, "customer": {"id": "c", "name": "김서연"}}
    stage.send({"t": "call_ring", "contact": CONTACT} | asks)
    ring = stage.page.get_by_role("article", name="Sofia Reyes asks you in on a call")
    await expect(ring.get_by_text("Caller: 김서연")).to_be_visible()
    await expect(stage.page).to_have_title(re.compile("☎"))
    await ring.get_by_role("button", name="Answer").click()
    await until(lambda: len(stage.of("call_join")) == 1)
    stage.send({"t": "call_unring", "contact": CONTACT})
    await until_heard(stage)
    await stage.page.get_by_role("button", name="Leave the call").click()
    await until(lambda: len(stage.of("call_leave")) == 1)


BOARD_CONTACT = {
    "id": CONTACT, "status": "connected", "queue_id": "orders", "since_at": "2026-11-22T09:00:00Z",
    "customer": {"id": "c", "name": "김서연", "known": True}, "channel": "voice",
}  # fmt: skip


async def test_a_supervisor_listens_whispers_and_barges_in_from_the_board(stage: Stage):
    stage.roles = ["supervisor"]
    stage.calls = {CONTACT: call_state(parties=[party("p1", "agent", name="Sofia Reyes", agent_id=SOFIA)])}
    await stage.open("/live")
    await until(lambda: len(stage.of("board")) > 0)
    agent = {
        "id": SOFIA, "name": "Sofia Reyes", "presence": "available", "reason": None,
        "since_at": "2026-11-22T09:00:00Z", "load": {"voice": 1}, "capacity": {"voice": 1}, "adherence": None,
        "contacts": [BOARD_CONTACT],
    }  # fmt: skip
    counts = ("open", "owned", "queued", "journey", "survey", "callback", "wrap_up", "orphans", "repaired_today")
    ledger = dict.fromkeys(counts, 0) | {"checked_at": None}
    board = {"at": "2026-11-22T09:00:00Z", "queues": [], "agents": [agent], "waiting": [], "ledger": ledger}
    stage.send({"t": "board", "board": board})
    page = stage.page
    agents = page.get_by_role("tab", name="Agents")
    if await agents.is_visible():
        await agents.click()
    await page.get_by_role("button", name="Listen to Sofia Reyes").click()
    await until(lambda: [one["mode"] for one in stage.of("call_join")] == ["listen"])
    panel = page.get_by_role("region", name="Call you are in")
    await expect(panel.get_by_text("Nobody hears you.")).to_be_visible()
    await expect(panel.get_by_text("Talking")).to_be_visible()
    await panel.get_by_role("button", name="Whisper").click()
    await until(lambda: [one["mode"] for one in stage.of("call_mode")] == ["whisper"])
    await expect(panel.get_by_text("Only the agent hears you.")).to_be_visible()
    await until_heard(stage)
    await page.evaluate(AXE.read_text())
    assert await violations(page) == []
    await panel.get_by_role("button", name="Leave").click()
    await until(lambda: len(stage.of("call_leave")) == 1)
    await expect(panel).to_be_hidden()


async def test_a_recording_is_opened_with_a_reason_and_played_by_keyboard(stage: Stage):
    stage.contacts = [card_of()]
    stage.calls = {CONTACT: call_state(state="ended")}
    recording = {
        "id": "r1", "started_at": "2026-11-22T09:00:00Z", "seconds": 20.0, "state": "ready",
        "transcript": "안녕하세요, 배송이 늦어요.",
    }  # fmt: skip
    stage.answers[f"/contacts/{CONTACT}/recordings"] = {"items": [recording]}
    peaks = [[0.1, 0.9, 0.3, 0.5], [0.4, 0.1, 0.8, 0.2]]
    stage.answers["/recordings/r1/open"] = {"url": "/api/recordings/r1/audio", "peaks": peaks}
    stage.answers["/recordings/r1/audio"] = two_tones(20)
    await stage.open(f"/desk/{CONTACT}")
    await until(lambda: len(stage.of("hello")) == 1)
    stage.happened(kind="recording_ended", recording_id="r1", seconds=20.0)
    page = stage.page
    await page.get_by_role("button", name=re.compile("^Recording of")).click()
    dialog = page.get_by_role("dialog", name="Why open this recording?")
    confirm = dialog.get_by_role("button", name="Open the recording")
    await expect(confirm).to_be_disabled()
    await dialog.get_by_role("radio", name="Another reason").check()
    await expect(confirm).to_be_disabled()
    await dialog.get_by_role("textbox").fill("The caller asked for it")
    await confirm.press("Enter")
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
    await expect(page.get_by_role("group", name=re.compile("^Recording of"))).to_be_focused()
    assert stage.posted[-1] == ("/recordings/r1/open", {"reason": "The caller asked for it"})
    position = page.get_by_role("slider", name="Position")
    await position.focus()
    await page.keyboard.press("ArrowRight")
    await expect(position).to_have_attribute("aria-valuetext", "0:05 / 0:20")
    await page.keyboard.press(" ")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await page.get_by_role("button", name="Caller", exact=True).click()
    await page.get_by_text("Transcript").click()
    await expect(page.get_by_text("안녕하세요, 배송이 늦어요.")).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
async def test_a_call_keeps_nobody_out_in_any_language_or_theme(
    stage: Stage, picture, locale: str, scheme: Scheme
):
    await stage.page.emulate_media(color_scheme=scheme)
    stage.contacts = [card_of()]
    sofia = party("p2", "agent", name="Sofia Reyes", agent_id=SOFIA)
    stage.calls = {
        CONTACT: call_state(
            parties=[party("customer", "customer", state="held"), sofia],
            talk="consulted",
            quality={"mos": 3.4, "lost_share": 0.04, "jitter_ms": 30},
        )
    }
    await stage.open(f"/desk/{CONTACT}", locale=locale)
    await expect(stage.page.get_by_text("Sofia Reyes").first).to_be_visible()
    await until(lambda: len(stage.of("call_join")) == 1)
    await stage.page.keyboard.press("k")
    await expect(stage.page.get_by_role("button", name="#", exact=True)).to_be_visible()
    await picture(stage.page, f"calls_{locale}_{scheme}")
    assert await violations(stage.page) == []
    await stage.page.set_viewport_size(PHONE)
    await picture(stage.page, f"calls_{locale}_{scheme}_phone")
    assert await stage.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_devices_are_chosen_and_tried_in_ones_own_settings(stage: Stage, picture):
    await stage.open("/me")
    page = stage.page
    panel = page.get_by_role("region", name="Call devices")
    await panel.get_by_role("button", name="Try the microphone").click()
    await expect(panel.get_by_text("You can be heard.")).to_be_visible()
    await panel.get_by_role("button", name="Stop the test").click()
    assert await violations(page) == []
    await picture(page, "calls_devices")
    await panel.get_by_role("button", name="My desk phone").click()
    await expect(panel.get_by_text("When you accept a call, your phone rings.")).to_be_visible()
    stage.send({"t": "card", "card": card_of()})
    stage.tell(state="waiting")
    await expect(bar(page)).to_be_visible()
    assert stage.of("call_join") == []
