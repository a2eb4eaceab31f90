"""Calls we make: which ways there are, tried one after the other until somebody rings."""

import asyncio

from msgspec import Struct

from warmline.ports.telephone import CallEnd
from warmline.sip.address import NameAddr
from warmline.sip.dialog import Local
from warmline.sip.message import Request, Response
from warmline.sip.session import Session
from warmline.sip.session_core import Manners
from warmline.sip.session_uac import Invitation, OutgoingSession
from warmline.sip.session_wishes import Ended, Gone, Ringing, Wish
from warmline.sip.uri import Uri
from warmline.voice.call import Switchboard, VoiceCall
from warmline.voice.flow import Flow

FIRST_WORD_S = 5.0  # how long a way may stay silent while there is another
NEXT_WAY = frozenset({408, 500, 502, 503, 504})


class Way(Struct, frozen=True):
    """One way to reach who is called."""

    uri: Uri
    flow: Flow
    from_: NameAddr
    to: NameAddr
    me: Local
    manners: Manners
    headers: dict[str, str]
    trunk_id: str | None = None
    pinned: bool = False


class OutgoingCall(VoiceCall):
    """A call that tries the next way when one fails before anybody rang."""

    def __init__(self, board: Switchboard, call_id: str, tenant_id: str, ways: list[Way], sdp: str, ring_s: float):
        super().__init__(board, call_id, tenant_id, ways[0].flow, pinned=ways[0].pinned)
        self._ways = ways
        self.trunk_id = ways[0].trunk_id
        self._at = -1
        self._sdp = sdp
        self._ring_s = ring_s
        self._heard = False
        self._rang = False
        self._silence: asyncio.TimerHandle | None = None
        self.failed_trunks: list[str] = []

    @property
    def started(self) -> bool:
        return self._session is not None

    def start(self) -> None:
        """Try the first way, unless it was hung up before."""
        if self.end is None:
            self._next_way()

    async def hang_up(self, *, cause: int = 16, reason: str = "") -> None:
        if self.started:
            await super().hang_up(cause=cause, reason=reason)
        else:
            self._ended(CallEnd("us", cause, None, reason))
            self._forget()

    def _next_way(self) -> None:
        self._at += 1
        way = self._ways[self._at]
        self.flow, self._pinned, self.trunk_id, self._heard = way.flow, way.pinned, way.trunk_id, False
        token = way.manners.token
        invitation = Invitation(
            uri=way.uri,
            from_=way.from_,
            to=way.to,
            call_id=token(),
            sdp=self._sdp,
            ring_s=self._ring_s,
            headers=way.headers,
        )
        session = OutgoingSession(invitation, way.me, token(), way.manners)
        self.attach(session)
        self._board.enter(self)
        self.perform(session.begin(self._now()))
        if self._more:
            self._silence = asyncio.get_running_loop().call_later(FIRST_WORD_S, self._silent)

    @property
    def _more(self) -> bool:
        return self._at + 1 < len(self._ways)

    def _heard_response(self, session: Session, request: Request, response: Response) -> None:
        if session is self._session:
            self._heard = True
            self._calm()
        super()._heard_response(session, request, response)

    def _silent(self) -> None:
        self._silence = None
        if not self._heard and self.end is None and self._more:
            self._fail_over()

    def _fail_over(self) -> None:
        session = self.session
        if self.trunk_id is not None:
            self.failed_trunks.append(self.trunk_id)
            self._board.trunk_failed(self.trunk_id)
        self._left_behind(session, session.hang_up(self._now()))
        self._calm()
        self._next_way()

    def perform(self, wishes: list[Wish]) -> None:
        rang = any(isinstance(w, Ringing) for w in wishes)
        ended = next((w.end for w in wishes if isinstance(w, Ended)), None)
        if rang:
            self._rang = True
        if ended is not None and self._may_go_on(ended):
            self._left_behind(self.session, [w for w in wishes if not isinstance(w, Ended | Gone)])
            self._fail_over()
            return
        super().perform(wishes)

    def _may_go_on(self, end: CallEnd) -> bool:
        tries = end.by != "us" and end.status in NEXT_WAY
        return tries and self._more and not self._rang

    def _ended(self, end: CallEnd) -> None:
        self._calm()
        super()._ended(end)

    def _calm(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
