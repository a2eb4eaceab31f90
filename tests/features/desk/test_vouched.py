"""A desk does not outlive the session it was opened with."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest_asyncio

from warmline.features.desk.vouched import HELD_AT_MOST, VouchedDesk
from warmline.kernel.ids import new_id
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.identity import AgentIdentity
from warmline.ports.socket import REFUSED, Opening

MINA = AgentIdentity("onda", new_id(), "Mina", ("agent",), "ko")


class Wire:
    def __init__(self) -> None:
        self.sent: list[dict[str, object]] = []
        self.closed: list[tuple[int, str]] = []

    def send(self, frame: bytes) -> None:
        self.sent.append(msgspec.json.decode(frame))

    def send_all(self, frames: list[bytes]) -> None: ...

    def close(self, code: int, reason: str, retry_after_ms: int | None = None) -> None:
        self.closed.append((code, reason))


class Desk:
    silence_s = 30.0

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.ended: list[str] = []

    def on_frame(self, data: bytes) -> None:
        self.heard.append(data)

    def on_silence(self) -> None:
        self.ended.append("silence")

    def on_closed(self) -> None:
        self.ended.append("closed")


class Door:
    """Sessions: who is signed in, and how often somebody asked."""

    def __init__(self) -> None:
        self.signed_in = True
        self.asked = 0

    async def authenticate(self, cookie: str | None, origin: str | None) -> AgentIdentity | None:
        self.asked += 1
        await asyncio.sleep(0)
        return MINA if self.signed_in else None


@pytest_asyncio.fixture
async def tasks() -> AsyncIterator[TaskRegistry]:
    registry = TaskRegistry(lambda name, failure: None)
    yield registry
    await registry.close()


def _vouched(tasks: TaskRegistry, again_s: float = 0.0) -> tuple[VouchedDesk, Desk, Door, Wire]:
    desk, door, wire = Desk(), Door(), Wire()
    opening = Opening("/ws/desk", "http://desk", "desk", "127.0.0.1", "warmline_session=mina")
    return VouchedDesk(desk, door.authenticate, tasks, opening, wire, again_s=again_s), desk, door, wire


async def _settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_frames_reach_the_desk_in_order_while_the_session_lives(tasks: TaskRegistry):
    vouched, desk, door, wire = _vouched(tasks)
    for frame in (b"one", b"two", b"three"):
        vouched.on_frame(frame)
    assert desk.heard == []
    await _settled()
    assert (desk.heard, door.asked, wire.closed) == ([b"one", b"two", b"three"], 1, [])
    assert vouched.silence_s == 30.0


async def test_after_signing_out_nothing_more_is_done_at_that_desk(tasks: TaskRegistry):
    vouched, desk, door, wire = _vouched(tasks)
    door.signed_in = False
    vouched.on_frame(b"note")
    await _settled()
    vouched.on_frame(b"another")
    await _settled()
    assert desk.heard == []
    assert wire.sent[0]["code"] == "sign_in"
    assert wire.closed == [(REFUSED, "sign_in")]


async def test_a_session_is_not_looked_up_for_every_word(tasks: TaskRegistry):
    vouched, desk, door, _ = _vouched(tasks, again_s=60.0)
    for frame in (b"one", b"two"):
        vouched.on_frame(frame)
    assert (desk.heard, door.asked) == ([b"one", b"two"], 0)


async def test_a_database_that_is_away_does_not_send_agents_home(tasks: TaskRegistry):
    desk, wire = Desk(), Wire()

    async def away(cookie: str | None, origin: str | None) -> AgentIdentity | None:
        raise OSError("no database")

    vouched = VouchedDesk(desk, away, tasks, Opening("/ws/desk", None, "", ""), wire, again_s=0)
    vouched.on_frame(b"one")
    await _settled()
    assert (desk.heard, wire.closed) == ([b"one"], [])


async def test_what_waits_for_the_answer_is_bounded_and_a_closed_desk_hears_nothing(tasks: TaskRegistry):
    vouched, desk, _, wire = _vouched(tasks)
    for _ in range(HELD_AT_MOST + 1):
        vouched.on_frame(b"x")
    assert wire.closed == [(1013, "busy")]
    vouched, desk, _, _ = _vouched(tasks)
    vouched.on_frame(b"late")
    vouched.on_closed()
    vouched.on_silence()
    await _settled()
    assert (desk.heard, desk.ended) == ([], ["closed", "silence"])
