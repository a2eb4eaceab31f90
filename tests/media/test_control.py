"""A controller may go and come back: calls live on meanwhile, but not for ever, and nonsense harms nobody."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.peer import Peer
from warmline.media import messages as m
from warmline.media.commands import Commands
from warmline.media.control import Control
from warmline.media.engine import Engine
from warmline.ports.media import LegUp, LegWish


class Controller:
    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(5)
        self.socket.connect(str(path))
        self._buffer = bytearray()
        self.events: list[object] = []

    def ask(self, command: m.AnyCommand) -> m.FromWorker:
        self.socket.sendall(m.framed(command))
        while True:
            reply = self.next()
            if reply.event is None:
                return reply
            self.events.append(reply.event)

    def next(self) -> m.FromWorker:
        if not hasattr(self, "_messages"):
            self._messages: list[bytes] = []
        while not self._messages:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError
            self._buffer += data
            self._messages = m.taken(self._buffer)
        return m.FROM_WORKER.decode(self._messages.pop(0))


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[tuple[Engine, Path, threading.Thread]]:
    engine = Engine("127.0.0.1", 22_700, 22_719)
    control = Control(engine, Commands(engine, "127.0.0.1"), str(tmp_path / "w"), alone_at_most_s=0.5)
    thread = threading.Thread(target=engine.run)
    thread.start()
    yield engine, tmp_path / "w", thread
    engine.running = False
    thread.join()
    engine.close()
    control.close()


def test_legs_live_on_for_a_controller_that_comes_back_and_hears_what_happened(
    worker: tuple[Engine, Path, threading.Thread],
):
    engine, path, _ = worker
    controller = Controller(path)
    with Peer() as phone:
        reply = controller.ask(m.Open(id=7, call="c", leg="customer", wish=LegWish(), offer=phone.sdp()))
        assert reply.id == 7
        assert reply.error is None
        controller.socket.close()
        phone.call(m.msgspec.json.decode(reply.ok))
        again = Controller(path)
        hello = again.ask(m.Hello(id=1))
        assert b'"calls":["c"]' in bytes(hello.ok)
        while LegUp("customer") not in again.events:
            event = again.next().event
            again.events.append(event)
        again.socket.close()
    assert "customer" in engine.legs


def test_a_worker_left_alone_ends(worker: tuple[Engine, Path, threading.Thread]):
    _, path, thread = worker
    Controller(path).socket.close()
    thread.join(5)
    assert not thread.is_alive()


def test_only_the_newest_controller_is_heard_and_nonsense_is_answered(
    worker: tuple[Engine, Path, threading.Thread],
):
    _, path, _ = worker
    old = Controller(path)
    assert old.ask(m.Hello(id=1)).id == 1
    new = Controller(path)
    for body in (b'{"id": 5, "do": "dance"}', b'{"id": 5, "do": "stop"}'):
        new.socket.sendall(len(body).to_bytes(4) + body)
        reply = new.next()
        assert (reply.id, reply.error) == (5, "media.unsupported")
    with pytest.raises(ConnectionError):
        old.ask(m.Hello(id=2))
    new.socket.sendall(b"\xff\xff\xff\xff")
    with pytest.raises(ConnectionError):
        new.next()
    third = Controller(path)
    assert third.ask(m.Hello(id=9)).error is None
    third.socket.close()
    new.socket.close()
    old.socket.close()


def test_the_socket_is_for_its_owner_alone(worker: tuple[Engine, Path, threading.Thread]):
    _, path, _ = worker
    assert path.stat().st_mode & 0o777 == 0o600
