"""A desk phone of another make hands its customer over, through every process of the house."""

import asyncio
from uuid import UUID

import numpy as np
import pytest
from tests.e2e.voice_desk_phone import desk_phone
from tests.e2e.voice_house import PHONE, PHONE_EXTENSION, RECORDED, SECOND, SECOND_EXTENSION, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Town, until

from media.tones import level_db
from warmline.media.recording_reader import RecordingReader

CALLER_HZ, AGENT_HZ, COLLEAGUE_HZ = 440.0, 1000.0, 1400.0


async def test_an_agent_asks_a_colleague_on_a_second_line_and_puts_the_customer_through_by_refer(
    house: VoiceHouse, town: Town, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO", "baresip.native")
    agent = await DeskAgent.open(house, SECOND)
    colleague = await DeskAgent.open(house, PHONE)
    async with desk_phone(house, SECOND_EXTENSION, int(AGENT_HZ)) as phone:
        await agent.is_there()
        caller = await town.calls(RECORDED, hz=CALLER_HZ)
        contact = await agent.accepts()
        first = await phone.picks_up()
        await first.hears(CALLER_HZ)
        assert "SRTP is Enabled" in caplog.text
        await caller.hears(AGENT_HZ)

        # The customer waits with music while the two of them talk.
        await colleague.is_there()
        second = await phone.dials(PHONE_EXTENSION)
        asked = await town.picks_up(PHONE_EXTENSION, hz=COLLEAGUE_HZ)
        await second.hears(COLLEAGUE_HZ, not_hz=CALLER_HZ)
        await asked.hears(AGENT_HZ, not_hz=(CALLER_HZ,))
        await until(lambda: not caller.peer.hears_now(AGENT_HZ), "music instead of the agent")
        await caller.hears_sound(ms=600)

        await first.call.attended_transfer(second.call, timeout=20)
        await caller.hears(COLLEAGUE_HZ, not_hz=(AGENT_HZ,))
        await asked.hears(CALLER_HZ, not_hz=(AGENT_HZ,))
        await until(lambda: first.over and second.over, "both lines of the phone are free")
    await until(lambda: colleague.has(contact), "the contact is the colleague's")
    await agent.wraps_up(contact)
    [row] = await house.rows(
        "SELECT agent_id, status, transfers FROM contact WHERE tenant_id = 'onda' AND id = $1", UUID(contact)
    )
    assert (str(row["agent_id"]), row["status"], row["transfers"]) == (colleague.id, "connected", 1)
    assert await house.open_calls() == 1

    await colleague.finishes(contact)
    assert (await caller.until_ended()).cause == 16
    await asked.until_ended()
    kinds: list[str] = []
    async with asyncio.timeout(30):
        while "recording_ended" not in kinds:
            kinds = [one["kind"] for one in await colleague.history(contact)]
    assert (kinds.count("recording_started"), kinds.count("recording_ended")) == (1, 1)
    assert kinds.index("contact_transferred") < kinds.index("recording_ended")
    opened = await house.recording_of(contact)
    with RecordingReader(opened.path, opened.key) as reader:
        ours = np.concatenate([second[:, 1] for second in reader.pcm()])
    parts = [ours[at : at + 1600] for at in range(0, len(ours), 1600)]
    assert any(level_db(part, AGENT_HZ) > -30 for part in parts), "the agent is on it"
    assert any(level_db(part, COLLEAGUE_HZ) > -30 for part in parts[-10:]), "and so is who took over"
    await agent.goes_home()
    await colleague.goes_home()
