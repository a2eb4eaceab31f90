"""Work apart is heard line by line, stopped when somebody wishes it, and never outlives its time."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
import uvloop

from warmline.runtime.apart import follow, run_apart

Module = Callable[[str], tuple[str, ...]]

ECHO = """
import sys
for line in sys.stdin:
    print("heard", line.strip(), flush=True)
print("done", file=sys.stderr)
"""
PATIENT = """
import signal, sys, time
def end(*_):
    print("what is known", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("begun", flush=True)
while True:
    time.sleep(0.05)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("begun", flush=True)
time.sleep(60)
"""
TORN = 'import sys, time\nsys.stdout.write("half a line"); sys.stdout.flush(); time.sleep(60)\n'


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def written(text: str) -> tuple[str, ...]:
        (tmp_path / "apart_work.py").write_text(text)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return ("apart_work",)

    return written


async def test_input_goes_in_and_lines_come_out(module):
    heard, errors = list[bytes](), list[bytes]()
    ended = await run_apart(
        module(ECHO), b"one\ntwo\n", heard.append, asyncio.Event(), time_at_most_s=20, hear_errors=errors.append
    )
    assert (ended, heard, errors) == (False, [b"heard one\n", b"heard two\n"], [b"done\n"])


async def test_asked_to_stop_it_may_tell_what_it_knows(module):
    heard, stop = list[bytes](), asyncio.Event()

    def hear(line: bytes) -> None:
        heard.append(line)
        stop.set()

    assert await run_apart(module(PATIENT), b"", hear, stop, time_at_most_s=20, grace_s=10)
    assert heard == [b"begun\n", b"what is known\n"]


async def test_who_does_not_listen_is_ended_after_the_grace(module):
    stop = asyncio.Event()
    async with asyncio.timeout(20):
        assert await run_apart(module(DEAF), b"", lambda _: stop.set(), stop, time_at_most_s=20, grace_s=0.2)


async def test_the_end_of_its_time_ends_it_and_half_a_line_is_no_line(module):
    heard: list[bytes] = []
    async with asyncio.timeout(20):
        assert await run_apart(module(TORN), b"", heard.append, asyncio.Event(), time_at_most_s=1.0)
    assert heard == []


async def test_work_is_followed_until_it_ends_and_stopped_when_nobody_wants_it():
    stop, told = asyncio.Event(), list[bool]()

    async def tell() -> bool:
        told.append(stop.is_set())
        return len(told) < 3

    await follow(stop_wait(stop), tell, stop, turn=asyncio.Semaphore(1), look_s=0.01)
    assert len(told) >= 3


async def test_what_waits_for_its_turn_never_begins_when_it_is_stopped():
    turn, stop, begun = asyncio.Semaphore(0), asyncio.Event(), list[str]()

    async def work() -> None:
        begun.append("work")

    async def tell() -> bool:
        return False

    async with asyncio.timeout(10):
        await follow(work, tell, stop, turn=turn, look_s=0.01)
    assert begun == []


def stop_wait(stop: asyncio.Event):
    async def work() -> None:
        await stop.wait()

    return work


@pytest.mark.parametrize("own_group", [False, True])
def test_it_runs_on_the_servers_event_loop_as_well(module: Module, own_group: bool):
    heard: list[bytes] = []

    async def main() -> bool:
        return await run_apart(
            module(ECHO), b"one\n", heard.append, asyncio.Event(), time_at_most_s=60, own_group=own_group
        )

    assert uvloop.run(main()) is False
    assert heard == [b"heard one\n"]
