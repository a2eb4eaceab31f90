"""What the telephone side promises whoever controls calls: calls that come in, calls that are made."""

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from msgspec import Struct

Transport = Literal["udp", "tcp", "tls"]
Attestation = Literal["A", "B", "C", "failed", "none"]


class Caller(Struct, frozen=True, omit_defaults=True):
    """Who calls, as the network says: a hint, never an identity. `number` is E.164 if it can be read as such."""

    number: str | None
    name: str = ""
    anonymous: bool = False
    attestation: Attestation = "none"  # RFC 8224/8588, or P-Asserted-Identity's verstat


class CallEnd(Struct, frozen=True, omit_defaults=True):
    """Why a call ended. `cause` is Q.850 (16: normal), `status` the SIP status that ended an attempt."""

    by: Literal["us", "them", "network"]
    cause: int = 16
    status: int | None = None
    reason: str = ""


class CallGone(Exception):
    """The other side gave up before it was answered."""


class Call(Protocol):
    """One SIP call, either direction. Set the `on_…` callbacks before awaiting anything; they run on the loop and
    must not wait.
    """

    id: str  # ours, unique
    on_ringing: Callable[[str | None], None] | None  # outbound: 180/183, with early SDP
    on_answered: Callable[[str], None] | None  # outbound: 200, with SDP
    on_reoffer: Callable[[str], None] | None  # re-INVITE/UPDATE: answer with `reanswer`
    on_digit: Callable[[str], None] | None  # SIP INFO
    on_refer: Callable[["ReferWish"], None] | None
    on_ended: Callable[[CallEnd], None] | None  # once

    def ring(self, sdp: str | None = None) -> None:
        """Inbound: 180, or 183 with early media (reliably, if the caller supports 100rel)."""
        ...

    async def answer(self, sdp: str) -> None:
        """Inbound: 200 and its ACK. Raises CallGone when the caller gave up meanwhile."""
        ...

    def refuse(self, status: int, *, retry_after_s: int | None = None, reason: str = "") -> None:
        """Inbound, not yet answered."""
        ...

    def reanswer(self, sdp: str | None) -> None:
        """Answer the other side's re-INVITE; None refuses it (488) and leaves everything as it was."""
        ...

    async def reoffer(self, sdp: str) -> str:
        """Our re-INVITE; returns the other side's answer. Raises Refused `telephone.reoffer_refused`."""
        ...

    async def refer(self, target: str, *, replaces: "Call | None" = None) -> bool:
        """Ask the other side to call `target` itself (RFC 3515; attended with `replaces`, RFC 3891)."""
        ...

    async def hang_up(self, *, cause: int = 16, reason: str = "") -> None:
        """End the call in whatever state it is: CANCEL, 480 or BYE, with Reason (RFC 3326)."""
        ...


class ReferWish(Protocol):
    """The other side asks us to connect it elsewhere."""

    target: str
    replaces: str | None  # our Call.id, when it names one of our calls

    def accept(self) -> None: ...

    def progress(self, status: int) -> None:
        """Tell how it goes (NOTIFY, message/sipfrag); a final status ends it."""
        ...

    def refuse(self, status: int = 603) -> None: ...


class IncomingCall(Protocol):
    """A call that asks to be answered."""

    call: Call
    caller: Caller
    called: str  # the user part of what was dialled, digits and + only if it is a number
    offer: str | None  # SDP; None: we offer in the 200
    trunk: str | None  # the trunk it came through, by the address or the credentials it proved
    phone: str | None  # or the registered desk phone (its id)
    tenant_id: str
    headers: Mapping[str, str]  # X-… headers only
    replaces: Call | None  # RFC 3891: it takes the place of this call


class Dialling(Struct, frozen=True, omit_defaults=True):
    """A call to make. `to` is E.164 through a trunk, or a desk phone's id with `phone`."""

    tenant_id: str
    to: str
    sdp: str
    from_number: str | None = None
    from_name: str = ""
    phone: bool = False
    ring_s: float = 45.0
    headers: Mapping[str, str] = {}


class Telephone(Protocol):
    """The SIP side of a voice node."""

    on_call: Callable[[IncomingCall], None] | None

    async def dial(self, wish: Dialling) -> Call:
        """Begin a call; trunks fail over by themselves. Raises Refused (`telephone.no_trunk`,
        `telephone.phone_not_registered`, `outbound.…` from the gate).
        """
        ...

    def drain(self) -> None:
        """Refuse new calls with 503 and Retry-After; keep those that run."""
        ...
