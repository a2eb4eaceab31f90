"""Workers are started, watched and replaced; a lost one takes only its own calls."""

import asyncio
import gc
import os
import signal
import sys
import weakref
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from media.calls import TestCall
from media.peer import Peer
from warmline.kernel.errors import Refused
from warmline.media import client
from warmline.media.client import BuiltinMedia, MediaSettings, WorkerProcess, spawn_worker
from warmline.ports.media import LegUp, LegWish, MediaEvent, Recorded, RecordWish, WorkerLost


class Shift:
    """A media engine of two workers whose processes are known."""

    def __init__(self, folder: Path) -> None:
        self.processes: list[WorkerProcess] = []
        settings = MediaSettings(folder, "127.0.0.1", 23000, 23199, workers=2, alone_at_most_s=2.0)
        self.media = BuiltinMedia(settings, self._spawn)

    async def _spawn(self, arguments: Sequence[str]) -> WorkerProcess:
        process = await spawn_worker(arguments)
        self.processes.append(process)
        return process


@pytest.fixture
async def shift(tmp_path: Path) -> AsyncIterator[Shift]:
    made = Shift(tmp_path)
    await made.media.start()
    yield made
    await made.media.shut_down()
    assert not made.media.failures
    assert all(process.returncode is not None for process in made.processes)


async def test_calls_are_spread_and_a_killed_worker_takes_only_its_own(shift: Shift):
    first, second = TestCall(shift.media), TestCall(shift.media)
    for call in (first, second):
        phone = await call.phone("customer", hz=440)
        await call.tells(LegUp)
        await phone.hears_silence()
    assert shift.media.workers_up == 2
    states = await shift.media.state()
    assert sorted(len(calls) for state in states if isinstance(calls := state["calls"], list)) == [1, 1]
    victim = shift.processes[0]
    victim.kill()
    hit = first if first.name in str(states[0]["calls"]) else second
    spared = second if hit is first else first
    lost = await hit.tells(WorkerLost)
    assert lost.calls == (hit.name,)
    await spared.peers[0].more(10)
    assert not spared.told(WorkerLost)
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await shift.media.stop(hit.leg("customer"))
    await hit.peers[0].until(lambda: len(shift.processes) == 3 and shift.processes[2].returncode is None)
    fresh = [TestCall(shift.media) for _ in range(2)]
    for call in fresh:
        phone = Peer()
        call.peers.append(phone)
        phone.__enter__()
        shift.media.listen(call.name, call.events.append)
        phone.call(await shift.media.open(call.name, call.leg("customer"), LegWish(), phone.sdp()))
        await phone.hears_silence()
    for call in (first, second, *fresh):
        await call.end()


BREAKS_OFF = """
import socket, sys
door = socket.socket(socket.AF_UNIX)
door.bind(sys.argv[1])
door.listen()
door.accept()[0].close()
"""


async def test_a_worker_that_breaks_off_before_it_has_said_hello_is_replaced(tmp_path: Path):
    started: list[WorkerProcess] = []

    async def spawn(arguments: Sequence[str]) -> WorkerProcess:
        if started:
            started.append(await spawn_worker(arguments))
        else:
            path = arguments[arguments.index("--socket") + 1]
            started.append(await asyncio.create_subprocess_exec(sys.executable, "-c", BREAKS_OFF, path))
        return started[-1]

    media = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", 23000, 23199), spawn)
    await media.start()
    assert (media.workers_up, len(started)) == (1, 2)
    await media.shut_down()
    assert not media.failures


async def test_without_any_worker_calls_are_refused(tmp_path: Path):
    media = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", 23000, 23199))
    with pytest.raises(Refused, match=r"media\.no_worker"):
        await media.open("c", "l", LegWish())
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await media.end("c")


async def test_a_worker_that_is_drained_takes_no_new_leg_and_keeps_its_calls(shift: Shift):
    call = TestCall(shift.media)
    phone = await call.phone("customer", hz=440)
    for process in shift.processes:
        os.kill(process.pid, signal.SIGTERM)  # type: ignore[attr-defined]
    await phone.more(10)
    draining = False
    while not draining:
        draining = all(state["draining"] for state in await shift.media.state())
    with pytest.raises(Refused, match=r"media\.no_worker"):
        await shift.media.open(call.name, call.leg("agent"), LegWish(), phone.sdp())
    await phone.more(10)
    await call.end()
    await phone.until(lambda: all(process.returncode is not None for process in shift.processes[:2]))


class Listener:
    """Who listens to a call; as a call's session, it is to go with the call."""

    def __init__(self) -> None:
        self.events: list[MediaEvent] = []

    def hear(self, event: MediaEvent) -> None:
        self.events.append(event)


async def _call_of(shift: Shift, listener: Listener) -> TestCall:
    call = TestCall(shift.media)
    shift.media.listen(call.name, listener.hear)
    phone = await call.phone("customer", hz=440)
    await phone.more(10)
    return call


async def test_who_listened_to_a_call_is_let_go_at_its_end(shift: Shift):
    listener = Listener()
    gone = weakref.ref(listener)
    call = await _call_of(shift, listener)
    del listener
    assert gone() is not None
    await call.end()
    assert gone() is None, "calls that have ended must not stay in memory"


async def test_who_listened_to_a_recorded_call_hears_that_its_recording_is_complete_and_is_let_go(
    shift: Shift, tmp_path: Path
):
    listener = Listener()
    gone = weakref.ref(listener)
    call = await _call_of(shift, listener)
    wish = RecordWish("r", str(tmp_path / "r"), bytes(32), call.leg("customer"), ())
    await shift.media.record(call.name, wish)
    await call.end()
    events = listener.events
    del listener
    async with asyncio.timeout(10):
        while not any(isinstance(one, Recorded) for one in events):
            await asyncio.sleep(0.01)
    assert gone() is None, "its last event was told"


async def test_a_call_none_of_whose_legs_could_be_opened_is_forgotten_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "LAST_EVENTS_S", 0.0)
    media = BuiltinMedia(MediaSettings(tmp_path, "127.0.0.1", 23000, 23199))

    listener = Listener()
    gone = weakref.ref(listener)
    media.listen("call-1", listener.hear)
    del listener
    with pytest.raises(Refused):
        await media.open("call-1", "call-1-customer", LegWish(), "no description")
    with pytest.raises(Refused, match=r"media\.unknown_leg"):
        await media.end("call-1")
    async with asyncio.timeout(5):
        while gc.collect() >= 0 and gone() is not None:
            await asyncio.sleep(0.01)
    assert gone() is None, "whoever floods us with calls we cannot answer must not fill the memory"
