"""One visit through the widget: a broken line loses nothing and says nothing twice."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from picows import WSFrame, WSListener, WSMsgType, WSTransport

from listening import listening
from warmline_demo.customers.people import Visitor, next_visitor
from warmline_demo.customers.visit import Visit
from warmline_demo.wire import Frame


class House(WSListener):
    """The other side of the widget protocol, reduced to one question a contact; `break_after` cuts the line."""

    def __init__(self, books: "Books") -> None:
        self.books = books

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        said: Frame = json.loads(frame.get_payload_as_utf8_text())
        books = self.books
        match said["t"]:
            case "hello":
                books.hellos.append(said)
                contact = {"id": "c1", "status": "journey", "locale": "ko"} if books.events else None
                missed = [event for event in books.events if int(str(event["seq"])) > int(str(said["seq"]))]
                self.send(transport, {"t": "welcome", "visitor": "v1", "contact": contact, "events": missed})
            case "start":
                books.ask("input one")
                self.send(
                    transport, {"t": "opened", "cid": said["cid"], "contact": {"id": "c1"}, "events": books.events}
                )
            case "say":
                self.said(transport, said)
            case "end":
                books.ended = True
            case _:
                pass

    def said(self, transport: WSTransport, said: Frame) -> None:
        books = self.books
        if said["cid"] not in books.said:
            books.said[str(said["cid"])] = str(said["text"])
            if len(books.said) == 1 and books.break_first:
                transport.disconnect()  # heard, but the answer is lost
                return
            if len(books.said) < 3:
                books.ask("input more")
            else:
                books.add({"kind": "contact_ended", "reason": "contained", "by": "bot"})
            self.send(transport, {"t": "event", "contact": "c1", **books.events[-1]})
        self.send(transport, {"t": "ack", "cid": said["cid"], "seq": len(books.events)})
        if len(books.said) == 1 and len(books.events) == 1:
            books.ask("input more")
            self.send(transport, {"t": "event", "contact": "c1", **books.events[-1]})

    def send(self, transport: WSTransport, frame: Frame) -> None:
        transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class Books:
    """What the house has heard and said."""

    def __init__(self) -> None:
        self.break_first = False
        self.ended = False
        self.hellos: list[Frame] = []
        self.events: list[Frame] = []
        self.said: dict[str, str] = {}
        self.url = ""

    def add(self, event: Frame) -> None:
        self.events.append({"seq": len(self.events) + 1, "prev": len(self.events), "e": event})

    def ask(self, text: str) -> None:
        self.add(
            {"kind": "message_sent", "author": "bot", "text": text, "input_kind": "email", "quick_replies": []}
        )


@pytest.fixture
async def books() -> AsyncIterator[Books]:
    kept = Books()
    async with listening(lambda: House(kept), "/ws/widget") as kept.url:
        yield kept


async def no_messages(phone: str) -> list[str]:
    return []


class Hasty(random.Random):
    """People of this test think quickly."""

    def uniform(self, a: float, b: float) -> float:
        return min(super().uniform(a, b), 0.05)


def visitor() -> Visitor:
    return replace(next_visitor(random.Random(2)), mood="calm", locale="en")


async def test_a_visit_answers_what_is_asked_and_ends_with_the_contact(books: Books):
    async with asyncio.timeout(20):
        assert await Visit(visitor(), books.url, "k", "http://shop", no_messages, Hasty(1)).run() == "ended"
    assert list(books.said.values()) == [visitor().person.email] * 3


async def test_after_a_broken_line_the_visitor_comes_back_as_the_same_and_nothing_is_said_twice(books: Books):
    books.break_first = True
    async with asyncio.timeout(30):
        assert await Visit(visitor(), books.url, "k", "http://shop", no_messages, Hasty(1)).run() == "ended"
    assert [hello["visitor"] for hello in books.hellos] == [None, "v1"]
    assert books.hellos[1]["contact"] == "c1"
    assert len(books.said) == 3
