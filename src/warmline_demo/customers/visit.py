"""One visit: a simulated customer in the widget, by the public protocol, through breaks of the connection."""

import asyncio
import itertools
import random
import re
import uuid
from collections.abc import Awaitable, Callable

from warmline_demo.customers.brain import Action, Brain, FetchCode, Leave, Say
from warmline_demo.customers.people import Visitor
from warmline_demo.wire import Disconnected, Frame, Wire, backoff, record, records, texts

PING_EVERY_S = 25.0
QUIET_LIMIT_S = 240.0  # nothing happens any more: the customer closes the page
LONGEST_S = 1200.0
CODE_WAIT_S = 12.0

Messages = Callable[[str], Awaitable[list[str]]]


class Visit:
    """A visitor's browser. `messages(phone)` reads the text messages of their phone, newest first."""

    def __init__(
        self, visitor: Visitor, url: str, key: str, origin: str, messages: Messages, draw: random.Random
    ) -> None:
        self._visitor = visitor
        self._url = url
        self._key = key
        self._origin = origin
        self._messages = messages
        self._draw = draw
        self._brain = Brain(visitor, draw)
        self._token: str | None = None
        self._contact: str | None = None
        self._seq = 0
        self._plan: list[tuple[float, Action]] = []
        self._unacknowledged: dict[str, Frame] = {}
        self._used_codes: set[str] = set()
        self._last_sign = 0.0

    async def run(self) -> str:
        """Visit to the end; return how it ended: ended, left, quiet or too_long."""
        loop = asyncio.get_running_loop()
        self._last_sign = started = loop.time()
        waits = backoff(self._draw)
        while loop.time() - started < LONGEST_S:
            try:
                wire = await Wire.open(self._url, {"Origin": self._origin})
            except Disconnected:
                await asyncio.sleep(next(waits))
                continue
            try:
                ended = await self._talk(wire)
            except Disconnected:
                await asyncio.sleep(next(waits))
            else:
                return ended
            finally:
                wire.close()
        return "too_long"

    async def _talk(self, wire: Wire) -> str:
        loop = asyncio.get_running_loop()
        wire.send({
            "t": "hello", "v": 1, "key": self._key, "visitor": self._token, "locale": self._visitor.locale,
            "contact": self._contact, "seq": self._seq, "page": f"{self._origin}/demo/shop",
        })  # fmt: skip
        pings = (loop.time() + PING_EVERY_S * n for n in itertools.count(1))
        ping_at = next(pings)
        while True:
            due = min([at for at, _ in self._plan], default=ping_at)
            frame = await wire.receive(max(0.01, min(due, ping_at) - loop.time()))
            if frame is not None:
                self._on_frame(wire, frame)
            if loop.time() >= ping_at:
                wire.send({"t": "ping"})
                ping_at = next(pings)
            if (ended := await self._act(wire)) is not None:
                return ended
            if self._brain.over:
                return "ended"
            if not self._plan and loop.time() - self._last_sign > QUIET_LIMIT_S:
                wire.send({"t": "end"})
                return "quiet"

    def _on_frame(self, wire: Wire, frame: Frame) -> None:
        match frame.get("t"):
            case "welcome":
                self._token = texts(frame.get("visitor")) or self._token
                contact = record(frame.get("contact"))
                if not contact:
                    wire.send({"t": "start", "cid": _cid(), "locale": self._visitor.locale})
                else:
                    self._contact = texts(contact.get("id"))
                    self._events(records(frame.get("events")))
                    for say in self._unacknowledged.values():
                        wire.send(say)  # sent twice, it counts once
            case "opened":
                self._contact = texts(record(frame.get("contact")).get("id"))
                self._events(records(frame.get("events")))
            case "event":
                self._event(frame)
            case "events":
                self._events(records(frame.get("events")))
            case "ack":
                self._unacknowledged.pop(texts(frame.get("cid")), None)
            case "error":
                self._unacknowledged.pop(texts(frame.get("cid")), None)
                if frame.get("code") == "too_many":
                    self._last_sign = asyncio.get_running_loop().time()
            case "bye":
                raise Disconnected(texts(frame.get("reason")))
            case _:
                pass

    def _events(self, frames: list[Frame]) -> None:
        for frame in frames:
            self._event(frame)

    def _event(self, frame: Frame) -> None:
        seq = frame.get("seq")
        if not isinstance(seq, int) or seq <= self._seq:
            return  # seen before the connection broke
        self._seq = seq
        now = asyncio.get_running_loop().time()
        event = record(frame.get("e"))
        if event.get("author") != "customer":
            self._last_sign = now
        actions = self._brain.hear(event)
        if actions and not isinstance(actions[0], Leave):
            self._plan = [planned for planned in self._plan if isinstance(planned[1], Leave)]
        if event.get("kind") == "agent_joined":
            self._plan = []
        self._plan += [(now + action.after_s, action) for action in actions]

    async def _act(self, wire: Wire) -> str | None:
        now = asyncio.get_running_loop().time()
        due = [action for at, action in self._plan if at <= now]
        self._plan = [(at, action) for at, action in self._plan if at > now]
        for action in due:
            match action:
                case Leave():
                    wire.send({"t": "end"})
                    return "left"
                case FetchCode():
                    self._say(wire, await self._code(), None)
                case Say(text, _, value):
                    self._say(wire, text, value)
        return None

    def _say(self, wire: Wire, text: str, value: str | None) -> None:
        cid = _cid()
        frame: Frame = {"t": "say", "cid": cid, "text": text}
        if value is not None:
            frame["value"] = value
        self._unacknowledged[cid] = frame
        wire.send({"t": "typing", "on": False})
        wire.send(frame)

    async def _code(self) -> str:
        """Return the newest unused code on the phone; a guess when none arrives, as people do."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + CODE_WAIT_S
        while loop.time() < deadline:
            for text in await self._messages(self._visitor.person.phone):
                found = re.search(r"(?<!\d)\d{6}(?!\d)", text)
                if found and found[0] not in self._used_codes:
                    self._used_codes.add(found[0])
                    return found[0]
            await asyncio.sleep(1.0)
        return f"{self._draw.randrange(10**6):06d}"


def _cid() -> str:
    return uuid.uuid4().hex
