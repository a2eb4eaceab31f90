"""The house has no room for another call: it says so, and when to try again; calls that run are left alone."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest_asyncio
from tests.e2e.voice_house import PERSON, PHONE_EXTENSION, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Person, Town

from media.peer import Peer
from sip_caller import SipCaller
from warmline_demo.content.company import TENANT_ID
from warmline_demo.content.telephone import PREFIX

CALLER_HZ, AGENT_HZ = 440.0, 1000.0
UNKNOWN = "7999"
FLOOD = 40


class Stranger(SipCaller):
    """Keeps what it was told last."""

    told = ""

    async def _receive(self) -> str:
        loop, data = asyncio.get_running_loop(), b""
        while not data[:1].isalpha():  # audio for whoever had this port before is nothing we are told
            data = await loop.sock_recv(self.socket, 65_535)
        self.told = data.decode()
        return self.told

    @property
    def retry_after_s(self) -> int:
        found = re.search(r"^Retry-After: *(\d+)", self.told, re.MULTILINE | re.IGNORECASE)
        assert found, self.told
        return int(found[1])


@asynccontextmanager
async def flood(house: VoiceHouse, number: str, sdp: str) -> AsyncIterator[list[tuple[int, Stranger]]]:
    """Many call one number, one after the other, and stay; with the status each was told."""
    callers = [Stranger(house.sip_port, number, f"{PREFIX}{400 + place}") for place in range(FLOOD)]
    told: list[tuple[int, Stranger]] = []
    try:
        for one in callers:
            told.append(((await one.call(sdp))[0], one))
        yield told
    finally:
        for status, one in told:
            if status == 200:
                one.hang_up()
        for one in callers:
            one.close()


@contextmanager
def every_port_taken(house: VoiceHouse) -> Iterator[None]:
    """Somebody else on this machine has all the ports for audio that are free."""
    low, high = house.media_ports
    taken: list[socket.socket] = []
    try:
        for port in range(low, high + 1):
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            taken.append(one)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue  # a call that runs has it
        yield
    finally:
        for one in taken:
            one.close()


@pytest_asyncio.fixture
async def talking(town: Town, agent: DeskAgent) -> AsyncIterator[tuple[Person, Person]]:
    """Two who talk while the house is full, and still do afterwards."""
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    yield caller, phone
    await caller.peer.more(25)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    await agent.finishes(contact)
    await caller.until_ended()


async def test_without_a_port_for_audio_a_caller_is_told_when_to_try_again_and_is_taken_when_there_is_one(
    house: VoiceHouse, town: Town, talking: tuple[Person, Person]
):
    before = await house.contacts()
    caller = Stranger(house.sip_port, PERSON, f"{PREFIX}399")
    with every_port_taken(house), Peer() as telephone:
        status, _ = await caller.call(telephone.sdp())
    caller.close()
    assert status == 503
    assert caller.retry_after_s > 0
    assert await house.contacts() == before, "who was not heard is nobody's contact"
    person = await town.calls(PERSON, own=f"{PREFIX}398")
    await person.hears_sound()


async def test_beyond_the_calls_of_a_line_callers_are_told_when_to_try_again_and_wrong_numbers_take_no_place(
    house: VoiceHouse, town: Town, talking: tuple[Person, Person]
):
    rows = await house.rows("SELECT calls_at_most FROM trunk WHERE tenant_id = $1", TENANT_ID)
    room = min(row["calls_at_most"] for row in rows) - 1  # one is talking
    assert 0 < room < FLOOD
    with Peer() as telephone:
        async with flood(house, UNKNOWN, telephone.sdp()) as told:
            assert {status for status, _ in told} == {404}
        async with flood(house, PERSON, telephone.sdp()) as told:
            assert [status for status, _ in told] == [200] * room + [503] * (FLOOD - room)
            assert all(one.retry_after_s > 0 for status, one in told if status == 503)
