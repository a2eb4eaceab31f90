"""An ICE-lite agent (RFC 8445 §2.5): it never asks, it answers checks that are signed with our credentials.

Whoever cannot sign gets no answer at all, so that the port neither helps scanners nor reflects traffic. The
address of the last nomination (USE-CANDIDATE) is where audio goes: a browser nominates again when it changes
networks. Requests seen are the consent to go on sending (RFC 7675).
"""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from warmline.media import stun
from warmline.media.stun import Address, StunMessage

CONSENT_S = 30.0
ADDRESSES_AT_MOST = 16
CHECKS_A_SECOND = 50.0
CHECKS_AT_ONCE = 100.0
ROLE_CONFLICT = (487, "Role Conflict")
UNKNOWN_ATTRIBUTE = (420, "Unknown Attribute")


@dataclass(frozen=True, slots=True)
class IceCredentials:
    """A ufrag and the password that signs checks to it; the password never shows in a log."""

    ufrag: str
    password: str = field(repr=False)

    @staticmethod
    def new() -> "IceCredentials":
        """Return fresh ones: 32 and 128 bits (RFC 8445 §5.3 asks for 24 and 128)."""
        return IceCredentials(secrets.token_hex(4), secrets.token_hex(16))


@dataclass(slots=True)
class Allowance:
    """A token bucket: `a_second` on average, `at_once` after a pause."""

    a_second: float
    at_once: float
    left: float = field(init=False)
    at_s: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.at_once

    def take(self, now_s: float) -> bool:
        """Whether one more is allowed at `now_s` (monotonic seconds)."""
        self.left = min(self.at_once, self.left + max(0.0, now_s - self.at_s) * self.a_second)
        self.at_s = now_s
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


class IceLite:
    """One transport's agent. `selected` is where to send; `knows` tells whether a source may send to us."""

    def __init__(self, remote_ufrag: str, local: IceCredentials | None = None) -> None:
        self.local = local or IceCredentials.new()
        self.selected: Address | None = None
        self.refused = 0
        self._remote_ufrag = remote_ufrag
        self._password = self.local.password.encode()
        self._username = f"{self.local.ufrag}:{remote_ufrag}".encode()
        self._valid: OrderedDict[Address, float] = OrderedDict()
        self._asked_at_s: float | None = None
        self._good = Allowance(CHECKS_A_SECOND, CHECKS_AT_ONCE)
        self._bad = Allowance(CHECKS_A_SECOND, CHECKS_AT_ONCE)

    def asked(self, data: bytes | bytearray | memoryview, source: Address, now_s: float) -> bytes | None:
        """Take a STUN packet; return the answer for `source`, or None where nothing is to be said."""
        message = stun.parse(data)
        if message is None or message.kind != stun.BINDING_REQUEST or not message.fingerprinted:
            return None
        if not self._is_ours(message, source, now_s):
            self.refused += 1
            return None
        if not self._good.take(now_s):
            return None
        if unknown := message.unknown():
            listed = b"".join(name.to_bytes(2, "big") for name in unknown[:16])
            return self._refusal(message, *UNKNOWN_ATTRIBUTE, (stun.UNKNOWN_ATTRIBUTES, listed))
        if stun.ICE_CONTROLLED in message.attributes:
            # A lite agent is controlled, always; the other side has to take the lead (RFC 8445 §7.3.1.1).
            return self._refusal(message, *ROLE_CONFLICT)
        self._checked(message, source, now_s)
        mapped = stun.XOR_MAPPED_ADDRESS, stun.xor_address(source, message.transaction)
        return stun.build(stun.BINDING_SUCCESS, message.transaction, [mapped], self._password)

    def knows(self, source: Address) -> bool:
        """Whether this address has proved that it holds our credentials."""
        return source in self._valid

    def consents(self, now_s: float) -> bool:
        """Whether the other side asked lately enough that we may send to it."""
        return self.selected is not None and self._asked_at_s is not None and now_s - self._asked_at_s < CONSENT_S

    def is_restart(self, remote_ufrag: str) -> bool:
        """Whether an offer with this ufrag asks for a new transport (RFC 8839 §4.4.1.1.1)."""
        return remote_ufrag != self._remote_ufrag

    def _is_ours(self, message: StunMessage, source: Address, now_s: float) -> bool:
        if message.attributes.get(stun.USERNAME) != self._username:
            return False
        if source not in self._valid and self._bad.left < 1.0 and not self._bad.take(now_s):
            # Somebody guesses: signatures are looked at only as often as the allowance says.
            return False
        if stun.is_signed_with(message, self._password):
            return True
        self._bad.take(now_s)
        return False

    def _checked(self, message: StunMessage, source: Address, now_s: float) -> None:
        self._valid[source] = now_s
        self._valid.move_to_end(source)
        while len(self._valid) > ADDRESSES_AT_MOST:
            oldest = next(address for address in self._valid if address != self.selected)
            del self._valid[oldest]
        self._asked_at_s = now_s
        if stun.USE_CANDIDATE in message.attributes:
            self.selected = source

    def _refusal(self, message: StunMessage, code: int, reason: str, *more: tuple[int, bytes]) -> bytes:
        attributes = [stun.error_code(code, reason), *more]
        return stun.build(stun.BINDING_ERROR, message.transaction, attributes, self._password)


def host_candidates(addresses: Sequence[str], port: int) -> list[str]:
    """Return the values of `a=candidate` for one component; IPv6 before IPv4 (RFC 8421)."""
    ordered = sorted(addresses, key=lambda address: ":" not in address)
    return [
        f"{index + 1} 1 udp {(126 << 24) | ((65535 - index) << 8) | 255} {address} {port} typ host"
        for index, address in enumerate(ordered)
    ]
