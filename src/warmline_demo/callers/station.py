"""The telephones of all simulated people: calls customers make, calls to them, and the desk phones that ring."""

import asyncio
import random
import secrets
from collections.abc import Callable

from msgspec import Struct

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.media import MediaDriver
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, IncomingCall
from warmline.sip.timers_sip import Times
from warmline.voice.directory import MemoryDirectory, Trunk
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Listen
from warmline_demo.callers.attendant import AttendantMind
from warmline_demo.callers.caller import CallerMind
from warmline_demo.callers.dialogues import Locale, dialogue_of
from warmline_demo.callers.line import Line
from warmline_demo.callers.people import SPOKEN_NAMES, Caller, caller_at, locale_of
from warmline_demo.callers.voices import Mouth

STREET = "street"  # as whose tenant customers dial
HOUSE = "house"
LOCALE_HEADER = "x-warmline-locale"
ANSWERED_WITHIN_S = 20.0
RINGS_S = (1.0, 2.5)
CALLS_AT_MOST = 8  # with those that come in
TIMES = Times(t1=0.25, t2=2.0)  # everything is on this machine
PITCH_OF_PHONE = {"2001": 1.15, "2002": 1.22}


class DeskPhone(Struct, frozen=True):
    """A desk phone to register. `locale` is its owner's."""

    extension: str
    domain: str
    password: str
    locale: Locale


