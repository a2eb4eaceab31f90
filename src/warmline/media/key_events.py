"""Keys as RFC 4733 events, both ways, and one ear for keys that arrive twice."""

import struct
from collections import deque
from dataclasses import dataclass, field

KEYS = "0123456789*#ABCD"
_BODY = struct.Struct("!BBH")
VOLUME = 10  # -10 dBm0
PRESS_PACKETS = 5  # 100 ms
END_PACKETS = 3
GAP_PACKETS = 4  # 80 ms between keys
SAME_KEY_S = 0.5


@dataclass(slots=True)
class KeyEar:
    """Tell a key once: an event comes in many packets, and perhaps as a tone, too."""

    _press: tuple[int, int] = (-1, -1)
    _unheard: tuple[int, int] | None = None
    _told: str = ""
    _told_at: float = -1e9
    _told_by_event: bool = False
    events_seen: bool = False

    def event(self, ssrc: int, timestamp: int, payload: bytes | bytearray | memoryview, now: float) -> str | None:
        """Take a telephone-event payload; return the key if it is new."""
        if len(payload) < 4 or payload[0] >= len(KEYS):
            return None
        self.events_seen = True
        press = (ssrc, timestamp)
        key = KEYS[payload[0]]
        if press == self._press:
            if key == self._told:
                self._told_at = now
            return None
        self._press = press
        if not self._told_by_event and key == self._told and now - self._told_at < SAME_KEY_S:
            self._told_by_event = True
            return None
        return self._tell(key, now, by_event=True)

    def unheard(self, secure: bool) -> bool:
        """Whether the press last taken is for nobody: one of secure input is, to its very end."""
        if secure:
            self._unheard = self._press
        return secure or self._unheard == self._press

    def tone(self, key: str, now: float) -> str | None:
        """Take a key heard in the audio; return it if nothing told it before."""
        if self.events_seen and self._told_by_event and key == self._told and now - self._told_at < SAME_KEY_S:
            return None
        return self._tell(key, now, by_event=False)

    def _tell(self, key: str, now: float, *, by_event: bool) -> str:
        self._told, self._told_at, self._told_by_event = key, now, by_event
        return key


@dataclass(slots=True)
class KeySender:
    """What to send instead of audio while keys are dialled: one packet a tick."""

    waiting: deque[str] = field(default_factory=deque)
    _step: int = 0

    def dial(self, keys: str) -> None:
        """Queue keys. Raises ValueError for what is none."""
        for key in keys.upper():
            KEYS.index(key)
        self.waiting.extend(keys.upper())

    @property
    def busy(self) -> bool:
        return bool(self.waiting)

    def next(self, frame: int) -> tuple[bytes, bool, bool] | None:
        """Return (payload, first, pause after): the packet of this tick, None for a tick of silence between keys.

        `frame`: timestamp units a tick. The timestamp of all packets of a key is that of its first.
        """
        step = self._step
        self._step += 1
        if step < PRESS_PACKETS + END_PACKETS:
            end = step >= PRESS_PACKETS
            duration = min(step + 1, PRESS_PACKETS) * frame
            return _BODY.pack(KEYS.index(self.waiting[0]), VOLUME | (128 if end else 0), duration), step == 0, end
        if step >= PRESS_PACKETS + END_PACKETS + GAP_PACKETS - 1:
            self.waiting.popleft()
            self._step = 0
        return None
