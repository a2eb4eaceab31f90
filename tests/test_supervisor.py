"""Roles are kept running, and stop together."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from warmline.supervisor import Role, Supervisor


def _writes_its_pid(path: Path) -> list[str]:
    return [
        sys.executable,
        "-c",
        f"import os,time; open({str(path)!r},'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)",
    ]


async def _lines(path: Path, count: int) -> list[str]:
    async with asyncio.timeout(10):
        while not path.exists() or len(path.read_text().splitlines()) < count:
            await asyncio.sleep(0.02)
    return path.read_text().splitlines()


async def test_a_killed_role_is_started_again_and_the_reason_is_reported(tmp_path: Path):
    said: list[str] = []
    supervisor = Supervisor(tmp_path / "logs", said.append)
    marks = tmp_path / "pids"
    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.run([Role("worker", _writes_its_pid(marks))]))
        first = (await _lines(marks, 1))[0]
        os.kill(int(first), signal.SIGKILL)
        pids = await _lines(marks, 2)
        await supervisor.stop()
    assert pids[0] != pids[1]
    assert supervisor.restarts == {"worker": 1}
    assert "worker ended with -9" in said[0]


async def test_stopping_ends_every_role_and_restarts_none(tmp_path: Path):
    supervisor = Supervisor(tmp_path / "logs", lambda text: None)
    marks = tmp_path / "pids"
    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.run([Role("a", _writes_its_pid(marks)), Role("b", _writes_its_pid(marks))]))
        await _lines(marks, 2)
        await supervisor.stop()
    assert supervisor.pid("a") is None
    assert supervisor.pid("b") is None
    assert len(marks.read_text().splitlines()) == 2


async def test_what_a_role_prints_is_in_its_log(tmp_path: Path):
    supervisor = Supervisor(tmp_path, lambda text: None)
    marks = tmp_path / "done"
    code = (
        f"print('ready to help', flush=True); open({str(marks)!r},'w').write('x\\n'); import time; time.sleep(60)"
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.run([Role("web", [sys.executable, "-c", code])]))
        await _lines(marks, 1)
        await supervisor.stop()
    assert "ready to help" in (tmp_path / "web.log").read_text()
