"""A worker's process: SIGTERM drains it, a second one ends it; Ctrl-C does if nobody leads it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from media.peer import Peer
from warmline.media import messages as m
from warmline.media.worker_link import WorkerLink
from warmline.ports.media import LegWish, MediaEvent, Report

CODE = "from warmline.media.worker import run_worker; run_worker({path!r}, 22800, 22819, '127.0.0.1')"


def _start(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", CODE.format(path=str(path))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    give_up = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < give_up
        assert process.poll() is None
    return process


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait until it has ended, without a complaint; return its code."""
    assert process.communicate(timeout=10) == (b"", b"")
    return process.returncode


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_without_calls_ends_at_once_and_leaves_nothing(tmp_path: Path, number: signal.Signals):
    process = _start(tmp_path / "w")
    process.send_signal(number)
    assert _ended(process) == 0
    assert not (tmp_path / "w").exists()


def test_a_signal_that_comes_while_a_worker_starts_is_not_lost(tmp_path: Path):
    process = _start(tmp_path / "w")
    for _ in range(2):
        process.send_signal(signal.SIGTERM)
    assert _ended(process) == 0


async def _led(path: Path) -> tuple[subprocess.Popen[bytes], WorkerLink, list[MediaEvent]]:
    """A worker whose controller has one call in it, and what it tells of the call."""
    process, told = await asyncio.to_thread(_start, path), list[MediaEvent]()
    link = await WorkerLink.connect(path, lambda _, event: told.append(event))
    with Peer() as telephone:
        await link.ask(m.Open(id=0, call="call", leg="leg", wish=LegWish(), offer=telephone.sdp()))
    return process, link, told


async def test_the_second_sigterm_ends_a_worker_with_a_call_which_tells_how_it_went(tmp_path: Path):
    process, link, told = await _led(tmp_path / "w")
    process.send_signal(signal.SIGTERM)
    while not json.loads(await link.ask(m.Hello(id=0)))["draining"]:
        assert process.poll() is None, "the first one leaves its call alone"
    process.send_signal(signal.SIGTERM)
    await link.closed()
    assert await asyncio.to_thread(_ended, process) == 0
    assert [event.report.leg for event in told if isinstance(event, Report)] == ["leg"]
    assert not (tmp_path / "w").exists()


async def test_ctrl_c_in_the_terminal_leaves_the_calls_to_whoever_leads_the_worker(tmp_path: Path):
    process, link, _ = await _led(tmp_path / "w")
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        ticks = json.loads(await link.ask(m.Hello(id=0)))["ticks"]
        while json.loads(await link.ask(m.Hello(id=0)))["ticks"] < ticks + 2:
            assert process.poll() is None
    await link.ask(m.Close(id=0, leg="leg"))
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(_ended, process) == 0
    link.give_up()


def test_audio_goes_before_other_programs_where_the_system_lets_it(tmp_path: Path):
    asked = [sys.executable, "-c", "from warmline.media.worker import go_first; print(go_first())"]
    lets = subprocess.run(asked, capture_output=True, check=True, text=True).stdout.strip() == "True"
    process = _start(tmp_path / "w")
    threads = [int(path.name) for path in Path(f"/proc/{process.pid}/task").iterdir()]
    assert len(threads) >= 3  # those that encode and write, too: they may hold what the audio waits for
    assert {os.sched_getscheduler(thread) for thread in threads} == {os.SCHED_RR if lets else os.SCHED_OTHER}
    process.send_signal(signal.SIGTERM)
    assert _ended(process) == 0
