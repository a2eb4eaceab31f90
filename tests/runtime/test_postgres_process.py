"""Only the right process is taken for our server, and only that one is stopped."""

import os
import subprocess
import sys
from pathlib import Path

from warmline.runtime.postgres_process import PidFile, is_postgres_of, run_program, stop_stray


def test_a_pid_file_of_another_server_is_not_ready_for_us(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text("4711\n/data\n1\n5432\n\n127.0.0.1\n0 0\nready   \n")
    pid_file = PidFile(tmp_path)
    assert pid_file.pid() == 4711
    assert pid_file.ready(4711)
    assert not pid_file.ready(4712)


def test_a_missing_half_written_or_starting_pid_file_is_not_ready(tmp_path: Path) -> None:
    pid_file = PidFile(tmp_path)
    assert pid_file.pid() is None
    (tmp_path / "postmaster.pid").write_text("")
    assert pid_file.pid() is None
    (tmp_path / "postmaster.pid").write_text("x\n")
    assert pid_file.pid() is None
    (tmp_path / "postmaster.pid").write_text("4711\n/data\n1\n5432\n\n127.0.0.1\n0 0\nstarting\n")
    assert not pid_file.ready(4711)


def test_a_stale_pid_that_now_belongs_to_somebody_else_is_left_alone(tmp_path: Path) -> None:
    innocent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        (tmp_path / "postmaster.pid").write_text(f"{innocent.pid}\n")
        assert not is_postgres_of(innocent.pid, tmp_path)
        assert not stop_stray(tmp_path)
        assert innocent.poll() is None
    finally:
        innocent.communicate(b"\n")
    assert not is_postgres_of(2**22 + 1, tmp_path)


def test_no_pid_file_means_nothing_to_stop(tmp_path: Path) -> None:
    assert not stop_stray(tmp_path)


def test_a_program_runs_without_another_account_too() -> None:
    assert run_program([sys.executable, "-c", "import os; print(os.getcwd())"], None).stdout.strip() == os.sep
