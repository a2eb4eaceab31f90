"""A phone that is registered in several places rings in all of them at once; the first answer takes the call."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from warmline.ports.telephone import Call, CallEnd, CallGone, ReferWish
from warmline.voice.dialling import OutgoingCall

ELSEWHERE = "Call completed elsewhere"
DECLINED = 600  # and above: whoever was asked wants it nowhere


Spawn = Callable[[str, Coroutine[object, object, None]], object]


class ForkedCall:
    """Implements `Call` for one that is made to several places. `branches`: not yet started, one a place."""

    def __init__(self, branches: Sequence[OutgoingCall], spawn: Spawn) -> None:
        self.on_ringing: Callable[[str | None], None] | None = None
        self.on_answered: Callable[[str], None] | None = None
        self.on_reoffer: Callable[[str], None] | None = None
        self.on_digit: Callable[[str], None] | None = None
        self.on_refer: Callable[[ReferWish], None] | None = None
        self.on_ended: Callable[[CallEnd], None] | None = None
        self.id = branches[0].id  # of the place that answered, once one has: others name it
        self._spawn = spawn
        self._ringing = list(branches)
        self._chosen = branches[0]
        self._taken = False
        self._rang = False
        self._ends: list[CallEnd] = []
        self._over = False
        for branch in branches:
            self._listen(branch)

    def start(self) -> None:
        """Ring everywhere."""
        for branch in list(self._ringing):
            branch.start()

    # --- the places ----------------------------------------------------------------------------------

    def _listen(self, branch: OutgoingCall) -> None:
        branch.on_ringing = lambda sdp: self._rings()
        branch.on_answered = lambda sdp: self._answered(branch, sdp)
        branch.on_ended = lambda end: self._ended(branch, end)

    def _rings(self) -> None:
        """It rings somewhere; early audio of several places would be a jumble, so none of it is heard."""
        if not self._rang and not self._taken and self.on_ringing is not None:
            self._rang = True
            self.on_ringing(None)

    def _answered(self, branch: OutgoingCall, sdp: str) -> None:
        if self._taken or self._over:
            self._spawn("sip-fork", branch.hang_up(cause=26, reason=ELSEWHERE))
            return
        self._taken, self._chosen, self.id = True, branch, branch.id
        branch.on_reoffer = lambda theirs: self.on_reoffer(theirs) if self.on_reoffer else branch.reanswer(None)
        branch.on_digit = lambda digits: self.on_digit and self.on_digit(digits)
        branch.on_refer = lambda wish: self.on_refer(wish) if self.on_refer else wish.refuse(603)
        self._silence(but=branch)
        if self.on_answered is not None:
            self.on_answered(sdp)

    def _ended(self, branch: OutgoingCall, end: CallEnd) -> None:
        if branch in self._ringing:
            self._ringing.remove(branch)
        if self._taken:
            if branch is self._chosen:
                self._finish(end)
            return
        self._ends.append(end)
        if end.by != "us" and end.status is not None and end.status >= DECLINED:
            self._silence(but=branch)
            self._finish(end)
        elif not self._ringing:
            self._finish(best(self._ends))

    def _silence(self, *, but: OutgoingCall | None = None) -> None:
        for branch in [one for one in self._ringing if one is not but]:
            self._ringing.remove(branch)
            self._spawn("sip-fork", branch.hang_up(cause=26, reason=ELSEWHERE))

    def _finish(self, end: CallEnd) -> None:
        if not self._over:
            self._over = True
            if self.on_ended is not None:
                self.on_ended(end)

    # --- Call ----------------------------------------------------------------------------------------

    def ring(self, sdp: str | None = None) -> None:
        """Only calls that come in ring for their caller."""

    async def answer(self, sdp: str) -> None:
        raise CallGone

    def refuse(self, status: int, *, retry_after_s: int | None = None, reason: str = "") -> None:
        """Only calls that come in are refused."""

    def reanswer(self, sdp: str | None) -> None:
        self._chosen.reanswer(sdp)

    async def reoffer(self, sdp: str) -> str:
        return await self._chosen.reoffer(sdp)

    async def refer(self, target: str, *, replaces: Call | None = None) -> bool:
        return await self._chosen.refer(target, replaces=replaces)

    async def hang_up(self, *, cause: int = 16, reason: str = "") -> None:
        if self._taken:
            await self._chosen.hang_up(cause=cause, reason=reason)
            return
        ringing = list(self._ringing)
        await asyncio.gather(*(branch.hang_up(cause=cause, reason=reason) for branch in ringing))

    def replaces_value(self) -> str | None:
        """See `VoiceCall.replaces_value`."""
        return self._chosen.replaces_value()


def best(ends: Sequence[CallEnd]) -> CallEnd:
    """Return what to say of a phone that answered nowhere: what somebody did there, before what nobody did."""

    def rank(end: CallEnd) -> int:
        if end.status is None or end.status >= 500:
            return 2
        return 1 if end.status in (408, 480, 487) else 0

    return min(ends, key=rank)
