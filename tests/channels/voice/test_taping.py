"""Recordings carried out: begun under the customer's key, paused, ended, handed to the house."""

import logging
from uuid import UUID

import pytest
from tests.channels.voice.around import eventually, until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.test_node import _connected, _session

from warmline.channels.voice.actions import StopRecording
from warmline.channels.voice.session import CallSession


async def test_a_call_is_recorded_from_the_first_word_with_an_agent_and_its_row_is_complete(exchange: Exchange):
    exchange.plan.recorded = True
    desk, _, contact_id = await _connected(exchange)
    assert "recorded" in exchange.media.said[0]
    await until(lambda: exchange.media.records)
    [(record, (_, wish))] = exchange.media.records.items()
    assert wish.left.endswith(".customer")
    assert len(wish.key) == 32
    desk.send(t="call_record", cid="r1", contact=str(contact_id), on=False)
    await until(lambda: exchange.media.paused.get(record))
    desk.send(t="call_record", cid="r2", contact=str(contact_id), on=True)
    await until(lambda: exchange.media.paused.get(record) is False)
    session = await _session(exchange)
    await until(lambda: session.machine.state.recording is not None and session.machine.state.recording.id)
    desk.send(t="cmd", cid="e1", contact=str(contact_id), c={"kind": "agent_ends"})
    await until(lambda: session.machine.state.asked is not None)
    exchange.media.press("5")
    await until(lambda: not len(exchange.node))

    async def facts() -> list[str]:
        told = await exchange.rooms.contacts.history("onda", contact_id, 0)
        return [type(one.event).__name__ for one in told if type(one.event).__name__.startswith("Recording")]

    async def row() -> object:
        async with exchange.house.database.tenant("onda") as conn:
            return await conn.fetchval("SELECT duration_ms FROM recording WHERE contact_id = $1", contact_id)

    await eventually(row)

    async def ended() -> bool:
        return "RecordingEnded" in await facts()

    await eventually(ended)
    assert await facts() == ["RecordingStarted", "RecordingPaused", "RecordingResumed", "RecordingEnded"]
    assert await row() == 2_000


async def test_a_recording_that_ended_with_its_call_is_complete_and_nobody_is_warned(
    exchange: Exchange, caplog: pytest.LogCaptureFixture
):
    session = await _session_recorded(exchange)
    [record] = exchange.media.records
    await exchange.media.end(session.id.hex)  # the caller hangs up: audio ends before anybody says stop
    session.tapes.put(StopRecording(), session.contact)
    await session.tapes.done()
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]

    async def row() -> object:
        async with exchange.house.database.tenant("onda") as conn:
            return await conn.fetchval("SELECT duration_ms FROM recording WHERE id = $1", UUID(record))

    assert await eventually(row) == 2_000


async def test_callers_hear_that_they_are_recorded_in_the_companys_own_words(exchange: Exchange):
    exchange.plan.recorded = True
    exchange.rooms.own_words = lambda tenant_id, key, locale: f"{tenant_id} says {key}"
    await _connected(exchange)
    assert exchange.media.said[0] == "onda says voice.recorded"


async def _session_recorded(exchange: Exchange) -> CallSession:
    exchange.plan.recorded = True
    await _connected(exchange)
    await until(lambda: exchange.media.records)
    session = await _session(exchange)
    await until(lambda: session.machine.state.recording is not None and session.machine.state.recording.id)
    return session
