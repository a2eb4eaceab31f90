"""People around a house with a telephone: who calls, who is called, who sits at a desk. All audio is real."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from tests.e2e.voice_house import KEEPER, PHONE_EXTENSION, VoiceHouse
from tests.e2e.voice_softphone import SoftPhone

from chaos.line import Frame, Line
from chaos.line import call as connect
from media.peer import Peer
from media.tones import loudness_db
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, IncomingCall
from warmline.sip.timers_sip import Times
from warmline.voice.directory import MemoryDirectory, Trunk
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Listen
from warmline_demo.content.telephone import PREFIX

WAIT_S = 30.0
CALLER = f"{PREFIX}123"
SILENT_DB = -55.0


async def until(true: Callable[[], Any], what: str, within_s: float = WAIT_S) -> Any:
    """Wait until something is so; return it."""
    give_up = time.monotonic() + within_s
    while not (found := true()):
        assert time.monotonic() < give_up, f"It never came true that {what}."
        await asyncio.sleep(0.01)
    return found


class Person:
    """Somebody at a telephone: a SIP call and the audio of it. `heard_loudness` tells what was heard when."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.call: Call | None = None
        self.answered: asyncio.Event = asyncio.Event()
        self.ended: CallEnd | None = None
        self.rings = False
        self.began = time.monotonic()

    def take(self, call: Call) -> None:
        self.call = call
        call.on_answered = self._answered
        call.on_ended = self._ended
        call.on_ringing = self._ringing
        call.on_reoffer = self._reoffered

    def _ringing(self, sdp: str | None) -> None:
        self.rings = True

    def _answered(self, sdp: str) -> None:
        self.peer.call(sdp)
        self.answered.set()

    def _reoffered(self, sdp: str) -> None:
        assert self.call is not None
        self.peer.call(sdp)
        self.call.reanswer(self.peer.sdp(version=2))

    def _ended(self, end: CallEnd) -> None:
        self.ended = end

    async def until_ended(self, within_s: float = WAIT_S) -> CallEnd:
        return await until(lambda: self.ended, "the call ended", within_s)

    async def hang_up(self) -> None:
        if self.call is not None and self.ended is None:
            await self.call.hang_up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.peer.press(key)

    async def hears_sound(self, ms: int = 300, within_s: float = WAIT_S) -> None:
        """Wait until something is heard, whatever it is."""
        await until(
            lambda: len(got := self.peer.heard(ms)) and loudness_db(got) > -40, "something was heard", within_s
        )

    async def hears(self, *hz: float, not_hz: tuple[float, ...] = (), within_s: float = WAIT_S) -> None:
        """Wait until all of these tones sound together, and none of those."""
        give_up = time.monotonic() + within_s
        while True:
            try:
                return await self.peer.hears(*hz, not_hz=not_hz, ms=200)
            except AssertionError:
                if time.monotonic() > give_up:
                    raise

    def longest_gap_s(self, since: float, quiet_db: float = SILENT_DB) -> float:
        """How long at most nothing was heard since a moment: neither packets nor sound."""
        loud = [one.at for one in self.peer.audio() if one.at >= since and _db(self.peer, one.payload) > quiet_db]
        return longest_gap_s([since, *loud, time.monotonic()])

    def silent_since(self) -> float:
        """When the last sound was heard."""
        loud = [one.at for one in self.peer.audio() if _db(self.peer, one.payload) > SILENT_DB]
        return loud[-1] if loud else self.began


def longest_gap_s(moments: list[float]) -> float:
    return max((later - one for one, later in itertools.pairwise(moments)), default=0.0)


def _db(peer: Peer, payload: bytes) -> float:
    return loudness_db(peer._decoder(payload))


