"""What a caller's name was spoken into is private and does not outlive the call, nor a process that was killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from warmline.speech import volatile
from warmline.speech.volatile import VolatileFiles

HALF_SECOND = bytes(16_000)


def files_in(tmp_path: Path) -> VolatileFiles:
    memory = tmp_path / "memory"
    memory.mkdir(exist_ok=True)
    return VolatileFiles(tmp_path / "disk", memory)


def test_a_file_is_in_memory_private_and_gone_when_it_is_removed(tmp_path: Path):
    files = files_in(tmp_path)
    folder = files.open()
    path = files.write(HALF_SECOND)
    assert folder.parent == tmp_path / "memory"
    assert (path.stat().st_mode & 0o077, folder.stat().st_mode & 0o077) == (0, 0)
    files.remove(path)
    assert not path.exists()
    files.close()
    assert not folder.exists()


def test_without_a_place_in_memory_it_is_on_disk(tmp_path: Path):
    files = VolatileFiles(tmp_path / "disk", tmp_path / "no-such-memory")
    assert files.open().parent == tmp_path / "disk"
    files.close()


def test_a_process_that_was_killed_leaves_nothing_for_long_and_a_living_one_keeps_its_files(tmp_path: Path):
    memory = tmp_path / "memory"
    memory.mkdir()
    program = (
        "import os, signal, pathlib; from warmline.speech.volatile import VolatileFiles as V;"
        f"v = V(pathlib.Path({str(tmp_path / 'disk')!r}), pathlib.Path({str(memory)!r})); v.open();"
        "v.write(bytes(100)); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    (left,) = memory.iterdir()
    assert list(left.glob("*.wav"))
    living, later = files_in(tmp_path), files_in(tmp_path)
    living.open()
    assert not left.exists()
    kept = living.write(HALF_SECOND)
    later.open()
    assert kept.exists()
    living.close()
    later.close()


def test_files_of_others_are_left_alone(tmp_path: Path):
    files = files_in(tmp_path)
    files.open()
    other = tmp_path / "other.wav"
    other.write_bytes(b"mine")
    files.remove(other)
    assert other.exists()
    files.close()


def test_whoever_forgets_to_release_loses_the_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(volatile, "MOST_FILES", 3)
    files = files_in(tmp_path)
    files.open()
    paths = [files.write(b"\0\0") for _ in range(5)]
    assert [path.exists() for path in paths] == [False, False, True, True, True]
    files.close()


def test_nothing_is_written_before_it_is_opened(tmp_path: Path):
    with pytest.raises(RuntimeError, match="Open"):
        files_in(tmp_path).write(HALF_SECOND)
