"""A colleague's desk: available, rings answered, cases ended and wrapped up, over a broken line too."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable

import pytest
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from listening import listening
from warmline_demo.colleagues.desk import Desk
from warmline_demo.wire import Frame, record, texts

ME = "11111111-1111-4111-8111-111111111111"


class House(WSListener):
    """The other side of the desk protocol for one contact: offered, accepted, thanked, ended, wrapped up."""

    def __init__(self, books: "Books") -> None:
        self.books = books

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        said: Frame = json.loads(frame.get_payload_as_utf8_text())
        match said["t"]:
            case "hello":
                self.books.hellos += 1
                self.books.line = transport
                self.send(transport, {"t": "welcome", "me": self.me(), "contacts": []})
            case "presence":
                self.books.presence = texts(said["presence"])
                self.books.reasons.append(said.get("reason"))
                self.send(transport, {"t": "me", "me": self.me()})
                if self.books.presence == "available" and self.books.break_first:
                    self.books.break_first = False
                    transport.disconnect()
                elif self.books.presence == "available":
                    self.card(transport, status="offered", offer={"id": "o1", "agent_id": ME})
            case "cmd":
                self.command(transport, record(said["c"]))
            case _:
                pass

    def command(self, transport: WSTransport, command: Frame) -> None:
        self.books.commands.append(texts(command["kind"]))
        match command["kind"]:
            case "accept_offer":
                self.card(transport, status="connected", agent_id=ME)
            case "agent_message" if self.books.commands.count("agent_message") == 1:
                event = {"kind": "message_sent", "author": "customer", "text": "감사합니다! 더 궁금한 건 없어요."}
                self.send(transport, {"t": "event", "contact": "c1", "seq": 5, "e": event})
            case "agent_ends":
                self.card(transport, status="ended", wrap_up={"due_at": None})
            case "finish_wrap_up":
                self.send(transport, {"t": "gone", "contact": "c1"})
            case _:
                pass

    def card(self, transport: WSTransport, **changes: object) -> None:
        card = {"id": "c1", "locale": "ko", "queue_id": "orders", "agent_id": None, "offer": None, "wrap_up": None}
        self.send(transport, {"t": "card", "card": {**card, "seq": 4, **changes}})

    def me(self) -> Frame:
        return {"id": ME, "presence": self.books.presence}

    def send(self, transport: WSTransport, frame: Frame) -> None:
        transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class Books:
    def __init__(self) -> None:
        self.hellos = 0
        self.presence = "offline"
        self.reasons: list[object] = []
        self.commands: list[str] = []
        self.break_first = False
        self.line: WSTransport | None = None
        self.url = ""


@pytest.fixture
async def books() -> AsyncIterator[Books]:
    kept = Books()
    async with listening(lambda: House(kept), "/ws/desk") as kept.url:
        yield kept


class Hasty(random.Random):
    """People of this test think quickly, and take no break."""

    def uniform(self, a: float, b: float) -> float:
        return super().uniform(a, b) if a >= 40 else 0.02


async def work(books: Books, done: Callable[[], bool], paused: Callable[[], bool] = lambda: False) -> None:
    async def enter() -> str:
        return "warmline_session=x"

    desk = Desk("김서윤", "ko", books.url, "http://house", enter, paused, lambda line: None, Hasty(1))
    working = asyncio.get_running_loop().create_task(desk.work())
    try:
        async with asyncio.timeout(20):
            while not done():
                await asyncio.sleep(0.02)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def test_a_contact_is_accepted_answered_ended_and_wrapped_up(books: Books):
    await work(books, lambda: "finish_wrap_up" in books.commands)
    kinds = list(dict.fromkeys(books.commands))
    assert kinds == ["accept_offer", "agent_message", "agent_ends", "finish_wrap_up"]
    assert books.commands.count("accept_offer") == books.commands.count("agent_ends") == 1


async def test_a_colleague_comes_back_after_the_line_broke(books: Books):
    books.break_first = True
    books.presence = "away"
    await work(books, lambda: books.hellos >= 2)
    assert books.presence == "available"


async def test_while_the_demo_rests_colleagues_are_away(books: Books):
    await work(books, lambda: books.presence == "away", paused=lambda: True)
    assert books.reasons == ["break"]
    assert books.commands == []
