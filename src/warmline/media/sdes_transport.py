"""A telephone leg with SRTP whose keys stand in the SDP (RTP/SAVP): most desk phones and trunks over TLS."""

from collections.abc import Sequence

from warmline.kernel.errors import Refused
from warmline.media import sdes
from warmline.media.leg_transport import NOBODY, Address, Wire
from warmline.media.refusals import BAD_SDP
from warmline.media.sdes import SdesKey
from warmline.media.srtp import SrtpContext, SrtpKeys

CRYPTO = "crypto:"


class SdesTransport:
    """Implements leg_transport.Transport."""

    profile = "RTP/SAVP"
    muxed = False
    authenticates = True

    def __init__(self, wire: Wire, offering: bool) -> None:
        self.ready = False
        self.remote: Address | None = None
        self.failed: str | None = None
        self._wire = wire
        self._offered = sdes.our_offer() if offering else ()
        self._ours: SdesKey | None = None
        self._theirs: SdesKey | None = None
        self._srtp: SrtpContext | None = None

    @property
    def thrown_away(self) -> int:
        """Packets that were forged, replayed or no SRTP at all."""
        counts = self._srtp.counts if self._srtp else None
        return counts.forged + counts.replayed + counts.malformed if counts else 0

    def session_lines(self) -> Sequence[str]:
        return ()

    def media_lines(self) -> Sequence[str]:
        keys = (self._ours,) if self._ours else self._offered
        return [CRYPTO + key.line() for key in keys]

    def negotiated(self, session_lines: Sequence[str], media_lines: Sequence[str]) -> None:
        """Take the other side's keys; a description that repeats the one before changes nothing."""
        values = [line.removeprefix(CRYPTO).strip() for line in media_lines if line.startswith(CRYPTO)]
        if self._offered and self._ours is None:
            keys = sdes.accepted(self._offered, values)
            if keys is None:
                raise Refused(BAD_SDP, reason="it takes none of our SRTP keys")
            self._ours = next(key for key in self._offered if key.key == keys.send)
            self._theirs = sdes.read(values[0])
            self._begin(keys)
            return
        theirs = sdes.choose(values)
        if theirs is None:
            raise Refused(BAD_SDP, reason="it has no SRTP key we understand (a=crypto)")
        if self._theirs and (theirs.profile, theirs.key) == (self._theirs.profile, self._theirs.key):
            self._renumber(theirs)
        elif self._ours and self._srtp and theirs.profile == self._ours.profile:
            # Only their key is new: our stream goes on, for its packet counter belongs to our key.
            self._srtp.receive_with(theirs.key)
            self._renumber(theirs)
        else:
            self._ours, keys = sdes.answered(theirs)
            self._theirs = theirs
            self._begin(keys)

    def datagram(self, data: bytes, source: Address) -> None:
        """Nothing but RTP and RTCP is spoken here."""

    def unprotect(self, buffer: bytearray, n: int) -> int | None:
        return self._srtp.unprotect(buffer, n) if self._srtp else None

    def protect(self, buffer: bytearray, n: int) -> int:
        return self._srtp.protect(buffer, n) if self._srtp else 0

    def unprotect_rtcp(self, buffer: bytearray, n: int) -> int | None:
        return self._srtp.unprotect_rtcp(buffer, n) if self._srtp else None

    def protect_rtcp(self, buffer: bytearray, n: int) -> int:
        return self._srtp.protect_rtcp(buffer, n) if self._srtp else 0

    def tick(self, now: float) -> None:
        """Nothing expires."""

    def close(self) -> None:
        """Forget the keys and let go of the leg."""
        self.ready = False
        self._srtp = self._ours = self._theirs = None
        self._wire = NOBODY

    def _begin(self, keys: SrtpKeys) -> None:
        self._srtp = SrtpContext(keys)
        self.ready = True
        self._wire.changed()

    def _renumber(self, theirs: SdesKey) -> None:
        """Answer under the tag they use now; our key stays."""
        self._theirs = theirs
        if self._ours and self._ours.tag != theirs.tag:
            self._ours = SdesKey(theirs.tag, self._ours.profile, self._ours.key)
