"""A simulated colleague's desk: one shift over the public desk protocol, through breaks of the connection."""

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable

from warmline_demo.colleagues.brain import SILENCE_S, Do, Mind
from warmline_demo.colleagues.words import Locale
from warmline_demo.wire import Disconnected, Frame, Wire, backoff, record, records, texts

PING_EVERY_S = 10.0
ASK_AGAIN_S = 20.0  # a presence we were sent out of (missed offers, a lost desk) is taken up again
MOST_PENDING = 3  # steps for one contact; what comes meanwhile is answered by them
BREAK_AFTER_S = (300.0, 900.0)
BREAK_S = (45.0, 120.0)

Enter = Callable[[], Awaitable[str]]


class Desk:
    """One colleague. `enter` signs in and returns the Cookie header; `paused` tells whether the demo rests."""

    def __init__(
        self,
        name: str,
        locale: Locale,
        url: str,
        origin: str,
        enter: Enter,
        paused: Callable[[], bool],
        say: Callable[[str], None],
        draw: random.Random,
    ) -> None:
        self._name = name
        self._locale: Locale = locale
        self._url = url
        self._origin = origin
        self._enter = enter
        self._paused = paused
        self._say = say
        self._draw = draw
        self._device = uuid.uuid4().hex
        self._mind: Mind | None = None
        self._seqs: dict[str, int] = {}
        self._plan: dict[str, list[tuple[float, Do]]] = {}
        self._heard: dict[str, float] = {}
        self._trouble = ""  # told once, not at every try
        self._presence = ""
        self._asked = ("", 0.0)  # the presence asked for last, and when
        self._break_at = 0.0
        self._back_at = 0.0

    async def work(self) -> None:
        """Work until cancelled; whatever happens, come back."""
        loop = asyncio.get_running_loop()
        self._break_at = loop.time() + self._draw.uniform(*BREAK_AFTER_S)
        waits = backoff(self._draw)
        while True:
            began = loop.time()
            try:
                await self._shift()
            except Disconnected as gone:
                if str(gone) != self._trouble:
                    self._trouble = str(gone)
                    self._say(f"colleagues: {self._name} cannot work: {gone}")
            if loop.time() - began > 60:
                waits = backoff(self._draw)
            await asyncio.sleep(next(waits))

    async def _shift(self) -> None:
        cookie = await self._enter()
        wire = await Wire.open(self._url, {"Cookie": cookie, "Origin": self._origin})
        loop = asyncio.get_running_loop()
        try:
            wire.send({"t": "hello", "v": 1, "contacts": self._seqs, "device": self._device})
            ping_at = loop.time() + PING_EVERY_S
            while True:
                due = min([at for plan in self._plan.values() for at, _ in plan], default=ping_at)
                frame = await wire.receive(max(0.01, min(due, ping_at, loop.time() + 1.0) - loop.time()))
                if frame is not None:
                    self._on_frame(frame)
                if loop.time() >= ping_at:
                    wire.send({"t": "ping"})
                    ping_at = loop.time() + PING_EVERY_S
                self._be_present(wire)
                self._notice_silence()
                self._act(wire)
        finally:
            wire.close()

    def _on_frame(self, frame: Frame) -> None:
        match frame.get("t"):
            case "welcome":
                me = record(frame.get("me"))
                self._presence = texts(me.get("presence"))
                self._trouble = ""
                self._say(f"colleagues: {self._name} is at the desk")
                if self._mind is None:
                    self._mind = Mind(texts(me.get("id")), self._name, self._locale, self._draw)
                for card in records(frame.get("contacts")):
                    self._on_card(card)
            case "me":
                self._presence = texts(record(frame.get("me")).get("presence"))
            case "card":
                self._on_card(record(frame.get("card")))
            case "event":
                self._on_event(texts(frame.get("contact")), frame)
            case "history":
                contact = texts(frame.get("contact"))
                for event in records(frame.get("events")):
                    self._note_seq(contact, event.get("seq"))
            case "gone":
                self._forget(texts(frame.get("contact")))
            case "bye":
                raise Disconnected(texts(frame.get("reason")))
            case _:
                pass

    def _on_card(self, card: Frame) -> None:
        contact = texts(card.get("id"))
        self._note_seq(contact, card.get("seq"))
        if self._mind is not None:
            self._schedule(contact, self._mind.card(card))

    def _on_event(self, contact: str, frame: Frame) -> None:
        event = record(frame.get("e"))
        self._note_seq(contact, frame.get("seq"))
        if event.get("kind") == "message_sent":
            self._heard[contact] = asyncio.get_running_loop().time()
        if self._mind is not None and len(self._plan.get(contact, ())) < MOST_PENDING:
            self._schedule(contact, self._mind.event(contact, event))

    def _note_seq(self, contact: str, seq: object) -> None:
        if isinstance(seq, int):
            self._seqs[contact] = max(seq, self._seqs.get(contact, 0))

    def _forget(self, contact: str) -> None:
        for memory in (self._seqs, self._plan, self._heard):
            memory.pop(contact, None)
        if self._mind is not None:
            self._mind.gone(contact)

    def _schedule(self, contact: str, steps: list[Do]) -> None:
        """Plan steps after those still pending; a goodbye makes pending replies pointless."""
        if not steps:
            return
        now = asyncio.get_running_loop().time()
        leaving = any(step.command["kind"] == "agent_ends" for step in steps)
        pending = [] if leaving else self._plan.get(contact, [])
        begin = max([now, *(at for at, _ in pending)])
        self._plan[contact] = pending + [(begin + step.after_s, step) for step in steps]
        self._heard[contact] = now

    def _act(self, wire: Wire) -> None:
        now = asyncio.get_running_loop().time()
        for contact, plan in list(self._plan.items()):
            for _, step in [planned for planned in plan if planned[0] <= now]:
                wire.send({"t": "cmd", "cid": uuid.uuid4().hex, "contact": contact, "c": step.command})
                self._say(f"colleagues: {self._name}: {step.command['kind']} {contact[:8]}")
            self._plan[contact] = [planned for planned in plan if planned[0] > now]
            if not self._plan[contact]:
                del self._plan[contact]

    def _notice_silence(self) -> None:
        now = asyncio.get_running_loop().time()
        for contact, heard_at in list(self._heard.items()):
            if contact not in self._plan and now - heard_at > SILENCE_S and self._mind is not None:
                self._heard[contact] = now
                self._schedule(contact, self._mind.silence(contact))

    def _be_present(self, wire: Wire) -> None:
        """Be available, but for breaks and while the demo rests; what is open is finished first."""
        now = asyncio.get_running_loop().time()
        if now >= self._break_at:
            self._back_at = now + self._draw.uniform(*BREAK_S)
            self._break_at = self._back_at + self._draw.uniform(*BREAK_AFTER_S)
        wanted = "away" if self._paused() or now < self._back_at else "available"
        asked, asked_at = self._asked
        if self._presence in ("", wanted) or (asked == wanted and now - asked_at < ASK_AGAIN_S):
            return
        self._asked = (wanted, now)
        frame: Frame = {"t": "presence", "cid": uuid.uuid4().hex, "presence": wanted}
        if wanted == "away":
            frame |= {"reason": "break", "next": True}
        wire.send(frame)
