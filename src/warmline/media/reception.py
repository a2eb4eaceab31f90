"""What a receiver knows of a stream (RFC 3550, 6.4 and appendix A): order, loss, jitter; and what it is worth."""

import math
from dataclasses import dataclass

RESTART_AFTER = 3000  # a jump of more packets than this is a new stream under the old name
SEQ_MOD = 1 << 16
WINDOW = 0xFFFFFFFFFFFFFFFF


@dataclass(slots=True)
class Reception:
    """Statistics of one source. `clock` in Hz.

    A packet in order is counted by `leg_flow` itself, which adds to `highest` and `received` and leaves `window`
    behind.
    """

    clock: int
    ssrc: int = -1
    base: int = 0
    highest: int = -1  # extended with the cycles
    received: int = 0
    jitter: float = 0.0  # in timestamp units
    restarts: int = 0
    lost_before: int = 0  # of sources that ended
    expected_before: int = 0
    received_before: int = 0
    window: int = 0  # bits of the 64 packets up to `window_at`, the newest lowest; those since came in order
    window_at: int = -1
    transit: float = math.nan  # of the last packet, in timestamp units
    _expected_prior: int = 0
    _received_prior: int = 0

    def arrived(self, ssrc: int, seq: int, timestamp: int, now: float) -> bool:
        """Count a packet that arrived at `now` (s); False when it is a duplicate or far too old."""
        if ssrc != self.ssrc or self.highest < 0:
            self._begin(ssrc, seq)
        else:
            ahead = (seq - self.highest) & 0xFFFF
            if ahead == 0:
                return False
            self._catch_up()
            if ahead < RESTART_AFTER:
                self.highest += ahead
                self.window_at = self.highest
                self.window = (self.window << ahead | 1) & WINDOW if ahead < 64 else 1
            elif ahead > SEQ_MOD - 64:
                bit = 1 << (SEQ_MOD - ahead)
                if self.window & bit:
                    return False
                self.window |= bit
            elif ahead > SEQ_MOD - RESTART_AFTER:
                return False
            else:
                self._begin(ssrc, seq)
        self.received += 1
        transit = now * self.clock - timestamp
        off = abs(transit - self.transit)
        if off < self.clock * 2:  # not at the first packet, nor when the timestamps turn over
            self.jitter += (off - self.jitter) / 16
        self.transit = transit
        return True

    def _catch_up(self) -> None:
        """Note the packets that came in order since `window_at`."""
        since = self.highest - self.window_at
        self.window_at = self.highest
        self.window = (self.window << since | (1 << since) - 1) & WINDOW if since < 64 else WINDOW

    def _begin(self, ssrc: int, seq: int) -> None:
        if self.highest >= 0:
            self.restarts += 1
            self.lost_before += max(0, self._expected() - self.received)
            self.expected_before += self._expected()
            self.received_before += self.received
        self.ssrc, self.base, self.highest, self.received = ssrc, seq, seq, 0
        self.window, self.window_at, self.transit = 1, seq, math.nan
        self._expected_prior = self._received_prior = 0

    def _expected(self) -> int:
        return self.highest - self.base + 1 if self.highest >= 0 else 0

    @property
    def received_in_all(self) -> int:
        return self.received_before + self.received

    @property
    def lost(self) -> int:
        return self.lost_before + max(0, self._expected() - self.received)

    @property
    def lost_share(self) -> float:
        expected = self.expected_before + self._expected()
        return self.lost / expected if expected else 0.0

    @property
    def jitter_ms(self) -> float:
        return self.jitter * 1000 / self.clock

    def since_last_report(self) -> int:
        """Return the share lost since the last call, in 1/256 (RFC 3550, A.3)."""
        expected = self._expected() - self._expected_prior
        lost = expected - (self.received - self._received_prior)
        self._expected_prior, self._received_prior = self._expected(), self.received
        return min(255, lost * 256 // expected) if expected > 0 and lost > 0 else 0


IMPAIRMENT = {"PCMU": (0.0, 25.1), "PCMA": (0.0, 25.1), "G722": (0.0, 13.0), "opus": (0.0, 20.0)}


def mos(codec: str, lost_share: float, jitter_ms: float, round_trip_ms: float | None) -> float:
    """Return a mean opinion score from 1 to 4.5: the E-model of ITU-T G.107, simplified, with random loss.

    The delay heard is half the round trip, plus what a jitter buffer adds, plus one packet.
    """
    delay_ms = (round_trip_ms or 0.0) / 2 + 2 * jitter_ms + 20
    delayed = 0.024 * delay_ms + 0.11 * max(0.0, delay_ms - 177.3)
    impairment, robustness = IMPAIRMENT.get(codec, (0.0, 25.1))
    percent = lost_share * 100
    r = 93.2 - delayed - (impairment + (95 - impairment) * percent / (percent + robustness))
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))