class Town:
    """Every telephone outside the house and the desk phone inside it, behind one SIP address."""

    def __init__(self, house: VoiceHouse) -> None:
        self.failures: list[BaseException] = []
        self._tasks = TaskRegistry(lambda name, failure: self.failures.append(failure))
        self._people: list[Person] = []
        self._house = house
        self._keeper: DeskAgent | None = None
        self._at_home: dict[str, asyncio.Queue[IncomingCall]] = {}
        self.busy: set[str] = set()
        trunks = [
            Trunk("house", "street", "127.0.0.1", house.sip_port, addresses=("127.0.0.1",), keep_alive_s=0),
            Trunk(
                PHONE_EXTENSION, "desk", "127.0.0.1", house.sip_port, domain=house.realm, user=PHONE_EXTENSION,
                password=house.phone_password(PHONE_EXTENSION), register=True, register_expires_s=60,
                keep_alive_s=0,
            ),
        ]  # fmt: skip
        listen = (Listen("udp", "127.0.0.1", house.callers_port),)
        self.endpoint = Endpoint(
            listen, MemoryDirectory(trunks), _goes, self._tasks, lambda *_: None, times=Times(t1=0.25, t2=2.0)
        )
        self.endpoint.on_call = self._on_call

    async def open(self) -> None:
        """Register the desk phone, and keep somebody on shift who takes no calls, so that the queue is staffed."""
        await self.endpoint.start()
        try:
            await until(lambda: self.endpoint.trunks.is_up(PHONE_EXTENSION), "the desk phone registered")
        except AssertionError:
            await self.endpoint.close()
            raise AssertionError("The desk phone cannot register.\n" + self._house.logs()) from None
        self._keeper = await DeskAgent.open(self._house, KEEPER)
        async with self._house.staffed():
            await self._keeper.is_there("away")

    async def close(self) -> None:
        if self._keeper is not None:
            self._keeper.leave()
        for person in self._people:
            await person.hang_up()
        await self.endpoint.close()
        for person in self._people:
            person.peer.__exit__()
        await self._tasks.close()
        assert not self.failures, self.failures

    def person(self, hz: float = 0.0, codec: str = "PCMU", *, telephone_events: bool = True) -> Person:
        peer = Peer(codec, telephone_events=telephone_events)
        peer.__enter__()
        if hz:
            peer.say(hz)
        person = Person(peer)
        self._people.append(person)
        return person

    async def calls(
        self,
        number: str,
        hz: float = 0.0,
        *,
        own: str = CALLER,
        codec: str = "PCMU",
        telephone_events: bool = True,
    ) -> Person:  # fmt: skip
        """Somebody calls a number of the house and is answered."""
        person = self.person(hz, codec, telephone_events=telephone_events)
        person.take(await self.endpoint.dial(Dialling("street", number, person.peer.sdp(), from_number=own)))
        await until(lambda: person.answered.is_set() or person.ended, f"{number} answered")
        assert person.ended is None, person.ended
        return person

    async def is_called(self, number: str, within_s: float = WAIT_S) -> IncomingCall:
        """Wait until somebody of the house calls this telephone."""
        async with asyncio.timeout(within_s):
            return await self._home(number).get()

    async def picks_up(self, number: str, hz: float = 0.0) -> Person:
        """The telephone rings and is answered."""
        return await self.answers(await self.is_called(number), hz)

    async def answers(self, incoming: IncomingCall, hz: float = 0.0) -> Person:
        person = self.person(hz)
        person.take(incoming.call)
        assert incoming.offer is not None
        person.peer.call(incoming.offer)
        try:
            await incoming.call.answer(person.peer.sdp())
        except CallGone:
            raise AssertionError("They had hung up.") from None
        return person

    def _home(self, number: str) -> asyncio.Queue[IncomingCall]:
        return self._at_home.setdefault(number, asyncio.Queue(20))

    def _on_call(self, incoming: IncomingCall) -> None:
        if incoming.called in self.busy:
            incoming.call.refuse(486)
            return
        incoming.call.ring()
        self._home(incoming.called).put_nowait(incoming)


async def _goes(wish: Dialling) -> Dialling:
    return wish


class DeskAgent:
    """An agent at a desk: the socket of docs/protocol/desk.md. Audio comes by `joins`, with a page of Chromium."""

    def __init__(self, house: VoiceHouse, email: str, cookie: str) -> None:
        self._house = house
        self._cookie = cookie
        self._numbers = itertools.count(1)
        self._line: Line | None = None
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
        welcome = await self.told("welcome")
        self.id, self.name = welcome["me"]["id"], welcome["me"]["name"]

    @property
    def connected(self) -> bool:
        return self._line is not None and not self._line.closed.is_set()

    def leave(self) -> None:
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
        """Send a frame and return the answer to it, which may be an error."""
        assert self._line is not None
        cid = f"{self.email}-{next(self._numbers)}-{time.monotonic_ns()}"
        self._line.send(t=kind, cid=cid, **fields)
        return await until(
            lambda: next((one for one in reversed(self.frames) if one.get("cid") == cid), None),
            f"{kind} was answered",
        )

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
        return await until(
            lambda: next((one for one in self._offers() if check(one)), None), "an offer came", within_s
        )

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

    async def joins(self, page: "SoftPhone", contact: str, mode: str = "talk") -> None:
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
