"""The outbox of one socket, without a network: what is kept, what is cut, in which order."""

import asyncio

import msgspec
import pytest
from picows import WSMsgType

from warmline.ports.socket import Opening, Route
from warmline.runtime.sockets_turn import Turn
from warmline.runtime.sockets_wire import OUTBOX_BYTES, OUTBOX_FRAMES, SocketWire


class Line:
    """The far side of a socket: remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed: int | None = None
        self.calls = 0

    @property
    def underlying_transport(self) -> "Line":
        return self

    def send(self, kind: WSMsgType, frame: bytes) -> None:
        self.calls += 1
        self.sent.append(frame)

    def write(self, data: bytes) -> None:
        """Take frames apart again."""
        self.calls += 1
        while data:
            assert data[0] == 0x81
            head = {126: 4, 127: 10}.get(data[1], 2)
            size = data[1] if head == 2 else int.from_bytes(data[2:head], "big")
            assert len(data) >= head + size
            self.sent.append(data[head : head + size])
            data = data[head + size :]

    def send_close(self, code: int, reason: bytes) -> None:
        self.closed = code

    def disconnect(self, graceful: bool = True) -> None: ...


class Quiet:
    silence_s = 5.0
    silent = 0

    def on_frame(self, data: bytes) -> None: ...
    def on_closed(self) -> None: ...
    def on_silence(self) -> None:
        self.silent += 1


@pytest.fixture
async def wire():
    session = Quiet()
    route = Route("/", lambda _: True, lambda opening, wire: session)
    made = SocketWire(route, Opening("/", None, "h", "a"), set(), None, Turn())
    line = Line()
    made.on_ws_connected(line)  # type: ignore[arg-type]
    return made, line, session


async def turn_ends() -> None:
    await asyncio.sleep(0)


async def test_all_frames_of_one_turn_leave_in_one_call(wire):
    made, line, _ = wire
    for frame in (b"1", b"2", b"3"):
        made.send(frame)
    assert line.calls == 0
    await turn_ends()
    assert (line.sent, line.calls) == ([b"1", b"2", b"3"], 1)


async def test_what_was_said_before_the_goodbye_arrives_before_it(wire):
    made, line, _ = wire
    made.send(b"1")
    made.send(b"2")
    made.close(4003, "refused")
    await turn_ends()
    assert line.sent[:2] == [b"1", b"2"]
    assert msgspec.json.decode(line.sent[2])["t"] == "bye"
    assert len(line.sent) == 3


async def test_a_quick_client_gets_any_amount_in_one_turn(wire):
    made, line, _ = wire
    for number in range(3 * OUTBOX_FRAMES):
        made.send(b"%d" % number)
    await turn_ends()
    assert line.sent == [b"%d" % number for number in range(3 * OUTBOX_FRAMES)]
    assert line.closed is None


async def test_frames_keep_their_order_through_a_slow_moment(wire):
    made, line, _ = wire
    made.send(b"1")
    await turn_ends()
    made.pause_writing()
    made.send(b"2")
    made.send(b"3")
    await turn_ends()
    assert line.sent == [b"1"]
    made.resume_writing()
    made.send(b"4")
    await turn_ends()
    assert line.sent == [b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
async def test_frames_of_every_size_arrive_whole(wire, size):
    made, line, _ = wire
    made.send_all([b"x" * size, b"next"])
    await turn_ends()
    assert line.sent == [b"x" * size, b"next"]


async def test_frames_sent_together_keep_their_place_behind_those_that_wait(wire):
    made, line, _ = wire
    made.pause_writing()
    made.send(b"1")
    made.send_all([b"2", b"3"])
    assert line.sent == []
    made.resume_writing()
    made.send_all([b"4", b"5"])
    await turn_ends()
    assert line.sent == [b"1", b"2", b"3", b"4", b"5"]


@pytest.mark.parametrize(("frames", "size"), [(OUTBOX_FRAMES + 1, 1), (3, OUTBOX_BYTES // 2)])
async def test_too_much_for_a_slow_client_cuts_it_with_a_goodbye(wire, frames, size):
    made, line, _ = wire
    made.pause_writing()
    for _ in range(frames - 1):
        made.send(b"x" * size)
    assert line.closed is None
    made.send(b"x" * size)
    assert line.closed == 4008
    assert msgspec.json.decode(line.sent[-1]) == {"t": "bye", "reason": "too_slow", "retry_after_ms": 2000}
    made.send(b"late")
    assert line.sent[-1] != b"late"


async def test_silence_is_noticed_once_a_period(wire):
    made, _, session = wire
    now_s = asyncio.get_running_loop().time()
    made.check(now_s + 4)
    assert session.silent == 0
    made.check(now_s + 6)
    made.check(now_s + 7)
    assert session.silent == 1
