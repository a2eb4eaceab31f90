"""A worker's process: SIGTERM drains it, a second one ends it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CODE = "from warmline.media.worker import run_worker; run_worker({path!r}, 22800, 22819, '127.0.0.1')"


def _start(path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", CODE.format(path=str(path))])
    give_up = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < give_up
        assert process.poll() is None
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_without_calls_ends_at_once_and_leaves_nothing(tmp_path: Path, number: signal.Signals):
    process = _start(tmp_path / "w")
    process.send_signal(number)
    assert process.wait(10) == 0
    assert not (tmp_path / "w").exists()


def test_a_signal_that_comes_while_a_worker_starts_is_not_lost(tmp_path: Path):
    process = _start(tmp_path / "w")
    for _ in range(2):
        process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
