"""Whole calls as they are recorded, paused and kept from recordings, and many of them at once."""

import asyncio
import contextlib
import gc
import itertools
import socket
import time
from pathlib import Path

import numpy as np
import pytest

from media.calls import TestCall, wav
from media.tones import Samples, dtmf, heard_tones, tone
from warmline.kernel.errors import Refused
from warmline.media import messages as m
from warmline.media.client import BuiltinMedia
from warmline.media.codecs import installed
from warmline.media.commands import Commands
from warmline.media.engine import GATHER_S, Engine, raise_descriptor_limit, rest_s
from warmline.media.leg import Leg
from warmline.media.recording import Recording
from warmline.media.recording_reader import RecordingReader
from warmline.media.rtp_packet import HEADER
from warmline.ports.media import LegWish, PlayTone, Recorded, RecordingFailed, RecordWish

KEY = bytes(range(32))
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"
)


def _wish(call: TestCall, path: Path, record: str, *right: str) -> RecordWish:
    return RecordWish(record, str(path), KEY, call.leg("customer"), tuple(call.leg(name) for name in right))


def _read(path: Path) -> Samples:
    with RecordingReader(path, KEY) as reader:
        assert reader.complete
        return np.concatenate(list(reader.pcm()))


@pytest.mark.parametrize("codec", ["PCMU", "G722"])
async def test_customer_is_left_and_agent_is_right(call: TestCall, tmp_path: Path, codec: str):
    if not installed(codec):
        pytest.skip(f"{codec} is not installed.")
    customer = await call.phone("customer", codec=codec, hz=440)
    agent = await call.phone("agent", codec="PCMA", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    await call.media.record(call.name, _wish(call, tmp_path / "a.wlrec", f"{call.name}-r", "agent"))
    await agent.more(40)
    await call.media.record_stop(f"{call.name}-r")
    told = await call.tells(Recorded)
    heard = _read(tmp_path / "a.wlrec")
    assert told.size_bytes == (tmp_path / "a.wlrec").stat().st_size
    assert abs(told.duration_ms - len(heard) / 8) <= 1
    middle = heard[2000:4800]
    assert heard_tones(middle[:, 0], (440, 1000)) == {440}
    assert heard_tones(middle[:, 1], (440, 1000)) == {1000}
    assert customer.sending


async def test_a_pause_is_silent_on_both_sides_and_music_on_hold_keeps_the_time(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    record = f"{call.name}-r"
    await call.media.record(call.name, _wish(call, tmp_path, record, "agent"))
    began = asyncio.get_running_loop().time()

    def now_ms() -> int:
        return int((asyncio.get_running_loop().time() - began) * 1000)

    await agent.more(20)
    await call.media.record_pause(record, True)
    paused = now_ms()
    await agent.more(25)
    await call.media.record_pause(record, False)
    resumed = now_ms()
    await agent.more(10)
    await call.route()
    music = wav(tmp_path / "music.wav", tone(700, ms=400))
    await call.media.play(call.leg("customer"), "music", [music], loop=True)
    held = now_ms()
    await customer.more(30)
    await call.media.stop(call.leg("customer"))
    await call.media.end(call.name)
    await call.tells(Recorded)
    heard = _read(tmp_path / f"{record}.wlrec")
    quiet = heard[(paused + 100) * 8 : (resumed - 60) * 8]
    assert len(quiet) > 2000
    assert not quiet.any()
    after = heard[(held + 150) * 8 : (held + 500) * 8]
    assert heard_tones(after[:, 1], (700, 1000)) == {700, 1000}
    assert heard_tones(after[:, 0], (440, 700)) == {440}


async def test_nothing_of_secure_input_is_recorded(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    await agent.hears(440)
    record = f"{call.name}-r"
    await call.media.record(call.name, _wish(call, tmp_path / "s.wlrec", record, "agent"))
    await agent.more(10)
    await call.media.secure(call.leg("customer"), True)
    customer.speak(dtmf("5", ms=400))
    for key in "4111":
        customer.press(key)
    await agent.more(60)
    customer.say()
    await agent.more(10)
    await call.media.secure(call.leg("customer"), False)
    await agent.more(10)
    await call.media.record_stop(record)
    await call.tells(Recorded)
    heard = _read(tmp_path / "s.wlrec")
    for at in range(0, len(heard) - 800, 400):
        assert not heard_tones(heard[at : at + 800, 0], (770, 1336)) & {1336}
        assert not heard_tones(heard[at : at + 800, 1], (770, 1336))
    assert heard[:1600, 0].any()


async def test_a_recording_that_cannot_be_written_is_told_and_the_call_goes_on(call: TestCall, tmp_path: Path):
    customer = await call.phone("customer", hz=440)
    agent = await call.phone("agent", hz=1000)
    await call.route(customer="agent", agent="customer")
    (tmp_path / "file").write_text("no folder")
    await call.media.record(call.name, _wish(call, tmp_path / "file" / "r", f"{call.name}-r", "agent"))
    failed = await call.tells(RecordingFailed)
    assert failed.record == f"{call.name}-r"
    await customer.hears(1000)
    await agent.hears(440)


async def test_who_is_on_the_right_may_change(call: TestCall, tmp_path: Path):
    await call.phone("customer")
    agent = await call.phone("agent", hz=1000)
    await call.phone("expert", hz=1340)
    record = f"{call.name}-r"
    await call.media.record(call.name, _wish(call, tmp_path / "w.wlrec", record, "agent"))
    await agent.more(30)
    await call.media.record_right(record, [call.leg("expert")])
    await agent.more(40)
    await call.media.end(call.name)
    await call.tells(Recorded)
    heard = _read(tmp_path / "w.wlrec")[:, 1]
    assert heard_tones(heard[1600:4000], (1000, 1340)) == {1000}
    assert heard_tones(heard[-4000:-1600], (1000, 1340)) == {1340}


async def test_many_calls_at_once_stay_apart(media: BuiltinMedia):
    calls = [TestCall(media) for _ in range(4)]
    try:
        for at, call in enumerate(calls):
            for leg in range(3):
                await call.phone(f"p{leg}", codec="PCMA" if leg == 2 else "PCMU", hz=400 + 300 * at + 100 * leg)
            await call.route(p0="p1 p2", p1="p0 p2", p2="p0 p1")
        for at, call in enumerate(calls):
            own = [400 + 300 * at + 100 * leg for leg in range(3)]
            others = tuple(hz for hz in range(400, 1700, 100) if hz not in own)
            for leg, peer in enumerate(call.peers):
                await peer.hears(*[hz for hz in own if hz != own[leg]], not_hz=(own[leg], *others), ms=400)
                assert len({packet.ssrc for packet in peer.audio()}) == 1
    finally:
        for call in calls:
            await call.end()


def test_an_engine_closes_everything_it_opened():
    engine = Engine("127.0.0.1", 22_600, 22_610)
    free = engine.ports.free
    due = iter(range(3))

    def stop(_: float) -> None:
        engine.running = next(due, None) is not None

    engine.after_tick.append(stop)
    engine.run()
    assert engine.ticks == 4
    assert engine.late_ticks <= 4
    engine.close()
    assert engine.ports.free == free == 5
    assert raise_descriptor_limit() >= 256


def _living(kind: type) -> int:
    return sum(isinstance(one, kind) for one in gc.get_objects())


def test_what_a_call_took_is_given_back_as_it_ends_whoever_heard_and_recorded_whom(tmp_path: Path):
    """Waiting for the collector costs a busy worker a hundred megabytes: it seldom looks at what lived long."""
    gc.collect()
    before = {kind: _living(kind) for kind in (Leg, Recording)}
    gc.disable()
    engine = Engine("127.0.0.1", 22_660, 22_680)
    try:
        do = Commands(engine, "127.0.0.1").carry_out
        wishes = {
            "customer": LegWish(),
            "agent": LegWish(),
            "desk": LegWish(srtp="required"),
            "browser": LegWish(kind="webrtc"),
        }
        for name, wish in wishes.items():
            offer = SDP.format(port=9) if wish == LegWish() else None
            do(m.Open(id=1, call="c", leg=name, wish=wish, offer=offer))
        do(m.Route(id=2, call="c", hears={"customer": ["agent"], "agent": ["customer"]}))
        do(m.Record(id=3, call="c", wish=RecordWish("r", str(tmp_path), KEY, "customer", ("agent",))))
        do(m.Play(id=4, leg="customer", play="p", items=[PlayTone((440.0,), 40)]))
        assert _living(Leg) == before[Leg] + 4
        do(m.End(id=5, call="c"))
        assert {kind: _living(kind) for kind in before} == before
    finally:
        gc.enable()
        engine.close()


async def test_ports_are_refused_when_there_are_none_and_the_worker_lives_on(call: TestCall):
    peer = await call.phone("customer", hz=440)
    opened = 0
    refusal = ""
    while not refusal and opened < 600:
        try:
            await call.media.open(call.name, f"{call.name}-{opened}", LegWish(), peer.sdp())
            opened += 1
        except Refused as refused:
            refusal = refused.code
    assert refusal == "media.no_ports"
    assert opened > 300
    await call.media.end(call.name)
    again = await call.phone("again")
    await again.hears_silence()


def test_packets_gather_for_a_moment_but_never_beyond_the_next_tick():
    assert rest_s(woke=10.0, now=10.0, due=10.02) == pytest.approx(GATHER_S)
    assert rest_s(woke=10.0, now=10.001, due=10.02) == pytest.approx(GATHER_S - 0.001)
    assert rest_s(woke=10.0, now=10.0, due=10.001) == pytest.approx(0.001)
    assert rest_s(woke=10.0, now=10.05, due=10.02) == 0.0


def test_a_tick_that_comes_late_is_no_jump_in_what_is_heard():
    engine = Engine("127.0.0.1", 22_620, 22_640)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.bind(("127.0.0.1", 0))
        phone.setblocking(False)
        sdp = SDP.format(port=phone.getsockname()[1])
        Commands(engine, "127.0.0.1").carry_out(m.Open(id=1, call="c", leg="l", wish=LegWish(), offer=sdp))

        def stall(now: float) -> None:
            while engine.ticks == 5 and time.monotonic() < now + 0.07:
                pass
            engine.running = engine.ticks < 15

        engine.after_tick.append(stall)
        engine.run()
        engine.close()
        came = []
        with contextlib.suppress(BlockingIOError):
            while True:
                came.append(HEADER.unpack_from(phone.recv(2000)))
    assert engine.late_ticks > 0
    assert len(came) == 15
    assert {(b[3] - a[3]) & 0xFFFFFFFF for a, b in itertools.pairwise(came)} == {160}
