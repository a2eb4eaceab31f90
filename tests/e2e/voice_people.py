"""People around a house with a telephone: who calls, who is called, who sits at a desk. All audio is real."""

import asyncio
import itertools
import time

from tests.e2e.voice_desk import WAIT_S, DeskAgent, until
from tests.e2e.voice_house import KEEPER, PHONE_EXTENSION, VoiceHouse

from media.peer import Peer
from media.tones import loudness_db
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, IncomingCall
from warmline.sip.timers_sip import Times
from warmline.voice.directory import MemoryDirectory, Trunk
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Listen
from warmline_demo.content.telephone import PREFIX

CALLER = f"{PREFIX}123"
SILENT_DB = -55.0


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
        await self.keep()

    async def keep(self) -> None:
        """See that the keeper is there, also when a busy machine has cost them their line."""
        if self._keeper is not None and self._keeper.connected:
            return
        self._keeper = await DeskAgent.open(self._house, KEEPER)
        async with self._house.staffed():
            await self._keeper.is_there("away")

    async def close(self) -> None:
        if self._keeper is not None and self._keeper.connected:
            await self._keeper.is_there("offline")  # that the next one comes is news then, and told at once
            self._keeper.leave()
        for person in self._people:
            await person.hang_up()
        await self.endpoint.close()
        self._put_down()
        await self._tasks.close()
        assert not self.failures, self.failures

    async def all_hang_up(self) -> None:
        """Nobody is on the telephone any more, nobody is busy, and the house has no call open."""
        for person in self._people:
            await person.hang_up()
        await until(lambda: all(one.call is None or one.ended for one in self._people), "everybody had hung up")
        self._put_down()
        self._at_home.clear()
        self.busy.clear()
        async with asyncio.timeout(WAIT_S):
            while await self._house.open_calls():
                await asyncio.sleep(0.05)

    def _put_down(self) -> None:
        for person in self._people:
            person.peer.__exit__()
        self._people.clear()

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
