"""A telephone call through everything there is: SIP, audio, speech, journey, queue, agent, recording, the end."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import numpy as np
import pytest
import pytest_asyncio
from tests.free_ports import free_port

from house import furnish
from media.peer import Peer
from media.rtpengine_daemon_here import daemon
from sip_caller import SipCaller
from tone_endpoint import understands_tones
from warmline.cli import parser
from warmline.config import Config
from warmline.core import Core
from warmline.domain.contact.commands import AcceptOffer, MakeOffer
from warmline.domain.contact.events_voice import VoicemailLeft
from warmline.domain.contact.model import ContactStatus
from warmline.domain.journey.document import End, Journey, Voicemail
from warmline.features.telephony.recordings import Recordings
from warmline.kernel.ids import new_id
from warmline.role_voice import VoiceRole, open_voice

NUMBER, CALLED = "+821012345678", "+82215880000"
PARCEL = "My parcel has not come."
MESSAGE = Journey(
    id="front",
    on_error=(End("t.bye"),),
    sections={"start": (Voicemail("t.hello", (End("t.thanks", "message_taken"),), give_up=(End("t.bye"),)),)},
)
pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak")


@pytest_asyncio.fixture
async def role(
    database, database_url: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Core, VoiceRole, dict]]:
    agents = await furnish(database)
    config = Config(database_url=database_url, data_dir=tmp_path, sip_port=free_port(), media_ports="22000-22199")
    async with AsyncExitStack() as around:
        if getattr(request, "param", "built-in") == "rtpengine":
            ng, keys, _ = await around.enter_async_context(daemon(tmp_path))
            config = replace(config, rtpengine=f"127.0.0.1:{ng}", rtpengine_keys=f"127.0.0.1:{keys}")
        if getattr(request, "param", "built-in") == "recogniser":
            service = await around.enter_async_context(understands_tones({300: PARCEL}))
            settings = {"endpoint": {"url": service.url, "transcription_model": "stt"}}
            monkeypatch.setattr("warmline.features.telephony.transcripts.LOOK_S", 0.2)
            (tmp_path / "speech.json").write_bytes(msgspec.json.encode(settings))
            async with database.tenant("onda") as conn:
                await conn.execute("UPDATE journey SET document = $1 WHERE id = 'front'", MESSAGE)
        core = await around.enter_async_context(await Core.open(config))
        async with database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO trunk (tenant_id, id, name, mode, host, addresses) VALUES"
                " ('onda', 'line', $1, 'address', '127.0.0.1', $2),"
                " ('onda', 'other', $1, 'address', '127.0.0.2', $3)",
                {"en": "Line"}, ["127.0.0.1/32"], ["127.0.0.2/32"],
            )  # fmt: skip
            await conn.execute(
                "INSERT INTO phone_number (tenant_id, id, number, name, journey_id, locale, record) VALUES"
                " ('onda', 'main', $1, $2, 'front', 'en', 'announced')", CALLED, {"en": "Main"},
            )  # fmt: skip
        part = '{"queue_id": "orders", "epoch": 1, "turn": 1, "waiting": 0, "staffed": 1}'
        core.rooms.facts.queues_told("onda", part)
        yield core, await around.enter_async_context(open_voice(core)), agents


async def _until(check, why: str, seconds: float = 15.0):
    async with asyncio.timeout(seconds):
        while not (found := check()):
            await asyncio.sleep(0.02)
        return found


def loudness(peer: Peer, ms: int = 500) -> float:
    samples = peer.heard(ms).astype(float)
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


@pytest.mark.parametrize("role", ["built-in", "rtpengine"], indirect=True)
async def test_a_real_call_hears_the_journey_presses_a_key_waits_with_music_and_is_ended_politely(role):
    core, voice, agents = role
    caller = SipCaller(core.config.sip_port, CALLED, NUMBER)
    with Peer() as phone:
        status, sdp = await caller.call(phone.sdp())
        assert status == 200
        phone.call(sdp)
        await phone.until(lambda: loudness(phone) > 300, "the caller never heard a voice")
        session = await _until(lambda: next(iter(voice.node._by_contact.values()), None), "no contact")
        await _until(lambda: session.machine.state.asked is not None, "the menu was never spoken", 30)
        phone.press("1")
        await _until(lambda: session.contact.status is ContactStatus.QUEUED, "the key was not understood")
        await _until(lambda: session.machine.state.sounding == "music", "no music")
        await phone.until(lambda: loudness(phone, 1_000) > 100, "the music was not heard")
        mina = agents["mina"].agent_id
        offer, contact_id = new_id(), session.contact_id
        due = datetime.now(UTC) + timedelta(seconds=20)
        await core.rooms.service.command("onda", contact_id, MakeOffer(offer, mina, due))
        await core.rooms.service.command("onda", contact_id, AcceptOffer(mina, "Mina", offer))
        told = [one.event for one in await core.feed.history("onda", contact_id)]
        kinds = [type(one).__name__ for one in told]
        assert kinds.count("CallStarted") == kinds.count("CallAnswered") == 1
        assert any(getattr(one, "value", None) == "agent" for one in told)
        caller.hang_up()
        await _until(lambda: not len(voice.node), "the call did not end")
        for _ in range(200):
            if (await core.rooms.service.load("onda", contact_id)).status is ContactStatus.ENDED:
                break
            await asyncio.sleep(0.02)
        ended = [one.event for one in await core.feed.history("onda", contact_id)]
        [fact] = [one for one in ended if type(one).__name__ == "CallEnded"]
        assert fact.by == "customer"
    caller.close()


@pytest.mark.parametrize("role", ["built-in", "rtpengine"], indirect=True)
async def test_a_caller_is_handed_to_another_telephone_by_their_carrier_and_the_journey_goes_on_there(role):
    core, voice, _ = role
    first, second = (SipCaller(core.config.sip_port, CALLED, NUMBER) for _ in range(2))
    with Peer() as phone, Peer() as other:
        _, sdp = await first.call(phone.sdp())
        phone.call(sdp)
        session = await _until(lambda: next(iter(voice.node._by_contact.values()), None), "no contact")
        await _until(lambda: session.machine.state.asked is not None, "the menu was never spoken", 30)
        stranger = SipCaller(core.config.sip_port, CALLED, NUMBER, "127.0.0.2")
        assert (await stranger.call(other.sdp(), replaces=first))[0] == 404, "that line has no such call"
        stranger.close()
        status, sdp = await second.call(other.sdp(), replaces=first)
        assert status == 200
        other.call(sdp)
        await asyncio.wait_for(first.ended.wait(), 5)
        other.press("1")
        await _until(lambda: session.contact.status is ContactStatus.QUEUED, "the key was not understood")
        await other.until(lambda: loudness(other, 1_000) > 100, "the music was not heard at the other telephone")
        assert [one.id for one in voice.node._by_contact.values()] == [session.id], "it is still one contact"
        second.hang_up()
        await _until(lambda: not len(voice.node), "the call did not end")
    first.close()
    second.close()


@pytest.mark.parametrize("role", ["recogniser"], indirect=True)
async def test_what_a_caller_says_after_the_beep_is_read_with_their_message(role):
    core, voice, _ = role
    recordings = Recordings(core.database, core.keyring, core.config.data_dir / "recordings")
    caller = SipCaller(core.config.sip_port, CALLED, NUMBER)
    with Peer() as phone:
        status, sdp = await caller.call(phone.sdp())
        assert status == 200
        phone.call(sdp)
        session = await _until(lambda: next(iter(voice.node._by_contact.values()), None), "no contact")
        contact_id = session.contact_id
        async with asyncio.timeout(30):
            while not await recordings.of_contact("onda", contact_id):  # the beep
                await phone.more(10)
        phone.say(300)
        await phone.more(100)
        phone.say()
        await phone.more(50)
        caller.hang_up()
    caller.close()
    async with asyncio.timeout(40):
        while (await recordings.of_contact("onda", contact_id))[0].transcript is None:
            await asyncio.sleep(0.05)
    (one,) = await recordings.of_contact("onda", contact_id)
    assert (one.what, one.transcript) == ("voicemail", PARCEL)
    told = [one.event for one in await core.feed.history("onda", contact_id)]
    assert [one.transcript for one in told if isinstance(one, VoicemailLeft)] == [None, PARCEL]


async def test_a_number_nobody_has_is_not_found(role):
    core, _, _ = role
    assert "voice.transcripts" not in {one.get_name() for one in asyncio.all_tasks()}, "nothing recognises words"
    caller = SipCaller(core.config.sip_port, "+82299999999", NUMBER)
    with Peer() as phone:
        status, _ = await caller.call(phone.sdp())
    caller.close()
    assert status == 404


def test_the_voice_role_is_a_command_of_its_own():
    assert parser("voice").parse_args(["voice"]).run.__name__ == "_voice"
