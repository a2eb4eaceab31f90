"""The thread that encrypts and writes recordings, so that no disk ever holds up audio."""

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from warmline.media.recording_file import CHUNK_BYTES, RecordingFile
from warmline.ports.media import Recorded, RecordingFailed

WAITING_AT_MOST = 4096  # chunks of a second, of all recordings
SYNC_EVERY = 10


@dataclass(eq=False)
class Writing:
    """One file's way to the disk. `failed`: nothing more is written, the call goes on."""

    record: str
    call: str
    path: str
    key: bytes = field(repr=False)
    file: RecordingFile | None = None
    failed: str | None = None


class RecordingWriter:
    """Takes chunks of all recordings of a worker. `told` is called from the thread with what became of them."""

    def __init__(self, told: Callable[[Recorded | RecordingFailed], None]) -> None:
        self._told = told
        self._work: queue.Queue[tuple[Writing, bytes, int | None] | None] = queue.Queue(WAITING_AT_MOST)
        self._thread = threading.Thread(target=self._run, name="recordings")
        self._thread.start()

    def write(self, writing: Writing, plain: bytes) -> None:
        """Hand over a second."""
        self._put(writing, plain, None)

    def finish(self, writing: Writing, plain: bytes, duration_ms: int) -> None:
        """Hand over the rest; the file is complete then."""
        self._put(writing, plain, duration_ms)

    def _put(self, writing: Writing, plain: bytes, duration_ms: int | None) -> None:
        try:
            self._work.put_nowait((writing, plain, duration_ms))
        except queue.Full:
            self._fail(writing, "the disk is too slow")

    def close(self) -> None:
        """Write everything that waits and end."""
        self._work.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (item := self._work.get()) is not None:
            writing, plain, duration_ms = item
            if writing.failed is not None:
                continue
            try:
                self._write(writing, plain, duration_ms)
            except (OSError, ValueError) as problem:
                self._fail(writing, problem.strerror or "error" if isinstance(problem, OSError) else str(problem))

    def _write(self, writing: Writing, plain: bytes, duration_ms: int | None) -> None:
        file = writing.file
        if file is None:
            file = writing.file = RecordingFile(writing.path, writing.record, writing.key)
        while duration_ms is not None and len(plain) > CHUNK_BYTES:
            file.chunk(plain[:CHUNK_BYTES])
            plain = plain[CHUNK_BYTES:]
        if duration_ms is None:
            if plain:
                file.chunk(plain)
            if file.index % SYNC_EVERY == 0:
                file.sync()
            return
        file.chunk(plain, last=True)
        file.sync()
        file.close()
        self._told(Recorded(writing.record, writing.call, duration_ms, file.size))

    def _fail(self, writing: Writing, reason: str) -> None:
        if writing.failed is not None:
            return
        writing.failed = reason
        if writing.file is not None:
            with contextlib.suppress(OSError):
                writing.file.close()
        self._told(RecordingFailed(writing.record, writing.call, reason))
