"""A customer calls, by real SIP and real audio, through every process of the house; a desk phone answers."""

import asyncio
import re
import time
from itertools import pairwise
from uuid import UUID

import httpx
from tests.e2e.voice_house import (
    MENU,
    MESSAGE,
    NOBODY,
    PERSON,
    PHONE_EXTENSION,
    PROMISED,
    VoiceHouse,
)
from tests.e2e.voice_people import CALLER, DeskAgent, Person, Town, until

from media.tones import loudness_db, tone
from warmline.media.recording_reader import RecordingReader
from warmline_demo.content.telephone import PREFIX

BARGED_S = 0.2
SILENT_PACKETS = 4  # 80 ms: the pause in which a prompt has stopped


def quiet_after(person: Person, at: float) -> float | None:
    """When a pause began that was heard after a moment, in seconds from there."""
    packets = [one for one in person.peer.audio() if one.at >= at]
    quiet = [loudness_db(person.peer._decoder(one.payload)) < -50 for one in packets]
    for place in range(len(packets) - SILENT_PACKETS):
        if all(quiet[place : place + SILENT_PACKETS]):
            return packets[place].at - at
    return None


async def test_a_caller_keys_into_the_prompt_answers_a_question_waits_with_music_and_is_held_and_resumed(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    caller = await town.calls(MENU, hz=440)
    await caller.hears_sound()
    await until(lambda: len(caller.peer.audio()) > 100, "the long prompt is being said")
    caller.press("2")
    pressed = time.monotonic()
    stopped = await until(lambda: quiet_after(caller, pressed), "the prompt stopped")
    assert stopped <= BARGED_S
    await until(lambda: time.monotonic() > pressed + 0.5 and caller.peer.audio(), "the key was heard")
    await caller.hears_sound()
    caller.press(*"4711")

    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)
    await caller.hears(1000)
    await phone.hears(440)
    assert agent.cards[contact]["assurance"] == 0  # a number is a hint, never an identity

    await agent.orders(contact, "hold")
    await caller.hears_sound(ms=600)
    await phone.peer.hears_silence()
    await until(lambda: not caller.peer.hears_now(1000), "music instead of the agent")
    await agent.orders(contact, "resume")
    await caller.hears(1000)
    await phone.hears(440)

    await agent.finishes(contact)
    assert (await caller.until_ended()).cause == 16
    await phone.until_ended()
    events = await agent.history(contact)
    asked = [one for one in events if one["kind"] == "message_sent" and one["author"] == "bot"]
    said = [one["text"] for one in events if one["kind"] == "message_sent" and one["author"] == "customer"]
    assert any("four digits" in one["text"] for one in asked)
    assert said == ["your account", "4711"]
    kinds = [one["kind"] for one in events]
    for earlier, later in pairwise(
        ["call_started", "call_answered", "contact_queued", "agent_joined", "customer_held", "customer_resumed",
         "contact_ended"]
    ):  # fmt: skip
        assert kinds.index(earlier) < kinds.index(later)
    assert "call_ended" in kinds


async def test_a_caller_hears_music_in_line_until_somebody_is_there(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    first = await town.calls(PERSON, hz=440)
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)
    await first.hears(1000)
    second = await town.calls(PERSON, hz=600, own=f"{PREFIX}124")  # everybody who is there talks
    waited_since = time.monotonic()
    await until(lambda: time.monotonic() > waited_since + 8 and second.peer.audio(), "they waited a while")
    assert second.longest_gap_s(waited_since) < 3.0
    await agent.finishes(contact)
    await first.until_ended()
    await phone.until_ended()
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=1200)
    await second.hears(1200)
    await phone.hears(600)
    await second.hang_up()
    await phone.until_ended()
    await agent.wraps_up(contact)
    assert (await agent.history(contact))[-1]["kind"] in ("contact_ended", "wrap_up_finished", "call_ended")


