"""Several people in one call: colleagues who are asked, take over or join in, supervisors who listen and whisper.

Every agent is a page of a real Chromium; the caller is a real telephone. Each sings a tone of their own:
who hears whom is measured at every end.
"""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser
from tests.e2e.browser_phone import voice_browser
from tests.e2e.voice_house import LEADER, MINA, PERSON, PHONE, PHONE_EXTENSION, SOFIA, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Town, until
from tests.e2e.voice_softphone import SoftPhone

CALLER_HZ, MINA_HZ, SOFIA_HZ, LEADER_HZ = 440.0, 1000.0, 1400.0, 1800.0


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def chromium(chromium_path: str) -> AsyncIterator[Browser]:
    async with voice_browser(chromium_path) as browser:
        yield browser


class Seat:
    """An agent with a browser."""

    def __init__(self, desk: DeskAgent, phone: SoftPhone) -> None:
        self.desk = desk
        self.phone = phone

    async def leave(self) -> None:
        await self.desk.goes_home()
        await self.phone.close()


async def seat(house: VoiceHouse, chromium: Browser, email: str, hz: float) -> Seat:
    return Seat(await DeskAgent.open(house, email), await SoftPhone.open(chromium, house, hz))


@pytest_asyncio.fixture
async def mina(house: VoiceHouse, chromium: Browser) -> AsyncIterator[Seat]:
    one = await seat(house, chromium, MINA, MINA_HZ)
    await one.desk.is_there()
    yield one
    await one.leave()


@pytest_asyncio.fixture
async def sofia(house: VoiceHouse, chromium: Browser) -> AsyncIterator[Seat]:
    """A colleague who is not on shift yet."""
    one = await seat(house, chromium, SOFIA, SOFIA_HZ)
    yield one
    await one.leave()


async def test_a_customer_is_handed_on_and_a_colleague_is_asked_joins_in_and_takes_over(
    house: VoiceHouse, town: Town, mina: Seat, sofia: Seat
):
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await mina.desk.accepts()
    await mina.desk.joins(mina.phone, contact)
    await caller.hears(MINA_HZ)
    await mina.phone.hears(CALLER_HZ)

    # A colleague is asked: the customer hears music, the two of them hear each other.
    await sofia.desk.is_there()
    await mina.desk.does("call_consult", contact=contact, to={"agent_id": sofia.desk.id})
    await sofia.desk.told("call_ring", lambda ring: ring["contact"] == contact)
    await sofia.desk.joins(sofia.phone, contact)
    await sofia.phone.hears(MINA_HZ, not_hz=(CALLER_HZ,))
    await mina.phone.hears(SOFIA_HZ, not_hz=(CALLER_HZ,))
    await caller.hears_sound(ms=600)
    assert not caller.peer.hears_now(MINA_HZ)

    # All three: each hears both others.
    await mina.desk.does("call_talk", contact=contact, **{"with": "all"})
    await caller.hears(MINA_HZ, SOFIA_HZ)
    await mina.phone.hears(CALLER_HZ, SOFIA_HZ)
    await sofia.phone.hears(CALLER_HZ, MINA_HZ)

    # The colleague has it now; who asked is out and hears nobody.
    await mina.desk.does("call_complete", contact=contact, note="as discussed")
    await until(lambda: sofia.desk.has(contact), "the contact is the colleague's")
    await caller.hears(SOFIA_HZ, not_hz=(MINA_HZ,))
    await sofia.phone.hears(CALLER_HZ, not_hz=(MINA_HZ,))

    # Handed on without a word: the customer hears music until the other is there.
    await mina.desk.orders(contact, "finish_wrap_up", disposition="solved", summary="") if (
        contact in mina.desk.cards and mina.desk.cards[contact]["wrap_up"]
    ) else None
    await mina.desk.is_there()
    await sofia.desk.orders(contact, "transfer", to_agent_id=mina.desk.id, note="for you")
    assert await mina.desk.accepts() == contact
    await until(lambda: not caller.peer.hears_now(SOFIA_HZ), "the first agent is gone")
    await mina.desk.joins(mina.phone, contact)
    await caller.hears(MINA_HZ, not_hz=(SOFIA_HZ,))
    await mina.phone.hears(CALLER_HZ)
    await mina.desk.finishes(contact)
    await caller.until_ended()


