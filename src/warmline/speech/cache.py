"""Rendered prompts on disk, made once, bounded: the longest unused go first, what is pinned or in use stays."""

import asyncio
import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warmline.ports.speech import Voice
from warmline.speech.audio import RATE_HZ, wav

MOST_BYTES = 256 * 1024 * 1024
_IN_USE_S = 900.0  # a prompt handed out may still be played, or be about to
_HEADER = 44


@dataclass
class _Kept:
    size: int
    used_s: float
    pinned: bool = False


def key(voice: Voice, text: str) -> str:
    """What makes two renderings the same: engine, its version, voice, text."""
    said = "\0".join((voice.engine, voice.version, voice.name, voice.locale, text))
    return hashlib.sha256(said.encode()).hexdigest()


class PromptCache:
    """Files `<sha256>.wav` in `folder`. Several processes may share it; each bounds it by what it knows."""

    def __init__(
        self, folder: Path, *, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0

    def open(self) -> None:
        """Create the folder, forget half-written files, and learn what is there, oldest first."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found: list[tuple[float, str, int]] = []
        for path in self._folder.iterdir():
            if path.name.startswith(".") and path.suffix == ".part":
                path.unlink(missing_ok=True)
            elif path.suffix == ".wav":
                at = path.stat()
                found.append((at.st_mtime, path.stem, at.st_size))
        for _, name, size in sorted(found):
            self._remember(name, size, self._clock() - _IN_USE_S)
        self._make_room()

    def find(self, name: str, *, pin: bool = False) -> tuple[Path, int] | None:
        """Return a rendering's file and its duration in ms, None when it is not there (any more)."""
        path = self._path(name)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            self._forget(name)
            return None
        if size <= _HEADER or size % 2:  # cut off, by a full disk or a lost machine
            path.unlink(missing_ok=True)
            self._forget(name)
            return None
        self._remember(name, size, self._clock(), pin)
        return path, (size - _HEADER) // 2 * 1000 // RATE_HZ

    async def put(self, name: str, pcm: bytes) -> tuple[Path, int]:
        """Write a rendering, at once or not at all, and make room for it. Raises OSError."""
        path = self._path(name)
        await asyncio.to_thread(write_whole, path, wav(pcm))
        self._remember(name, _HEADER + len(pcm), self._clock())
        self._make_room()
        return path, len(pcm) // 2 * 1000 // RATE_HZ

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.wav"

    def _remember(self, name: str, size: int, now_s: float, pin: bool = False) -> None:
        known = self._kept.get(name)
        self._bytes += size - (known.size if known else 0)
        self._kept[name] = _Kept(size, now_s, pin or (known is not None and known.pinned))
        self._kept.move_to_end(name)

    def _forget(self, name: str) -> None:
        if (known := self._kept.pop(name, None)) is not None:
            self._bytes -= known.size

    def _make_room(self) -> None:
        oldest_in_use_s = self._clock() - _IN_USE_S
        for name, entry in list(self._kept.items()):
            if self._bytes <= self._most_bytes:
                return
            if not entry.pinned and entry.used_s <= oldest_in_use_s:
                self._path(name).unlink(missing_ok=True)
                self._forget(name)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is complete as soon as it has its name, readable by this user alone."""
    part = path.with_name(f".{path.stem}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
