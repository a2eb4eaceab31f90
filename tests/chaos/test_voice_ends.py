"""The telephone is stopped, killed, exhausted: calls go on or are owed one, new ones hear when to try again."""

import re
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
import pytest_asyncio
from tests.e2e.voice_desk import DeskAgent
from tests.e2e.voice_house import PERSON, PHONE_EXTENSION
from tests.e2e.voice_people import until

from chaos.voice_callers import Handset, caller_number
from chaos.voice_kills import AGENT_HZ, CALLER_HZ, SILENCE_AT_MOST_S, Crowd, StormHouse, crowd_of, storm_house
from chaos.voice_words import hears_words, said, words_of
from media.peer import Peer
from sip_caller import SipCaller
from warmline_demo.content.company import TENANT_ID

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak"),
]


class Caller(SipCaller):
    """Keeps what it is told last."""

    told = ""

    async def _receive(self) -> str:
        self.told = await super()._receive()
        return self.told


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house() -> AsyncIterator[StormHouse]:
    async with storm_house(calls_an_agent=1) as house:
        yield house


@pytest_asyncio.fixture
async def crowd(house: StormHouse) -> AsyncIterator[Crowd]:
    async with crowd_of(house) as crowd:
        yield crowd
        await crowd.agent.is_there("offline")
        await crowd.street.everybody_hangs_up()
        await _nobody_is_owed_a_call(house)


async def _nobody_is_owed_a_call(house: StormHouse) -> None:
    """A supervisor crosses out what was promised, so that the next test's agent is free."""
    supervisor = await DeskAgent.open(house, "supervisor@onda.example")

    async def crossed_out() -> bool:
        owed = await house.rows(
            "SELECT id FROM contact WHERE tenant_id = $1 AND status IN ('callback', 'offered')", TENANT_ID
        )
        for row in owed:
            await supervisor.asks(
                "cmd", contact=str(row["id"]), c={"kind": "cancel_callback", "reason": "mistake"}
            )
        return not owed

    await house.asked(crossed_out, "nobody is owed a call")
    supervisor.leave()


async def _refused(house: StormHouse) -> str:
    """Call once, and return what a call that is not taken is told."""
    caller = Caller(house.sip_port, PERSON, caller_number(60))
    with Peer() as phone:
        status, _ = await caller.call(phone.sdp())
    caller.close()
    assert status == 503
    return caller.told


def _retry_after_s(told: str) -> int:
    found = re.search(r"^Retry-After: *(\d+)", told, re.MULTILINE | re.IGNORECASE)
    assert found, told
    return int(found[1])


async def _promised(crowd: Crowd, contact: str) -> bool:
    """Whether they are owed a call; it may be offered to somebody a moment later."""
    return any(event["kind"] == "callback_promised" for event in await crowd.agent.history(contact))


async def _outcome(house: StormHouse, contact: str) -> str | None:
    rows = await house.rows(
        "SELECT outcome FROM call WHERE tenant_id = $1 AND contact_id = $2", TENANT_ID, UUID(contact)
    )
    assert len(rows) == 1
    return rows[0]["outcome"]


async def test_a_voice_process_asked_to_stop_finishes_its_calls_and_sends_new_ones_elsewhere(
    house: StormHouse, crowd: Crowd
):
    await crowd.talk(1)
    await crowd.wait(1)
    [(talking, (caller, phone))] = crowd.talks.items()
    [(waiting, waits)] = crowd.line
    voice, asked = house.roles.pid("voice"), time.monotonic()
    house.kill(voice, signal.SIGTERM)
    await house.asked(_answers_503(house), "new calls are sent elsewhere")
    assert _retry_after_s(await _refused(house)) > 0
    await caller.peer.more(100)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    await crowd.agent.finishes(talking)
    await caller.until_ended()

    # Who waited when it was asked to stop is served, too.
    assert await crowd.agent.accepts() == waiting
    phone = await crowd.street.picks_up(PHONE_EXTENSION, 3400)
    await waits.hears(3400)
    for person, hz in ((caller, AGENT_HZ), (waits, None)):
        assert isinstance(person.peer, Handset)
        until_s = time.monotonic() if hz is None else asked + 1
        assert person.peer.longest_gap_s(asked, until_s, hz) <= SILENCE_AT_MOST_S
    assert house.roles.pid("voice") == voice, "it stays as long as somebody talks"
    await crowd.agent.finishes(waiting)
    await waits.until_ended()
    await until(lambda: house.roles.pid("voice") not in (None, voice), "it has ended and is started again")
    await house.until_ready()


def _answers_503(house: StormHouse) -> Callable[[], Awaitable[bool]]:
    async def answers() -> bool:
        return not await house.telephone_answers()

    return answers


async def test_callers_of_a_killed_voice_process_hear_an_apology_or_talk_on_and_are_promised_a_call_back(
    house: StormHouse, crowd: Crowd
):
    sorry = await words_of(house, "voice.lost")
    await crowd.talk(1)
    await crowd.wait(1)
    [(talking, (caller, phone))] = crowd.talks.items()
    [(waiting, waits)] = crowd.line
    contacts = [talking, waiting]
    house.kill(house.roles.pid("voice"))
    killed = time.monotonic()
    await hears_words(waits, sorry, "that the call cannot go on")
    assert isinstance(waits.peer, Handset)
    assert waits.peer.longest_gap_s(killed, time.monotonic()) <= SILENCE_AT_MOST_S
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    assert not said(caller, sorry), "who talks is not talked over"
    await house.until_ready()

    async def looked_after() -> bool:
        told = [(await _promised(crowd, one), await _outcome(house, one)) for one in contacts]
        return told == [(True, "lost")] * 2

    await house.asked(looked_after, "both are promised a call", 60)


async def test_calls_of_a_killed_media_worker_end_with_a_reason_and_the_next_is_heard_at_once(
    house: StormHouse, crowd: Crowd
):
    await crowd.talk(1)
    [(talking, (caller, phone))] = crowd.talks.items()
    [worker] = house.media_pids()
    house.kill(worker)
    assert (await caller.until_ended()).cause == 41
    await phone.until_ended()

    async def owed() -> bool:
        return await _promised(crowd, talking)

    await house.asked(owed, "the caller is promised a call")
    await until(lambda: [one for one in house.media_pids() if one != worker], "another worker is started")
    await house.asked(lambda: _heard(crowd), "the next call is heard")


async def _heard(crowd: Crowd) -> bool:
    person = await crowd.street.calls(PERSON, own=caller_number(70))
    await person.hears_sound()
    await person.hang_up()
    return True


async def test_without_a_worker_that_answers_new_calls_are_told_when_to_try_again(house: StormHouse, crowd: Crowd):
    [worker] = house.media_pids()
    house.kill(worker, signal.SIGSTOP)
    try:
        assert _retry_after_s(await _refused(house)) > 0
    finally:
        house.kill(worker, signal.SIGCONT)
    await house.asked(lambda: _heard(crowd), "calls are taken again")
