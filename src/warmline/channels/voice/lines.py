"""The lines of one call: SIP calls and browsers, and the media legs they end in."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from msgspec.structs import replace

from warmline.channels.voice.actions import CUSTOMER
from warmline.channels.voice.inputs import (
    Complete,
    Forbidden,
    Forward,
    Input,
    Key,
    LineClosed,
    LineFailed,
    LineHeld,
    LineOpen,
    LineRinging,
    PartyGone,
    PartyUp,
)
from warmline.channels.voice.rooms import SECOND_LINE, VoiceRooms, leg_of
from warmline.domain.contact.events_voice import CallOutcome
from warmline.kernel.errors import Refused
from warmline.ports.calls import NOT_RUNNING, OutboundPass, Purpose
from warmline.ports.media import LegReport, LegWish
from warmline.ports.telephone import Call, CallEnd, CallGone, Dialling, ReferWish

LOG = logging.getLogger(__name__)
NOT_ACCEPTABLE = 488
BUSY, NO_ANSWER, UNKNOWN_NUMBER, REFUSED = {17}, {18, 19, 20}, {1, 3, 22, 28}, {21}
BY_STATUS: dict[int, CallOutcome] = {
    486: "busy", 600: "busy", 408: "no_answer", 480: "no_answer", 487: "no_answer", 404: "wrong_number",
    410: "wrong_number", 484: "wrong_number", 604: "wrong_number", 403: "refused", 603: "refused",
}  # fmt: skip
STATUS_OF: dict[CallOutcome, int] = {"busy": 486, "no_answer": 480, "wrong_number": 404, "refused": 603}


def outcome_of(end: CallEnd) -> CallOutcome:
    """Return what became of a call that was not answered, by SIP status, else by Q.850 cause."""
    if end.status in BY_STATUS:
        return BY_STATUS[end.status]
    if end.cause in BUSY:
        return "busy"
    if end.cause in NO_ANSWER:
        return "no_answer"
    if end.cause in UNKNOWN_NUMBER:
        return "wrong_number"
    return "refused" if end.cause in REFUSED else "failed"


def _holds(sdp: str) -> bool:
    return "a=sendonly" in sdp or "a=inactive" in sdp


class Lines:
    """Opens and closes what the parties of one call speak through; tells the call by `put`."""

    def __init__(
        self,
        rooms: VoiceRooms,
        call_id: UUID,
        tenant_id: str,
        put: Callable[[Input], None],
        ask: Callable[[Input], Awaitable[None]] | None = None,
    ) -> None:
        self._rooms = rooms
        self._call_id = call_id
        self._tenant_id = tenant_id
        self._put = put
        self._ask = ask
        self._calls: dict[str, Call] = {}
        self._answered_at: dict[str, float] = {}
        self._passes: dict[str, OutboundPass] = {}
        self._dialling: dict[str, asyncio.Task[None]] = {}
        self._rung: dict[str, Dialling] = {}  # desk phones that may be rung once more
        self._desk_phones: set[str] = set()  # parties who may hand a caller on by REFER
        self._referrals: dict[str, ReferWish] = {}  # of desk phones, by the party that is rung for them
        self.closed: set[str] = set()  # parties we let go ourselves

    @property
    def call(self) -> str:
        """The call's name for the media engine."""
        return self._call_id.hex

    def has_line(self, party: str) -> bool:
        """Whether a party speaks through a telephone."""
        return party in self._calls

    def party_on(self, call_id: str) -> str | None:
        """Return who talks on this telephone call."""
        answered = ((one, call.id) for one, call in self._calls.items() if one in self._answered_at)
        return next((one for one, its_id in answered if its_id == call_id), None)

    # --- telephones ----------------------------------------------------------------------------------

    def take(self, party: str, call: Call) -> None:
        """A telephone call is this party's from now on."""
        self._calls[party] = call
        call.on_ended = lambda end: self._ended(party, end)
        call.on_reoffer = lambda sdp: self._later("voice.reoffer", self._reoffered(party, sdp))
        call.on_answered = lambda sdp: self._later("voice.answered", self._was_answered(party, sdp))
        call.on_digit = lambda digit: self._pressed(party, digit)
        call.on_refer = lambda wish: self._referred(party, wish)
        call.on_ringing = lambda sdp: self._later("voice.ringing", self._rings(party, sdp))

    def _pressed(self, party: str, digit: str) -> None:
        if party == CUSTOMER and digit in "0123456789*#":
            self._put(Key(digit))

    def _referred(self, party: str, wish: ReferWish) -> None:
        """A desk phone hands the caller on: to a number, or to who is on its other line. Outsiders may not."""
        if party in self._desk_phones and wish.replaces is not None:
            other = next((one for one, call in self._calls.items() if call.id == wish.replaces), "")
            if other in self._desk_phones and SECOND_LINE in (party[:5], other[:5]):
                self._later("voice.referred", self._hand_over(wish))
                return
        if party not in self._desk_phones or wish.replaces is not None:
            wish.refuse()
            return
        user = wish.target.partition(":")[2].partition("@")[0].partition(";")[0]
        self._later("voice.referred", self._hand_on(party, wish, user))

    async def _followed(self, event: Input) -> None:
        """Tell the call something and wait until it has been followed. Raises Refused."""
        if self._ask is not None:
            await self._ask(event)
        else:
            self._put(event)

    async def _hand_over(self, wish: ReferWish) -> None:
        """The two lines of a phone become one call without it: the consultative transfer of the desk."""
        try:
            await self._followed(Complete())
        except Refused:
            wish.refuse()
            return
        wish.accept()
        wish.progress(200)

    async def _hand_on(self, party: str, wish: ReferWish, dialled: str) -> None:
        try:
            number = await self._rooms.gate.permitted(self._tenant_id, dialled)
        except Refused as refused:
            self._put(Forbidden(dialled, refused.code))
            wish.refuse()
            return
        wish.accept()
        forward = f"r-{party}-{secrets.token_hex(3)}"
        self._referrals[forward] = wish
        try:
            await self._followed(Forward(forward, number))
        except Refused:
            self._came_of(forward, 486)

    def _came_of(self, party: str, status: int) -> None:
        """Tell the phone that asked: hearing of success it hangs up, of failure it takes them back."""
        if (wish := self._referrals.pop(party, None)) is not None:
            wish.progress(status)

    async def answer(
        self, party: str, call: Call, offer: str | None, *, desk_phone: bool = False, trunk: str | None = None
    ) -> None:
        """Answer a call that came in; without an `offer` ours goes out, and their answer comes with the ACK.

        A `desk_phone` may hand on whom it talks with; a call by a `trunk` keeps to what that line demands.
        Raises Refused when there is no room for its audio, or when they did not answer our offer; CallGone.
        """
        self.take(party, call)
        if desk_phone:
            self._desk_phones.add(party)
        leg, theirs = leg_of(self._call_id, party), list[str]()
        call.on_answered = theirs.append
        wish = LegWish() if trunk is None else self._rooms.plan.audio(self._tenant_id, trunk)
        sdp = await self._rooms.media.open(self.call, leg, wish, offer)
        await call.answer(sdp)
        if offer is None:
            if not theirs:
                raise Refused("media.bad_sdp", reason="our offer was not answered")
            await self._rooms.media.answered(leg, theirs[-1])
        call.on_answered = lambda sdp: self._later(
            "voice.answered", self._quietly(self._rooms.media.answered(leg, sdp))
        )
        self._open(party)

    async def change(self, party: str, call: Call, offer: str | None) -> None:
        """Answer a call that takes the place of this party's, which is ended. Raises Refused, and CallGone.

        Refused, the old one goes on. When the new one goes away while it is answered, the party is gone with it.
        """
        if offer is None:
            raise Refused("media.bad_sdp", reason="a call in place of another needs an offer")
        old = self._calls[party]
        old.on_reoffer = None  # it would take the audio back
        try:
            sdp = await self._rooms.media.reoffered(leg_of(self._call_id, party), offer, anew=True)
        except Refused:
            old.on_reoffer = lambda sdp: self._later("voice.reoffer", self._reoffered(party, sdp))
            raise
        if self._calls.get(party) is not old:
            raise Refused(NOT_RUNNING)  # they hung up meanwhile
        old.on_ended = old.on_refer = old.on_digit = None
        self.take(party, call)
        now = asyncio.get_running_loop().time()
        if (used := self._passes.pop(party, None)) is not None:  # what is paid for was the old one
            self._later("voice.settle", self._rooms.gate.settle(used, now - self._answered_at.get(party, now)))
        try:
            await call.answer(sdp)
        except CallGone:
            if self._calls.get(party) is call:
                self._ended(party, CallEnd("them"))
            raise
        finally:
            self._later("voice.replaced", self._quietly(old.hang_up()))
        if party in self._desk_phones:
            self._put(LineHeld(party, _holds(offer)))

    def dial(self, party: str, number: str, purpose: Purpose, contact_id: UUID) -> None:
        """Call an outside number; what becomes of it is told."""
        self._dialling[party] = self._rooms.tasks.spawn(
            "voice.dial", self._dial(party, number, purpose, contact_id)
        )

    def ring_phone(
        self, party: str, phone: str, number: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Ring a desk phone, which shows who is on the line (`number`, if it is known)."""
        wish = Dialling(
            self._tenant_id, phone, "", number, phone=True, ring_s=self._rooms.ring_s, headers=headers or {}
        )
        self._desk_phones.add(party)
        self._rung[party] = wish
        self._dialling[party] = self._rooms.tasks.spawn("voice.ring", self._place(party, wish, LegWish()))

    async def _insist(self, party: str, wish: Dialling) -> None:
        """Ring a phone again that took none of our audio: many that want it encrypted refuse an offer of both."""
        await self._close_leg(party)
        if party not in self.closed:
            await self._place(party, wish, LegWish(srtp="required"))

    async def _dial(self, party: str, number: str, purpose: Purpose, contact_id: UUID) -> None:
        try:
            used = await self._rooms.gate.allow(self._tenant_id, number, purpose, contact_id)
        except Refused as refused:
            LOG.info("A call to the outside was refused: %s", refused.code)
            self._failed(party, "refused", None, refused.code)
            return
        self._passes[party] = used
        try:
            audio = self._rooms.plan.audio(self._tenant_id, None)
            await self._place(party, Dialling(self._tenant_id, used.number, "", ring_s=self._rooms.ring_s), audio)
        finally:
            if party not in self._calls and (unused := self._passes.pop(party, None)) is not None:
                self._later("voice.settle", self._rooms.gate.settle(unused, 0.0))  # nobody was called

    async def _place(self, party: str, wish: Dialling, audio: LegWish) -> None:
        leg = leg_of(self._call_id, party)
        try:
            sdp = await self._rooms.media.open(self.call, leg, audio)
            call = await self._rooms.telephone.dial(replace(wish, sdp=sdp))
        except Refused as refused:
            LOG.info("A call could not be begun: %s", refused.code)
            await self._close_leg(party)
            self._failed(party, "failed", None)
            return
        if party in self.closed:
            await call.hang_up()
            return
        self.take(party, call)

    def _failed(self, party: str, outcome: CallOutcome, cause: int | None, why: str | None = None) -> None:
        self._put(LineFailed(outcome, cause) if party == CUSTOMER else PartyGone(party, outcome, why=why))
        self._came_of(party, STATUS_OF.get(outcome, 500))

    async def _rings(self, party: str, sdp: str | None) -> None:
        if sdp is not None:
            await self._quietly(self._rooms.media.answered(leg_of(self._call_id, party), sdp))
        if party == CUSTOMER:
            self._put(LineRinging())

    async def _was_answered(self, party: str, sdp: str) -> None:
        await self._quietly(self._rooms.media.answered(leg_of(self._call_id, party), sdp))
        self._open(party)

    def _open(self, party: str) -> None:
        self._answered_at[party] = asyncio.get_running_loop().time()
        self._put(LineOpen() if party == CUSTOMER else PartyUp(party))
        self._came_of(party, 200)

    async def _reoffered(self, party: str, sdp: str) -> None:
        call = self._calls.get(party)
        if call is None:
            return
        try:
            call.reanswer(await self._rooms.media.reoffered(leg_of(self._call_id, party), sdp))
            if party in self._desk_phones:
                self._put(LineHeld(party, _holds(sdp)))
        except Refused as refused:
            LOG.info("A new offer was refused: %s", refused.code)
            call.reanswer(None)

    def _ended(self, party: str, end: CallEnd) -> None:
        self._calls.pop(party, None)
        answered = self._answered_at.pop(party, None)
        seconds = 0.0 if answered is None else asyncio.get_running_loop().time() - answered
        if (used := self._passes.pop(party, None)) is not None:
            self._later("voice.settle", self._rooms.gate.settle(used, seconds))
        if party in self.closed:
            return
        rung = self._rung.pop(party, None)
        if rung is not None and answered is None and end.status == NOT_ACCEPTABLE:
            self._dialling[party] = self._rooms.tasks.spawn("voice.ring", self._insist(party, rung))
            return
        if answered is None and end.by != "us":
            inbound = party == CUSTOMER and used is None
            if inbound:
                self._put(LineClosed("customer", end.cause))
            else:
                self._failed(party, outcome_of(end), end.cause)
        elif party == CUSTOMER:
            self._put(LineClosed("customer" if end.by == "them" else "network", end.cause))
        else:
            self._put(PartyGone(party, hung_up=end.by == "them"))
        if party != CUSTOMER:
            self._later("voice.close", self._close_leg(party))

    # --- browsers ------------------------------------------------------------------------------------

    async def browser(self, party: str, offer: str, *, again: bool = False) -> str:
        """Open a browser's leg, or after a reload take it `again`; return our answer. Raises Refused."""
        if again:
            return await self._rooms.media.reoffered(leg_of(self._call_id, party), offer)
        return await self._rooms.media.open(self.call, leg_of(self._call_id, party), LegWish(kind="webrtc"), offer)

    # --- the end -------------------------------------------------------------------------------------

    async def let_go(self, party: str, cause: int = 16) -> None:
        """Close a party's leg and hang up their telephone."""
        self.closed.add(party)
        self._came_of(party, 487)
        if (dialling := self._dialling.pop(party, None)) is not None and party not in self._calls:
            dialling.cancel()
        call = self._calls.pop(party, None)
        if call is not None:
            await self._quietly(call.hang_up(cause=cause))
            self._ended(party, CallEnd("us", cause))
        await self._close_leg(party)

    async def end(self, cause: int) -> LegReport | None:
        """Close everything; return how the customer's audio fared."""
        self._referrals.clear()
        for party in [*self._calls, *self._dialling]:
            self.closed.add(party)
            if (dialling := self._dialling.pop(party, None)) is not None and party not in self._calls:
                dialling.cancel()
            call = self._calls.get(party)
            if call is not None:
                await self._quietly(call.hang_up(cause=cause))
                self._ended(party, CallEnd("us", cause))
        try:
            reports = await self._rooms.media.end(self.call)
        except Refused:
            return None
        mine = leg_of(self._call_id, CUSTOMER)
        return next((one for one in reports if one.leg == mine), None)

    async def _close_leg(self, party: str) -> None:
        await self._quietly(self._rooms.media.close(leg_of(self._call_id, party)))

    async def _quietly(self, work: object) -> None:
        try:
            await work  # pyright: ignore[reportGeneralTypeIssues] -- an awaitable of any result
        except Refused as refused:
            LOG.debug("Nothing to do any more: %s", refused.code)

    def _later(self, name: str, work: object) -> None:
        self._rooms.tasks.spawn(name, work)  # pyright: ignore[reportArgumentType] -- a coroutine without result
