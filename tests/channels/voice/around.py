"""The world around call control, in memory: audio that is heard, telephones that ring, a voice that is quick."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from warmline.channels.voice.rooms import party_of
from warmline.domain.outbound.numbers import is_emergency, read_number
from warmline.features.telephony.outbound import COSTLY, EMERGENCY, NOT_A_NUMBER
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.media.refusals import UNKNOWN_LEG
from warmline.ports.calls import Dialled
from warmline.ports.media import (
    Digit,
    LegReport,
    LegUp,
    LegWish,
    MediaEvent,
    Played,
    PlayFile,
    PlayItem,
    Recorded,
    RecordWish,
)
from warmline.ports.speech import Spoken
from warmline.ports.telephone import Call, CallEnd, Caller, Dialling, IncomingCall
from warmline.voice.endpoint import NO_TRUNK

SAID_S = 0.05
WAIT_S = 20.0


@dataclass
class MemoryMedia:
    """Implements `MediaDriver`. What is said lasts a moment; music lasts until it is stopped."""

    heard: dict[str, Callable[[MediaEvent], None]] = field(default_factory=dict)
    legs: dict[str, str] = field(default_factory=dict)
    wishes: list[LegWish] = field(default_factory=list)
    playing: dict[str, tuple[str, list[PlayItem]]] = field(default_factory=dict)
    hears: dict[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    shielded: set[str] = field(default_factory=set)
    records: dict[str, tuple[str, RecordWish]] = field(default_factory=dict)
    paused: dict[str, bool] = field(default_factory=dict)
    keys: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    last_words: dict[str, list[str]] = field(default_factory=dict)
    said_s: float = SAID_S

    def listen(self, call: str, heard: Callable[[MediaEvent], None]) -> None:
        self.heard[call] = heard

    async def open(self, call: str, leg: str, wish: LegWish, offer: str | None = None) -> str:
        if leg in self.legs:
            raise Refused("media.unsupported", what="two legs of one name")
        self.legs[leg] = call
        self.wishes.append(wish)
        return f"answer to {offer}" if offer else f"offer of {leg}"

    async def answered(self, leg: str, sdp: str) -> None: ...

    async def reoffered(self, leg: str, sdp: str, *, anew: bool = False) -> str:
        return f"answer to {sdp}"

    async def close(self, leg: str) -> LegReport:
        self.legs.pop(leg, None)
        return LegReport(leg)

    async def end(self, call: str) -> tuple[LegReport, ...]:
        mine = [leg for leg, of in self.legs.items() if of == call]
        for record, (of, _) in list(self.records.items()):
            if of == call:
                await self.record_stop(record)
        for leg in mine:
            del self.legs[leg]
        return tuple(LegReport(leg, mos=4.2, seconds=1.0) for leg in mine)

    async def route(self, call: str, hears: Mapping[str, Sequence[str]]) -> None:
        self.hears[call] = hears

    async def play(
        self, leg: str, play: str, items: Sequence[PlayItem], *, loop: bool = False, barge: bool = False,
        mix: bool = False,
    ) -> None:  # fmt: skip
        self.playing[leg] = (play, list(items))
        spoken = [Path(one.path).stem for one in items if isinstance(one, PlayFile)]
        if spoken and not loop:
            self.said.append(spoken[0])
            asyncio.get_running_loop().call_later(self.said_s, self._ended, leg, play)

    def _ended(self, leg: str, play: str) -> None:
        if self.playing.get(leg, ("", []))[0] == play and leg in self.legs:
            del self.playing[leg]
            self.heard[self.legs[leg]](Played(leg, play, True, 50))

    async def stop(self, leg: str) -> None:
        self.playing.pop(leg, None)

    async def farewell(self, leg: str, items: Sequence[PlayItem]) -> None:
        self.last_words[leg] = [Path(one.path).stem for one in items if isinstance(one, PlayFile)]

    async def dial(self, leg: str, digits: str) -> None:
        self.keys.append((party_of(leg), digits))

    async def secure(self, leg: str, on: bool) -> None:
        (self.shielded.add if on else self.shielded.discard)(leg)

    async def listen_to(self, leg: str, path: str | None) -> None: ...

    async def record(self, call: str, wish: RecordWish) -> None:
        self.records[wish.record] = (call, wish)

    async def record_pause(self, record: str, on: bool) -> None:
        self.paused[record] = on

    async def record_right(self, record: str, right: Sequence[str]) -> None: ...

    async def record_stop(self, record: str) -> None:
        if record not in self.records:
            raise Refused(UNKNOWN_LEG)
        call, _ = self.records.pop(record)
        self.heard[call](Recorded(record, call, 2_000, 32_000))

    async def report(self, leg: str) -> LegReport:
        return LegReport(leg)

    # --- what the world does -------------------------------------------------------------------------

    def leg(self, party: str) -> str:
        return next(leg for leg in self.legs if party_of(leg).startswith(party))

    def press(self, keys: str) -> None:
        leg = self.leg("customer")
        for key in keys:
            self.heard[self.legs[leg]](Digit(leg, key))

    def up(self, party: str) -> None:
        leg = self.leg(party)
        self.heard[self.legs[leg]](LegUp(leg))

    def music(self, party: str = "customer") -> bool:
        leg = self.leg(party)
        return self.playing.get(leg, ("", []))[0].endswith("-music")


class MemoryCall(Call):
    """A telephone call whose other end is the test."""

    def __init__(self) -> None:
        self.id = str(new_id())
        self.on_ringing = self.on_answered = self.on_reoffer = None
        self.on_digit = self.on_refer = self.on_ended = None
        self.answer_sdp: str | None = None
        self.refused: int | None = None
        self.hung_up = False

    def ring(self, sdp: str | None = None) -> None: ...

    async def answer(self, sdp: str) -> None:
        self.answer_sdp = sdp

    def refuse(self, status: int, *, retry_after_s: int | None = None, reason: str = "") -> None:
        self.refused = status

    def reanswer(self, sdp: str | None) -> None: ...

    async def reoffer(self, sdp: str) -> str:
        return sdp

    async def refer(self, target: str, *, replaces: Call | None = None) -> bool:
        return False

    async def hang_up(self, *, cause: int = 16, reason: str = "") -> None:
        self.hung_up = True

    def ends(self, end: CallEnd) -> None:
        assert self.on_ended is not None
        self.on_ended(end)


@dataclass
class MemoryIncoming:
    call: MemoryCall
    caller: Caller
    called: str = "+82215880000"
    offer: str | None = "their offer"
    trunk: str | None = None
    phone: str | None = None
    tenant_id: str = "onda"
    headers: Mapping[str, str] = field(default_factory=dict)
    replaces: Call | None = None


@dataclass
class MemoryTelephone:
    """Implements `Telephone`."""

    on_call: Callable[[IncomingCall], None] | None = None
    dialled: list[tuple[Dialling, MemoryCall]] = field(default_factory=list)
    draining: bool = False
    no_line: bool = False

    async def dial(self, wish: Dialling) -> Call:
        if self.no_line:
            raise Refused(NO_TRUNK)
        call = MemoryCall()
        self.dialled.append((wish, call))
        return call

    def drain(self) -> None:
        self.draining = True

    def rings(self, number: str | None = "+821012345678") -> MemoryCall:
        call = MemoryCall()
        assert self.on_call is not None
        self.on_call(MemoryIncoming(call, Caller(number)))  # pyright: ignore[reportArgumentType] -- calls of one kind
        return call


@dataclass
class QuickVoice:
    """Implements `Speech`: the text is the file's name."""

    released: list[str] = field(default_factory=list)

    async def say(
        self, tenant_id: str, text: str, locale: Locale, *, prompt: str | None = None, lasting: bool = False
    ) -> Spoken:
        return Spoken(Path("/said") / f"{text.replace('/', ' ')}.wav", 50, "quick", lasting)

    async def say_parts(self, *given: Any, **named: Any) -> Any:
        yield await self.say(*given, **named)

    def release(self, spoken: Spoken) -> None:
        self.released.append(spoken.path.stem)


