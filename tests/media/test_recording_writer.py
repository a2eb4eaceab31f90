"""A full disk ends a recording and is told; the next recording is written."""

import resource
import threading
from pathlib import Path

from warmline.media.recording_file import CHUNK_BYTES
from warmline.media.recording_reader import RecordingReader
from warmline.media.recording_writer import RecordingWriter, Writing
from warmline.ports.media import Recorded, RecordingFailed

KEY = bytes(range(32))


def test_chunks_are_written_in_order_and_the_end_is_told(tmp_path: Path):
    told: list[Recorded | RecordingFailed] = []
    writer = RecordingWriter(told.append)
    writing = Writing("r", "c", str(tmp_path / "r.wlrec"), KEY)
    for _ in range(12):
        writer.write(writing, bytes(CHUNK_BYTES))
    writer.finish(writing, bytes(CHUNK_BYTES + 500), 13_031)
    writer.close()
    assert told == [Recorded("r", "c", 13_031, (tmp_path / "r.wlrec").stat().st_size)]
    with RecordingReader(tmp_path / "r.wlrec", KEY) as reader:
        assert reader.complete
        assert reader.samples == 13 * 8000 + 250


def test_a_disk_that_is_full_is_told_once_and_harms_nobody_else(tmp_path: Path):
    told: list[Recorded | RecordingFailed] = []
    done = threading.Event()

    def tell(event: Recorded | RecordingFailed) -> None:
        told.append(event)
        done.set()

    writer = RecordingWriter(tell)
    full = Writing("full", "c", str(tmp_path / "full.wlrec"), KEY)
    nowhere = Writing("nowhere", "c", str(tmp_path / "file" / "r"), KEY)
    (tmp_path / "file").write_text("no folder")
    good = Writing("good", "c", str(tmp_path / "good.wlrec"), KEY)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        for _ in range(3):
            writer.write(full, bytes(CHUNK_BYTES))
        assert done.wait(5)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    writer.finish(full, b"", 3000)
    writer.write(nowhere, bytes(CHUNK_BYTES))
    writer.write(good, bytes(CHUNK_BYTES))
    writer.finish(good, b"", 1000)
    writer.close()
    failed = [event.record for event in told if isinstance(event, RecordingFailed)]
    assert failed == ["full", "nowhere"]
    assert [event.record for event in told if isinstance(event, Recorded)] == ["good"]
    with RecordingReader(tmp_path / "full.wlrec", KEY) as reader:
        assert (reader.samples, reader.complete) == (8000, False)
