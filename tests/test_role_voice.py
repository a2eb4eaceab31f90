"""A telephone call through everything there is: SIP, audio, speech, journey, queue, agent, recording, the end."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from house import furnish
from media.peer import Peer
from sip_caller import SipCaller
from warmline.cli import parser
from warmline.config import Config
from warmline.core import Core
from warmline.domain.contact.commands import AcceptOffer, MakeOffer
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.ids import new_id
from warmline.role_voice import VoiceRole, open_voice

NUMBER, CALLED = "+821012345678", "+82215880000"
pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak")


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest_asyncio.fixture
async def role(database, database_url: str, tmp_path: Path) -> AsyncIterator[tuple[Core, VoiceRole, dict]]:
    agents = await furnish(database)
    config = Config(database_url=database_url, data_dir=tmp_path, sip_port=free_port(), media_ports="22000-22199")
    async with await Core.open(config) as core:
        async with database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO trunk (tenant_id, id, name, mode, host, addresses) VALUES"
                " ('onda', 'line', $1, 'address', '127.0.0.1', $2)", {"en": "Line"}, ["127.0.0.1/32"],
            )  # fmt: skip
            await conn.execute(
                "INSERT INTO phone_number (tenant_id, id, number, name, journey_id, locale, record) VALUES"
                " ('onda', 'main', $1, $2, 'front', 'en', 'announced')", CALLED, {"en": "Main"},
            )  # fmt: skip
        part = '{"queue_id": "orders", "epoch": 1, "turn": 1, "waiting": 0, "staffed": 1}'
        core.rooms.facts.queues_told("onda", part)
        async with open_voice(core) as opened:
            yield core, opened, agents


async def _until(check, why: str, seconds: float = 15.0):
    async with asyncio.timeout(seconds):
        while not (found := check()):
            await asyncio.sleep(0.02)
        return found


def loudness(peer: Peer, ms: int = 500) -> float:
    samples = peer.heard(ms).astype(float)
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


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


async def test_a_number_nobody_has_is_not_found(role):
    core, _, _ = role
    caller = SipCaller(core.config.sip_port, "+82299999999", NUMBER)
    with Peer() as phone:
        status, _ = await caller.call(phone.sdp())
    caller.close()
    assert status == 404


def test_the_voice_role_is_a_command_of_its_own():
    assert parser("voice").parse_args(["voice"]).run.__name__ == "_voice"