@dataclass
class MemoryPlan:
    """Implements `NumberPlan`: one number, for which journey `front` answers."""

    phones: dict[UUID, str] = field(default_factory=dict)
    recorded: bool = False
    wishes: dict[str | None, LegWish] = field(default_factory=dict)

    def audio(self, tenant_id: str, trunk: str | None) -> LegWish:
        return self.wishes.get(trunk, LegWish())

    def route(self, tenant_id: str, trunk: str | None, called: str) -> Dialled | None:
        return self.outbound(tenant_id) if called == "+82215880000" else None

    def phone_of(self, tenant_id: str, agent_id: UUID) -> str | None:
        return self.phones.get(agent_id)

    def agent_of(self, tenant_id: str, phone: str) -> UUID | None:
        return next((agent for agent, one in self.phones.items() if one == phone), None)

    def outbound(self, tenant_id: str) -> Dialled:
        return Dialled(tenant_id, "front", "en", "main", self.recorded)


@dataclass
class MemoryPass:
    number: str


@dataclass
class OpenGate:
    """Implements `OutboundGate`: everything may be dialled that is not costly. National forms are of `region`."""

    settled: list[float] = field(default_factory=list)
    region: str = "KR"
    costly: str = "+8260"

    async def number(self, tenant_id: str, dialled: str) -> str:
        read = read_number(dialled, self.region)
        if is_emergency(dialled, self.region) or (read is not None and read.emergency):
            raise Refused(EMERGENCY)
        if read is None:
            raise Refused(NOT_A_NUMBER)
        return read.e164

    async def permitted(self, tenant_id: str, dialled: str) -> str:
        number = await self.number(tenant_id, dialled)
        if number.startswith(self.costly):
            raise Refused(COSTLY)
        return number

    async def allow(self, tenant_id: str, dialled: str, purpose: str, contact_id: UUID) -> MemoryPass:
        return MemoryPass(dialled)

    async def settle(self, used: Any, seconds: float) -> None:
        self.settled.append(seconds)


async def until(check: Callable[[], Any]) -> Any:
    """Wait until something is so; return what `check` said."""
    async with asyncio.timeout(WAIT_S):
        while not (found := check()):
            await asyncio.sleep(0.01)
        return found


async def eventually(check: Callable[[], Awaitable[Any]]) -> Any:
    """As `until`, for what must be asked of the database."""
    async with asyncio.timeout(WAIT_S):
        while not (found := await check()):
            await asyncio.sleep(0.02)
        return found


@dataclass
class QuietRows:
    """Implements `CallRows` without a database."""

    lost: list[tuple[str, UUID, UUID]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    async def began(self, *given: Any, **named: Any) -> None: ...

    async def answered(self, tenant_id: str, id: UUID) -> None: ...

    async def over(self, tenant_id: str, id: UUID, outcome: str, **quality: Any) -> None:
        self.ended.append(outcome)
        self.lost = [one for one in self.lost if one[1] != id]

    async def stranded(self) -> list[tuple[str, UUID, UUID]]:
        return self.lost

    async def running(self, node_id: str) -> list[tuple[str, UUID, UUID]]:
        return []

    async def callless(self) -> list[tuple[str, UUID, bool]]:
        return []

    async def beat(self, node_id: str, started_at: datetime, *, draining: bool, calls: int) -> None: ...

    async def leave(self, node_id: str) -> None: ...
