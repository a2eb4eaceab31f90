"""Promises made while nothing could be written: on disk before they are confirmed, kept once it can be again."""

import asyncio
import fcntl
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.kernel.locale import Locale

LOG = logging.getLogger(__name__)


class LocalPromise(Struct, frozen=True, omit_defaults=True):
    """Somebody is to be called back. `id` makes keeping it twice keep it once; with `contact` it is that one's."""

    id: UUID
    tenant_id: str
    number: str
    at: datetime
    journey_id: str
    locale: Locale
    called: str = ""
    contact: UUID | None = None


class _Kept(Struct, frozen=True):
    done: UUID


Keep = Callable[[LocalPromise], Awaitable[None]]
_LINE = msgspec.json.Decoder(LocalPromise)
_KEPT = msgspec.json.Decoder(_Kept)


class Journal:
    """A file of promises, one a line, and of those that were kept. Only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = asyncio.Lock()
        self._open = _read(path)

    @property
    def owed(self) -> list[LocalPromise]:
        """The promises not yet kept, oldest first."""
        return list(self._open.values())

    async def add(self, promise: LocalPromise) -> None:
        """Return once the promise is on disk. Raises OSError when it cannot be."""
        async with self._lock:
            await asyncio.to_thread(_append, self._path, msgspec.json.encode(promise))
            self._open[promise.id] = promise

    async def keep(self, keep: Keep, passes: Callable[[BaseException], bool] = lambda _: True) -> int:
        """Keep every promise with `keep`, for which twice is the same as once; return how many were kept.

        Stops at a failure that `passes`, which is raised: the rest stay owed. Any other concerns one promise,
        which stays owed and does not stand in the way of the others.
        """
        kept = 0
        for promise in self.owed:
            try:
                await keep(promise)
            except Exception as failure:
                if passes(failure):
                    raise
                LOG.exception("A promise could not be kept; it stays owed")
                continue
            async with self._lock:
                await asyncio.to_thread(_append, self._path, msgspec.json.encode(_Kept(promise.id)))
                self._open.pop(promise.id, None)
            kept += 1
        if kept and not self._open:
            async with self._lock:
                await asyncio.to_thread(_empty, self._path)  # numbers are not kept for nothing
        return kept


def _read(path: Path) -> dict[UUID, LocalPromise]:
    found: dict[UUID, LocalPromise] = {}
    if not path.exists():
        return found
    for line in path.read_bytes().splitlines():
        try:
            promise = _LINE.decode(line)
            found[promise.id] = promise
        except msgspec.DecodeError:
            try:
                found.pop(_KEPT.decode(line).done, None)
            except msgspec.DecodeError:
                continue  # the end of a line that was being written when the machine died: it was never confirmed
    return found


def _empty(path: Path) -> None:
    """Empty the file, unless a promise of another process stands in it. It stays: who has it open writes there."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not _read(path):
            os.ftruncate(handle, 0)
            os.fsync(handle)
    finally:
        os.close(handle)


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # another voice process of this machine may write, too
        if not new and os.fstat(handle).st_size:  # a half-written line must not swallow this one
            os.write(handle, b"\n")
        os.write(handle, line + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