class Station:
    """Speaks SIP from 127.0.0.1:`port` with the house at `host`:`sip_port`."""

    def __init__(
        self, media: MediaDriver, mouth: Mouth, host: str, sip_port: int, port: int, phones: tuple[DeskPhone, ...],
        tasks: TaskRegistry, say: Callable[[str], None], draw: random.Random,
    ) -> None:  # fmt: skip
        self._media = media
        self._mouth = mouth
        self._phones = {phone.extension: phone for phone in phones}
        self._tasks = tasks
        self._say = say
        self._draw = draw
        self._lines = 0
        self.active: dict[str, Caller] = {}  # customers on the telephone, by number
        trunks = [Trunk(HOUSE, STREET, host, sip_port, addresses=(host,), keep_alive_s=4)]
        trunks += [
            Trunk(
                phone.extension, f"desk-{phone.extension}", host, sip_port, domain=phone.domain,
                user=phone.extension, password=phone.password, register=True, register_expires_s=60,
                keep_alive_s=0,
            )
            for phone in phones
        ]  # fmt: skip
        self._endpoint = Endpoint(
            (Listen("udp", "127.0.0.1", port),), MemoryDirectory(trunks), _anything_goes, tasks,
            lambda name, text: say(f"callers: {name}: {text}"), times=TIMES,
        )  # fmt: skip
        self._endpoint.on_call = self._on_call
        self._endpoint.on_trunk = self._on_trunk

    async def start(self) -> None:
        """Be reachable, and sign in the desk phones. Raises OSError when the port is taken."""
        await self._endpoint.start()

    async def close(self) -> None:
        """Hang up everything."""
        await self._endpoint.close()

    @property
    def reaches_the_house(self) -> bool:
        """Whether the house answers."""
        return self._endpoint.trunks.is_up(HOUSE)

    def _on_trunk(self, trunk_id: str, up: bool) -> None:
        what = "the house" if trunk_id == HOUSE else f"desk phone {trunk_id}"
        self._say(f"callers: {what} is {'there' if up else 'away'}")

    # --- customers call --------------------------------------------------------------------------------

    async def call(self, who: Caller) -> str:
        """Make a customer's call; return how it ended."""
        if who.number in self.active:
            return "is on the telephone already"
        self.active[who.number] = who
        line = self._line(who.number, who.locale, who.pitch)
        call: Call | None = None
        try:
            offer = await line.offer()
            call = await self._endpoint.dial(Dialling(STREET, who.dialled, offer, from_number=who.number))
            ended = await self._answered(line, call)
            if ended is not None:
                return f"was not answered: {ended.status or ended.cause}"
            mind = CallerMind(who, dialogue_of(who.locale, who.topic))
            return await self._live(line, call, mind, lambda: mind.left_in or mind.phase)
        except Refused as refused:
            return f"cannot call: {refused.code}"
        finally:
            del self.active[who.number]
            await self._over(line, call)

    async def _answered(self, line: Line, call: Call) -> CallEnd | None:
        """Wait until a call is answered; return its end when it is not. Raises Refused."""
        answered: asyncio.Future[str | CallEnd] = asyncio.get_running_loop().create_future()

        def told(what: str | CallEnd) -> None:
            if not answered.done():
                answered.set_result(what)
            elif isinstance(what, CallEnd):
                line.over.set()

        call.on_answered = told
        call.on_ended = told
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S):
                what = await answered
        except TimeoutError:
            return CallEnd("us", 19, 408)
        if isinstance(what, CallEnd):
            return what
        await self._media.answered(line.name, what)
        return None

    # --- calls that come in ----------------------------------------------------------------------------

    def _on_call(self, incoming: IncomingCall) -> None:
        phone = self._phones.get(incoming.called)
        locale = locale_of(incoming.called)
        if self._lines >= CALLS_AT_MOST or incoming.called in self.active:
            incoming.call.refuse(486)
        elif phone is not None:
            self._tasks.spawn("desk phone", self._at_the_desk(incoming, phone))
        elif locale is not None:
            who = caller_at(incoming.called, locale, "talk", self._draw)
            self._tasks.spawn("customer rung", self._at_home(incoming, who))
        else:
            incoming.call.refuse(404)

    async def _at_the_desk(self, incoming: IncomingCall, phone: DeskPhone) -> None:
        customer = self.active.get(incoming.caller.number or "")
        said = {name.lower(): value for name, value in incoming.headers.items()}
        locale = _locale(said.get(LOCALE_HEADER)) or (customer.locale if customer else phone.locale)
        dialogue = dialogue_of(locale, customer.topic) if customer is not None else None
        mind = AttendantMind(locale, SPOKEN_NAMES[phone.extension][locale], dialogue)
        line = self._line(f"desk phone {phone.extension}", locale, PITCH_OF_PHONE[phone.extension])
        ended = await self._taken(line, incoming.call, incoming.offer, mind)
        self._say(f"callers: desk phone {phone.extension} ({locale}): {ended}")

    async def _at_home(self, incoming: IncomingCall, who: Caller) -> None:
        self.active[who.number] = who
        mind = CallerMind(who, dialogue_of(who.locale, who.topic), rung=True)
        try:
            line = self._line(who.number, who.locale, who.pitch)
            ended = await self._taken(line, incoming.call, incoming.offer, mind)
        finally:
            del self.active[who.number]
        self._say(f"callers: {who.number} was called: {ended}")

    async def _taken(self, line: Line, call: Call, offer: str | None, mind: AttendantMind | CallerMind) -> str:
        call.on_ended = lambda _: line.over.set()
        if offer is None:
            call.refuse(488)
            return "no offer"
        call.ring()
        try:
            async with asyncio.timeout(self._draw.uniform(*RINGS_S)):
                await line.over.wait()
            return "rang in vain"
        except TimeoutError:
            pass
        try:
            await call.answer(await line.answer(offer))
            return await self._live(line, call, mind, lambda: "talk")
        except CallGone:
            return "rang in vain"
        except Refused as refused:
            call.refuse(503)
            return f"cannot answer: {refused.code}"
        finally:
            await self._over(line, call)

    # --- both ------------------------------------------------------------------------------------------

    def _line(self, whose: str, locale: Locale, pitch: float) -> Line:
        self._lines += 1

        def say(what: str) -> None:
            self._say(f"callers: {whose} {what}")

        return Line(self._media, secrets.token_hex(8), self._mouth, locale, pitch, say)

    async def _live(
        self, line: Line, call: Call, mind: AttendantMind | CallerMind, phase: Callable[[], str]
    ) -> str:
        def reoffered(sdp: str) -> None:
            self._tasks.spawn("new offer", self._reoffered(line, call, sdp))

        call.on_reoffer = reoffered
        ours = await line.live(mind, call.hang_up)
        return f"hung up in {phase()}" if ours else f"they hung up in {phase()}"

    async def _reoffered(self, line: Line, call: Call, sdp: str) -> None:
        try:
            call.reanswer(await self._media.reoffered(line.name, sdp))
        except Refused:
            call.reanswer(None)

    async def _over(self, line: Line, call: Call | None) -> None:
        self._lines -= 1
        if call is not None and not line.over.is_set():
            await call.hang_up()
        await line.close()


async def _anything_goes(wish: Dialling) -> Dialling:
    """The street asks nobody: only the house can be dialled from it."""
    return wish


def _locale(text: str | None) -> Locale | None:
    found: dict[str, Locale] = {"ko": "ko", "ja": "ja", "en": "en"}
    return found.get(text or "")
