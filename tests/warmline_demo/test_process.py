"""A process of the demo stops when told, and when its work is done."""

import asyncio
import os
import signal

import pytest

from warmline_demo.process import run_until_told, say


def test_work_that_ends_ends_the_process_and_a_signal_ends_it_sooner():
    seen: list[str] = []

    async def short() -> None:
        seen.append("done")

    async def forever() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.Event().wait()
        finally:
            seen.append("stopped")

    run_until_told(short(), "work: short")
    run_until_told(forever(), "work: for ever")
    assert seen == ["done", "stopped"]


def test_whoever_reads_the_first_line_may_stop_the_process_at_once(monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []

    async def forever() -> None:
        await asyncio.Event().wait()

    def stopped_while_saying(line: str) -> None:
        seen.append(line)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("warmline_demo.process.say", stopped_while_saying)
    run_until_told(forever(), "work: for ever")
    assert seen == ["work: for ever"]


def test_every_event_is_one_line(capsys: pytest.CaptureFixture[str]):
    say("customers: someone comes")
    assert capsys.readouterr().out == "customers: someone comes\n"
