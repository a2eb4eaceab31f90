"""An agent at a desk of a house with a telephone, by the desk's own socket."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from tests.e2e.voice_house import VoiceHouse
from tests.e2e.voice_softphone import SoftPhone

from chaos.line import Frame, Line
from chaos.line import call as connect

WAIT_S = 30.0
PING_EVERY_S = 10.0  # as pages do: a desk that says nothing for 30 s counts as gone


async def until(true: Callable[[], Any], what: str, within_s: float = WAIT_S) -> Any:
    """Wait until something is so; return it."""
    give_up = time.monotonic() + within_s
    while not (found := true()):
        assert time.monotonic() < give_up, f"It never came true that {what}."
        await asyncio.sleep(0.01)
    return found


class DeskAgent:
    """An agent at a desk: the socket of docs/protocol/desk.md. Audio comes by `joins`, with a page of Chromium."""

    def __init__(self, house: VoiceHouse, email: str, cookie: str) -> None:
        self._house = house
        self._cookie = cookie
        self._numbers = itertools.count(1)
        self._line: Line | None = None
        self._lives: asyncio.TimerHandle | None = None
        self.email = email
        self.id = ""
        self.name = ""
        self.frames: deque[Frame] = deque(maxlen=5000)
        self.cards: dict[str, Frame] = {}
        self.calls: dict[str, Frame] = {}
        self.events: dict[str, dict[int, Frame]] = {}
        self.presence = ""

    @classmethod
    async def open(cls, house: VoiceHouse, email: str) -> "DeskAgent":
        agent = cls(house, email, await house.sign_in(email))
        await agent.connect()
        return agent

    async def connect(self) -> None:
        """Connect, again if the line was lost."""
        headers = {"Cookie": self._cookie, "Origin": self._house.base_url}
        url = f"ws://{urlsplit(self._house.base_url).netloc}/ws/desk"
        give_up = time.monotonic() + WAIT_S
        while (line := await connect(url, self._heard, headers)) is None:
            assert time.monotonic() < give_up, "The desk does not answer."
            await asyncio.sleep(0.2)
        self._line = line
        line.send(t="hello", v=1, contacts={}, device=f"e2e-{self.email}-{time.monotonic()}")
        self._say_alive()
        welcome = await self.told("welcome")
        self.id, self.name = welcome["me"]["id"], welcome["me"]["name"]

    @property
    def connected(self) -> bool:
        return self._line is not None and not self._line.closed.is_set()

    def _say_alive(self) -> None:
        if self._lives is not None:
            self._lives.cancel()
        if self._line is not None:
            self._line.send(t="ping")
        self._lives = asyncio.get_running_loop().call_later(PING_EVERY_S, self._say_alive)

    def leave(self) -> None:
        if self._lives is not None:
            self._lives.cancel()
        if self._line is not None:
            self._line.drop()

    def _heard(self, frame: Frame) -> None:
        self.frames.append(frame)
        match frame["t"]:
            case "welcome":
                self.presence = frame["me"]["presence"]
                self.cards = {card["id"]: card for card in frame["contacts"]}
            case "me":
                self.presence = frame["me"]["presence"]
            case "card":
                self.cards[frame["card"]["id"]] = frame["card"]
            case "gone":
                self.cards.pop(frame["contact"], None)
            case "call":
                self.calls[frame["contact"]] = frame["call"]
            case "event":
                self.events.setdefault(frame["contact"], {})[frame["seq"]] = frame["e"]
            case "history":
                for one in frame["events"]:
                    self.events.setdefault(frame["contact"], {})[one["seq"]] = one["e"]
            case _:
                pass

    async def told(self, kind: str, check: Callable[[Frame], bool] = lambda _: True) -> Frame:
        """Wait for a frame, also one that has come already; the newest of several."""
        return await until(
            lambda: next((one for one in reversed(self.frames) if one["t"] == kind and check(one)), None),
            f"{self.email} was told {kind}",
        )

    async def asks(self, kind: str, **fields: object) -> Frame:
        """Send a frame and return the answer to it, which may be an error; over a new line if this one is lost."""
        cid = f"{self.email}-{next(self._numbers)}-{time.monotonic_ns()}"
        sent_over: Line | None = None

        def answer() -> Frame | None:
            return next((one for one in reversed(self.frames) if one.get("cid") == cid), None)

        give_up = time.monotonic() + WAIT_S
        while (found := answer()) is None:
            assert time.monotonic() < give_up, f"It never came true that {kind} was answered."
            await self._stay_connected()
            if self._line is not None and self._line is not sent_over:
                sent_over = self._line
                sent_over.send(t=kind, cid=cid, **fields)
            await asyncio.sleep(0.01)
        return found

    async def _stay_connected(self) -> None:
        """Connect again if the line was lost, as a desk's page does by itself."""
        if not self.connected:
            await self.connect()

    async def does(self, kind: str, **fields: object) -> Frame:
        """Send a frame that must not be refused."""
        answer = await self.asks(kind, **fields)
        assert answer["t"] != "error", answer
        return answer

    async def orders(self, contact: str, kind: str, **fields: object) -> Frame:
        """Give a contact a command."""
        return await self.does("cmd", contact=contact, c={"kind": kind, **fields})

    async def is_there(self, presence: str = "available") -> None:
        reason = "break" if presence == "away" else None
        await self.does("presence", presence=presence, reason=reason)
        await until(lambda: self.presence == presence, f"{self.email} is {presence}")

    async def goes_home(self) -> None:
        """Leave the shift, whatever is left to do."""
        for contact in list(self.cards):
            if self.has(contact) and self.cards[contact]["status"] not in ("ended", "wrap_up"):
                await self.asks("cmd", contact=contact, c={"kind": "agent_ends"})
        for contact in list(self.cards):
            if self.has(contact):
                await self.wraps_up(contact)
        await self.is_there("offline")
        self.leave()

    async def is_offered(self, check: Callable[[Frame], bool] = lambda _: True, within_s: float = WAIT_S) -> Frame:
        """Wait for an offer and return its card."""
        try:
            return await self._offered(check, within_s)
        except AssertionError:
            newest = await self._house.newest_contact(set())
            told = [] if newest is None else await self.history(newest)
            raise AssertionError(f"No offer came to {self.email}. The newest contact: {told[-6:]}") from None

    async def _offered(self, check: Callable[[Frame], bool], within_s: float) -> Frame:
        give_up = time.monotonic() + within_s
        while True:
            found = next((one for one in self._offers() if check(one)), None)
            if found is not None:
                return found
            assert time.monotonic() < give_up, "It never came true that an offer came."
            await self._stay_connected()
            await asyncio.sleep(0.01)

    def _offers(self) -> list[Frame]:
        return [
            card for card in self.cards.values()
            if card["offer"] is not None and self.id in (card["offer"]["agent_id"], *card["offer"].get("also", ()))
        ]  # fmt: skip

    async def accepts(self, check: Callable[[Frame], bool] = lambda _: True) -> str:
        """Wait for an offer and take it; return the contact."""
        card = await self.is_offered(check)
        await self.orders(card["id"], "accept_offer", offer_id=card["offer"]["id"])
        await until(lambda: self.has(card["id"]), "the contact is mine")
        return card["id"]

    def has(self, contact: str) -> bool:
        card = self.cards.get(contact)
        return card is not None and card["agent_id"] == self.id and card["offer"] is None

    async def joins(self, page: SoftPhone, contact: str, mode: str = "talk") -> None:
        """Bring the audio of a page to a call."""
        answer = await self.does("call_join", contact=contact, sdp=await page.offer(), mode=mode)
        await page.answered(answer["sdp"])

    async def call_is(self, contact: str, check: Callable[[Frame], bool], what: str) -> Frame:
        """Wait until the call's picture on this desk is so."""
        await until(lambda: (one := self.calls.get(contact)) is not None and check(one), what)
        return self.calls[contact]

    async def finishes(self, contact: str) -> None:
        """End the contact and be free again."""
        await self.orders(contact, "agent_ends")
        await self.wraps_up(contact)

    async def wraps_up(self, contact: str) -> None:
        await until(lambda: not self.has(contact) or self.cards[contact]["wrap_up"] is not None, "it was over")
        if contact in self.cards and self.cards[contact]["wrap_up"] is not None:
            await self.orders(contact, "finish_wrap_up", disposition="solved", summary="")

    async def history(self, contact: str | UUID) -> list[Frame]:
        """The events of a contact as the public API tells them."""
        async with httpx.AsyncClient(base_url=self._house.base_url, timeout=30, trust_env=False) as client:
            answer = await client.get(f"/api/contacts/{contact}", headers={"Cookie": self._cookie})
            answer.raise_for_status()
            return [one["e"] for one in answer.json()["events"]]
