"""What is played, encoded once for each codec: a cache of 20 ms payloads, filled by a thread of its own.

A clip may be played while it is still being made. The key holds a file's size and time, so that a new file of the
same name is read anew.
"""

import os
import queue
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np

from warmline.kernel.errors import Refused
from warmline.media.codecs import make_codec
from warmline.media.refusals import UNSUPPORTED
from warmline.media.wave_file import pcm_of
from warmline.ports.media import PlayFile, PlayItem

PCM = {"L16/8000": 8000, "L16/16000": 16000}
CACHE_BYTES = 96 * 1024 * 1024
WAITING_AT_MOST = 10_000


@dataclass(eq=False)
class Clip:
    """One item in one codec. `frames` grows until `done`."""

    item: PlayItem
    codec: str
    frames: list[bytes] = field(default_factory=list)
    done: bool = False
    failed: str | None = None
    size: int = 0


class ClipCache:
    """Clips by item and codec, the least lately used dropped first."""

    def __init__(self, most_bytes: int = CACHE_BYTES) -> None:
        self._clips: OrderedDict[tuple[object, ...], Clip] = OrderedDict()
        self._once: dict[PlayItem, list[tuple[object, ...]]] = {}
        self._most_bytes = most_bytes
        self._work: queue.Queue[Clip | None] = queue.Queue(WAITING_AT_MOST)
        self._thread = threading.Thread(target=self._run, name="clips", daemon=True)
        self._thread.start()
        self.made = 0

    def get(self, item: PlayItem, codec: str) -> Clip:
        """Return a clip, perhaps still growing. Raises Refused `media.unsupported` when there is no such file."""
        key = self._key(item, codec)
        clip = self._clips.get(key)
        if clip is not None and clip.failed is None:
            self._clips.move_to_end(key)
            return clip
        clip = self._clips[key] = Clip(item, codec)
        try:
            self._work.put_nowait(clip)
        except queue.Full:
            del self._clips[key]
            raise Refused(UNSUPPORTED, what="so many new prompts at once") from None
        if isinstance(item, PlayFile) and item.once:
            self._once.setdefault(item, []).append(key)
        self._shrink()
        return clip

    def forget(self, item: PlayItem) -> None:
        """Drop what is heard once, now that it was; anything else stays."""
        for key in self._once.pop(item, ()):
            self._clips.pop(key, None)

    def _key(self, item: PlayItem, codec: str) -> tuple[object, ...]:
        if not isinstance(item, PlayFile):
            return (item, codec)
        try:
            found = os.stat(item.path)
        except OSError:
            raise Refused(UNSUPPORTED, what="an audio file that cannot be read") from None
        return (item.path, found.st_mtime_ns, found.st_size, codec)

    def _shrink(self) -> None:
        total = sum(clip.size for clip in self._clips.values())
        for key in list(self._clips):
            if total <= self._most_bytes:
                return
            if self._clips[key].done:
                clip = self._clips.pop(key)
                self._once.pop(clip.item, None)
                total -= clip.size

    def close(self) -> None:
        self._work.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (clip := self._work.get()) is not None:
            try:
                self._make(clip)
            except (OSError, ValueError, Refused) as failure:
                clip.failed = str(failure)
            clip.done = True
            self.made += 1

    def _make(self, clip: Clip) -> None:
        codec = None if clip.codec in PCM else make_codec(clip.codec)
        rate = codec.pcm_rate if codec else PCM[clip.codec]
        frame = rate // 50
        rest = np.zeros(0, np.int16)
        for block in pcm_of(clip.item, rate):
            rest = np.concatenate([rest, block]) if len(rest) else block
            whole = len(rest) // frame * frame
            for at in range(0, whole, frame):
                self._add(clip, codec.encode(rest[at : at + frame]) if codec else rest[at : at + frame].tobytes())
            rest = rest[whole:]
        if len(rest):
            last = np.concatenate([rest, np.zeros(frame - len(rest), np.int16)])
            self._add(clip, codec.encode(last) if codec else last.tobytes())

    def _add(self, clip: Clip, payload: bytes) -> None:
        clip.frames.append(payload)
        clip.size += len(payload) + 40


@dataclass(eq=False)
class Player:
    """One play on one leg: clips in turn, 20 ms a tick."""

    play: str
    items: tuple[PlayItem, ...]
    clips: list[Clip]
    loop: bool = False
    barge: bool = False
    mix: bool = False
    sent: int = 0  # frames
    at: int = 0  # clip
    frame: int = 0  # of the clip

    def next(self) -> bytes | None:
        """Return the payload of this tick; None when the play has ended; b"" when the clip is not there yet."""
        frames = self.clips[self.at].frames if self.clips else ()
        if self.frame < len(frames):
            self.frame += 1
            self.sent += 1
            return frames[self.frame - 1]
        return self._further()

    def _further(self) -> bytes | None:
        for _ in range(len(self.clips) + 1):
            if not self.clips:
                return None
            clip = self.clips[self.at]
            if self.frame < len(clip.frames):
                self.frame += 1
                self.sent += 1
                return clip.frames[self.frame - 1]
            if not clip.done:
                return b""
            if self.at + 1 >= len(self.clips) and not self.loop:
                return None
            self.at, self.frame = (self.at + 1) % len(self.clips), 0
        return None

    def failed(self) -> bool:
        return any(clip.failed for clip in self.clips)

    def recoded(self, clips: list[Clip]) -> None:
        """Go on at the same place with clips of another codec."""
        self.clips = clips

    @property
    def at_ms(self) -> int:
        return self.sent * 20