async def test_an_offer_ends_at_once_when_the_caller_hangs_up(house: VoiceHouse, town: Town, agent: DeskAgent):
    caller = await town.calls(PERSON)
    card = await agent.is_offered()
    await caller.hang_up()
    gone = time.monotonic()
    await until(lambda: card["id"] not in agent.cards, "the offer is gone")
    assert time.monotonic() - gone < 2.0


async def test_a_desk_phone_that_stops_ringing_is_not_left_ringing(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    caller = await town.calls(PERSON)
    contact = await agent.accepts()
    incoming = await town.is_called(PHONE_EXTENSION)
    ends: list[object] = []
    incoming.call.on_ended = ends.append
    await caller.hang_up()
    await until(lambda: ends, "the desk phone stopped ringing")
    await agent.wraps_up(contact)
    assert contact not in agent.cards or agent.cards[contact]["status"] == "ended"


async def test_a_message_is_left_when_nobody_is_there_waits_in_the_list_and_holds_what_was_said(
    house: VoiceHouse, town: Town
):
    before = await house.contacts()
    caller = await town.calls(NOBODY)
    await caller.hears(1000)  # the beep
    await until(lambda: not caller.peer.hears_now(1000), "the beep is over")
    caller.peer.say(440)
    spoke = time.monotonic()
    await until(lambda: time.monotonic() > spoke + 2.5, "they spoke")
    caller.peer.say()
    caller.press("#")
    await caller.until_ended()
    contact = await house.newest_contact(before)
    assert contact is not None
    leader = await DeskAgent.open(house, "supervisor@onda.example")
    events: list[str] = []
    async with asyncio.timeout(20):
        while "voicemail_left" not in events:
            events = [one["kind"] for one in await leader.history(contact)]
    leader.leave()
    opened = await house.recording_of(contact)
    with RecordingReader(opened.path, opened.key) as reader:
        heard = [second[:, 0] for second in reader.pcm()]
    assert any(loudness_db(second) > -25 for second in heard)
    assert any(_has(second, 440) for second in heard)
    cookie = await house.sign_in("supervisor@onda.example")
    async with httpx.AsyncClient(base_url=house.base_url, headers={"Cookie": cookie}, trust_env=False) as desk:
        listed = (await desk.get("/api/messages")).json()["items"]
    [message] = [one for one in listed if one["contact_id"] == str(contact)]
    assert (message["id"], message["stage"], message["heard"]) == (str(opened.id), "open", None)
    assert message["number"] == CALLER, "whom to call back"


def _has(samples: object, hz: float) -> bool:
    from media.tones import level_db

    return level_db(samples, hz) > -30  # type: ignore[arg-type]


async def test_a_promised_call_dials_itself_when_it_is_accepted_and_both_hear_each_other(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    caller = await town.calls(PROMISED)
    await caller.hears_sound()  # that they will be called
    assert (await caller.until_ended()).by == "them"
    contact = await agent.accepts(lambda card: card["callback"] is not None)
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)  # nobody has pressed anything
    ringing = await town.is_called(CALLER)
    await agent.call_is(contact, lambda call: call["state"] == "ringing", "the desk shows that it rings")
    customer = await town.answers(ringing, hz=440)
    await phone.hears(440)
    await customer.hears(1000)
    customer.peer.say()  # who goes on and on would be a machine
    await until(
        lambda: any(one["kind"] == "callback_closed" for one in agent.events.get(contact, {}).values()),
        "the promise was kept",
    )
    await agent.finishes(contact)
    await customer.until_ended()
    closed = [one["outcome"] for one in await agent.history(contact) if one["kind"] == "callback_closed"]
    assert closed == ["reached"]


async def test_a_promised_call_to_a_busy_line_is_written_down_and_stays_promised(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    number = f"{PREFIX}209"
    caller = await town.calls(PROMISED, own=number)
    await caller.hears_sound()
    await caller.until_ended()
    town.busy.add(number)
    contact = await agent.accepts(lambda card: card["callback"] is not None)
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)
    await phone.until_ended()
    await until(lambda: not agent.has(contact), "somebody calls them later")
    events = await agent.history(contact)
    assert [one["outcome"] for one in events if one["kind"] == "call_failed"] == ["busy"]
    assert [one["outcome"] for one in events if one["kind"] == "callback_tried"] == ["busy"]
    [row] = await house.rows("SELECT status FROM contact WHERE tenant_id = 'onda' AND id = $1", UUID(contact))
    assert row["status"] == "callback"


async def test_an_agent_calls_somebody_hears_it_ring_and_both_hear_each_other(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    number = f"{PREFIX}200"
    contact = (await agent.does("call_dial", to=number))["contact"]
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)
    ringing = await town.is_called(number)
    await phone.hears_sound()  # ringback
    assert not phone.peer.hears_now(440)
    customer = await town.answers(ringing, hz=440)
    await phone.hears(440)
    await customer.hears(1000)
    await customer.hang_up()
    await phone.until_ended()
    await agent.wraps_up(contact)
    facts = [one for one in await agent.history(contact) if one["kind"].startswith("call_")]
    assert facts[0]["direction"] == "outbound"
    assert "call_answered" in [one["kind"] for one in facts]


async def test_a_busy_line_is_the_result_of_an_agents_call(house: VoiceHouse, town: Town, agent: DeskAgent):
    number = f"{PREFIX}201"
    town.busy.add(number)
    contact = (await agent.does("call_dial", to=number))["contact"]
    phone = await town.picks_up(PHONE_EXTENSION, hz=1000)
    await agent.call_is(contact, lambda call: call["result"] == "busy", "the line was busy")
    await phone.until_ended()
    await agent.wraps_up(contact)
    failed = [one for one in await agent.history(contact) if one["kind"] == "call_failed"]
    assert [one["outcome"] for one in failed] == ["busy"]


async def test_the_gate_refuses_a_premium_number_before_anything_is_dialled(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    contact = None
    answer = await agent.asks("call_dial", to="060-700-1234")
    if answer["t"] == "ack":
        contact = answer["contact"]
        phone = await town.picks_up(PHONE_EXTENSION)
        await agent.call_is(contact, lambda call: call["result"] == "refused", "the gate refused")
        await phone.until_ended()
        await agent.wraps_up(contact)
    else:
        assert re.match(r"outbound\.|invalid", answer["code"])
    spent = await house.rows("SELECT 1 FROM outbound_call WHERE tenant_id = 'onda' AND contact_id = $1", contact)
    assert not spent


async def test_who_hangs_up_after_speaking_has_left_a_message_and_the_journey_says_what_follows(
    house: VoiceHouse, town: Town
):
    before = await house.contacts()
    caller = await town.calls(NOBODY)
    await caller.hears(1000)
    await until(lambda: not caller.peer.hears_now(1000), "the beep is over")
    caller.peer.say(440)
    spoke = time.monotonic()
    await until(lambda: time.monotonic() > spoke + 2.5, "they spoke")
    await caller.hang_up()
    contact = await house.newest_contact(before)
    ended = "SELECT disconnect_reason FROM contact WHERE tenant_id = 'onda' AND id = $1 AND status = 'ended'"
    async with asyncio.timeout(20):
        while not (rows := await house.rows(ended, contact)):
            await asyncio.sleep(0.05)
    assert rows[0]["disconnect_reason"] == "message_taken"


async def test_in_the_voicemail_of_a_number_the_beep_comes_after_the_words(house: VoiceHouse, town: Town):
    caller = await town.calls(MESSAGE)
    await caller.hears_sound()
    await caller.hears(1000, within_s=20)
    assert len(tone(1000, ms=20)) == 160
    await caller.hang_up()
    assert caller.ended is None or caller.ended.by in ("us", "them")
