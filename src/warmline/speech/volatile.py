"""Spoken texts that hold somebody's data: files in memory where there is such a place, gone when heard."""

import fcntl
import os
import shutil
import tempfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from warmline.speech.audio import wav

_PREFIX = "warmline-said-"
_LOCK = "lock"
MOST_FILES = 2_000
_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it


class VolatileFiles:
    """One private folder a process, locked while it lives; folders of processes that died are removed by the next.

    At most 2,000 files: whoever forgets to release them loses the oldest.
    """

    def __init__(self, fallback: Path, memory: Path = _MEMORY) -> None:
        self._fallback = fallback
        self._memory = memory
        self._folder: Path | None = None
        self._lock: int | None = None
        self._files: OrderedDict[Path, None] = OrderedDict()
        self._count = 0

    def open(self) -> Path:
        """Remove what dead processes left, make a folder of our own and return it."""
        self._fallback.mkdir(mode=0o700, parents=True, exist_ok=True)
        parents = [self._memory, self._fallback] if os.access(self._memory, os.W_OK) else [self._fallback]
        for parent in parents:
            _remove_left_behind(parent)
        # Named so that others look at it only once it is locked.
        made = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}", dir=parents[0]))  # mode 700
        self._lock = os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._folder = made.rename(made.with_name(made.name.removeprefix(".")))
        return self._folder

    def write(self, pcm: bytes) -> Path:
        """Write audio to a new file. Raises OSError, and RuntimeError when not open."""
        if self._folder is None:
            raise RuntimeError("Open the folder first.")
        self._count += 1
        path = self._folder / f"{self._count}.wav"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(wav(pcm))
        except OSError:
            path.unlink(missing_ok=True)
            raise
        self._files[path] = None
        while len(self._files) > MOST_FILES:
            self.remove(next(iter(self._files)))
        return path

    def remove(self, path: Path) -> None:
        """Remove one of our files; other paths are left alone."""
        if path in self._files:
            del self._files[path]
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove everything."""
        self._files.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _remove_left_behind(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            descriptor = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            except BlockingIOError:  # its process lives
                continue
            finally:
                os.close(descriptor)