async def test_a_supervisor_listens_unheard_whispers_to_the_agent_alone_and_talks_to_both(
    house: VoiceHouse, town: Town, mina: Seat, chromium: Browser
):
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await mina.desk.accepts()
    await mina.desk.joins(mina.phone, contact)
    await caller.hears(MINA_HZ)
    leader = await seat(house, chromium, LEADER, LEADER_HZ)
    refused = await mina.desk.asks("call_join", contact=contact, sdp=await leader.phone.offer(), mode="listen")
    assert refused["t"] == "error"  # only who leads may listen

    await leader.desk.joins(leader.phone, contact, "listen")
    await leader.phone.hears(CALLER_HZ, MINA_HZ)
    await caller.hears(MINA_HZ, not_hz=(LEADER_HZ,))
    await mina.phone.hears(CALLER_HZ, not_hz=(LEADER_HZ,))

    await leader.desk.does("call_mode", contact=contact, mode="whisper")
    await mina.phone.hears(CALLER_HZ, LEADER_HZ)
    await caller.hears(MINA_HZ, not_hz=(LEADER_HZ,))

    await leader.desk.does("call_mode", contact=contact, mode="barge")
    await caller.hears(MINA_HZ, LEADER_HZ)
    await mina.phone.hears(CALLER_HZ, LEADER_HZ)

    await leader.desk.does("call_leave", contact=contact)
    await caller.hears(MINA_HZ, not_hz=(LEADER_HZ,))
    await caller.hang_up()
    await mina.desk.wraps_up(contact)
    await leader.leave()


async def test_a_supervisor_without_an_open_microphone_hears_a_colleague_at_a_desk_phone(
    house: VoiceHouse, town: Town, chromium: Browser
):
    desk = await DeskAgent.open(house, PHONE)
    await desk.is_there()
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await desk.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=MINA_HZ)
    await caller.hears(MINA_HZ)

    leader = await seat(house, chromium, LEADER, LEADER_HZ)
    leader.phone.mute = True
    await leader.desk.joins(leader.phone, contact, "listen")
    await leader.phone.hears(CALLER_HZ, MINA_HZ)

    # The microphone is opened with the first word they may say.
    await leader.phone.opens_microphone()
    await leader.desk.does("call_mode", contact=contact, mode="whisper")
    await phone.hears(CALLER_HZ, LEADER_HZ)
    await caller.hears(MINA_HZ, not_hz=(LEADER_HZ,))

    await leader.desk.does("call_leave", contact=contact)
    await phone.hears(CALLER_HZ, not_hz=(LEADER_HZ,))
    await phone.hang_up()
    await caller.until_ended()
    await desk.wraps_up(contact)
    modes = [one.get("mode") for one in await leader.desk.history(contact) if one["kind"] == "party_joined"]
    assert modes[-2:] == ["listen", "whisper"]
    await leader.leave()
    await desk.goes_home()


async def test_an_agent_who_loads_the_page_again_does_not_lose_the_caller(
    house: VoiceHouse, town: Town, mina: Seat
):
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await mina.desk.accepts()
    await mina.desk.joins(mina.phone, contact)
    await caller.hears(MINA_HZ)
    await mina.desk.does("call_leave", contact=contact)
    await until(lambda: not caller.peer.hears_now(MINA_HZ), "the agent's audio is gone")
    await caller.hears_sound(ms=600)
    await mina.desk.joins(mina.phone, contact)
    await caller.hears(MINA_HZ)
    await mina.phone.hears(CALLER_HZ)
    assert caller.ended is None
    await mina.desk.finishes(contact)
    await caller.until_ended()
