"""A browser's leg: ICE-lite and DTLS-SRTP on one port, RTP and RTCP together (RFC 8835, 9429).

Nothing is answered before a signed ICE check, and no handshake begins before one. An offer with a new ufrag is a
new network or a reloaded page: the leg keeps its port, everything else begins anew.
"""

import time
from collections.abc import Iterable, Sequence

from warmline.kernel.errors import Refused
from warmline.media.dtls import DtlsHandshake, DtlsServer, Fingerprint, strongest
from warmline.media.ice import IceCredentials, IceLite, host_candidates
from warmline.media.leg_transport import NOBODY, Address, Wire
from warmline.media.refusals import BAD_SDP
from warmline.media.srtp import SrtpContext

PROFILE = "UDP/TLS/RTP/SAVPF"
STUN_BELOW = 4
DTLS_FROM, DTLS_BELOW = 20, 64
CONSENT_LOOKED_AT_S = 1.0
LONGEST_CREDENTIAL = 256
NAMED = "fingerprint:"

# One identity and one limit of handshakes for the whole worker.
SERVER = DtlsServer()


class WebRtcTransport:
    """Implements leg_transport.Transport."""

    profile = PROFILE
    muxed = True
    authenticates = True

    def __init__(self, wire: Wire, offering: bool, server: DtlsServer | None = None) -> None:
        self.ready = False
        self.remote: Address | None = None
        self.failed: str | None = None
        self._wire = wire
        self._offering = offering
        self._server = server or SERVER
        self._now_s = time.monotonic()
        self._identity = self._server.identity(self._now_s)
        self._credentials = IceCredentials.new()
        self._ice: IceLite | None = None
        self._expected: tuple[Fingerprint, ...] = ()
        self._handshake: DtlsHandshake | None = None
        self._may_begin = False
        self._peer: Address | None = None  # where handshake answers go
        self._srtp: SrtpContext | None = None
        self._look_at_s = 0.0

    @property
    def thrown_away(self) -> int:
        """Packets that were forged, replayed or no SRTP at all."""
        counts = self._srtp.counts if self._srtp else None
        return counts.forged + counts.replayed + counts.malformed if counts else 0

    def session_lines(self) -> Sequence[str]:
        return ("ice-lite",)

    def media_lines(self) -> Sequence[str]:
        host, port = self._wire.local
        candidates = host_candidates([host], port)
        return [
            f"ice-ufrag:{self._credentials.ufrag}",
            f"ice-pwd:{self._credentials.password}",
            f"fingerprint:{self._identity.fingerprint.line()}",
            # A browser always takes the active side; that leaves us the cheap one, without timers of our own.
            "setup:actpass" if self._offering and self._ice is None else "setup:passive",
            *(f"candidate:{candidate}" for candidate in candidates),
            "end-of-candidates",
        ]

    def negotiated(self, session_lines: Sequence[str], media_lines: Sequence[str]) -> None:
        """Take the browser's credentials and fingerprints; what it repeats goes on undisturbed."""
        both = [*media_lines, *session_lines]
        ufrag, password = _value(both, "ice-ufrag:"), _value(both, "ice-pwd:")
        expected = strongest([line.removeprefix(NAMED) for line in both if line.startswith(NAMED)])
        if not ufrag or not password or len(ufrag) > LONGEST_CREDENTIAL or len(password) > LONGEST_CREDENTIAL:
            raise Refused(BAD_SDP, reason="it has no ICE credentials")
        if not expected:
            raise Refused(BAD_SDP, reason="it has no fingerprint with SHA-256 or better")
        if _value(both, "setup:") not in (None, "actpass", "active"):
            raise Refused(BAD_SDP, reason="it wants us to begin the DTLS handshake")
        if self._ice is None:
            self._ice = IceLite(ufrag, self._credentials)
            self._may_begin = True
        elif self._ice.is_restart(ufrag):
            self._restart(ufrag)
        if self._expected and set(self._expected) != set(expected):
            # Another certificate is another page: the keys of the old one are worth nothing any more.
            self._forget_keys()
        self._expected = expected

    def datagram(self, data: bytes, source: Address) -> None:
        """STUN and DTLS; whatever else there is, and whoever has not proved to be the browser, is not heard."""
        if not data or self._ice is None:
            return
        if data[0] < STUN_BELOW:
            self._stun(self._ice, data, source)
        elif DTLS_FROM <= data[0] < DTLS_BELOW and self._ice.knows(source):
            self._dtls(data, source)

    def unprotect(self, buffer: bytearray, n: int) -> int | None:
        return self._srtp.unprotect(buffer, n) if self._srtp else None

    def protect(self, buffer: bytearray, n: int) -> int:
        return self._srtp.protect(buffer, n) if self._srtp else 0

    def unprotect_rtcp(self, buffer: bytearray, n: int) -> int | None:
        return self._srtp.unprotect_rtcp(buffer, n) if self._srtp else None

    def protect_rtcp(self, buffer: bytearray, n: int) -> int:
        return self._srtp.protect_rtcp(buffer, n) if self._srtp else 0

    def tick(self, now: float) -> None:
        self._now_s = now
        handshake = self._handshake
        if handshake is not None and not handshake.done:
            for datagram in handshake.waited(now):
                self._answer(datagram)
            self._look_at(handshake)
        elif now >= self._look_at_s:
            self._look_at_s = now + CONSENT_LOOKED_AT_S
            self._review()

    def close(self) -> None:
        """Tell the browser, forget the keys and let go of the leg."""
        if self._handshake is not None:
            for datagram in self._handshake.close():
                self._answer(datagram)
        self._forget_keys()
        self._ice = None
        self._wire = NOBODY

    def _stun(self, ice: IceLite, data: bytes, source: Address) -> None:
        answer = ice.asked(data, source, self._now_s)
        if answer is None:
            return
        self._wire.send(answer, source)
        if ice.selected != self.remote or (self._srtp is not None and not self.ready):
            self._review()

    def _dtls(self, data: bytes, source: Address) -> None:
        if self._may_begin and _is_hello(data):
            handshake = self._server.begin(self._identity, self._expected, self._now_s, source[0])
            if handshake is None:
                return
            if self._handshake is not None:
                self._handshake.close()
            self._handshake, self._may_begin, self._srtp = handshake, False, None
            self._review()
        handshake = self._handshake
        if handshake is None:
            return
        self._peer = source
        for datagram in handshake.received(data):
            self._wire.send(datagram, source)
        self._look_at(handshake)

    def _look_at(self, handshake: DtlsHandshake) -> None:
        if handshake.failed and self.failed is None:
            self.failed = f"DTLS: {handshake.failed}"
            self.ready = False
            self._wire.changed()
        elif handshake.closed:
            # The page is gone, or reloads: the leg waits for its next offer.
            self._forget_keys()
        elif handshake.keys is not None and self._srtp is None:
            self._srtp = SrtpContext(handshake.keys)
            self._review()

    def _review(self) -> None:
        """Compare what is with what was told, and tell the leg of a change."""
        ice = self._ice
        ready = self._srtp is not None and ice is not None and ice.consents(self._now_s)
        remote = ice.selected if ice is not None else None
        if (ready, remote) != (self.ready, self.remote):
            self.ready, self.remote = ready, remote
            self._wire.changed()

    def _restart(self, ufrag: str) -> None:
        # With the same certificate the keys stay good (RFC 8842 §5.5), unless the page begins a new handshake.
        self._credentials = IceCredentials.new()
        self._ice = IceLite(ufrag, self._credentials)
        self._may_begin = True
        self.failed = None
        self._review()

    def _forget_keys(self) -> None:
        if self._handshake is not None:
            self._handshake.close()
        self._handshake = self._srtp = None
        self._may_begin = True
        self.failed = None
        self._identity = self._server.identity(self._now_s)
        self._review()

    def _answer(self, datagram: bytes) -> None:
        if self._peer is not None:
            self._wire.send(datagram, self._peer)


def _value(lines: Iterable[str], name: str) -> str | None:
    return next((line.removeprefix(name).strip() for line in lines if line.startswith(name)), None)


def _is_hello(data: bytes) -> bool:
    """Whether a datagram begins with a ClientHello in the clear: handshake record, epoch 0, message type 1."""
    return len(data) > 13 and data[0] == 22 and data[3:5] == b"\x00\x00" and data[13] == 1
