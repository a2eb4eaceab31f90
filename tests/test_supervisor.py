"""Roles are kept running, and stop together."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.free_ports import free_port

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


HANGS = """
import http.server, os, sys, time
class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/hang":
            while True: pass
        self.send_response(200); self.end_headers()
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Web)
open(sys.argv[2], "a").write(f"{os.getpid()}\\n")
server.serve_forever()
"""


async def _ask(port: int, path: str, wait_s: float = 0.5) -> bool:
    try:
        async with asyncio.timeout(wait_s):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


async def test_a_web_process_that_hangs_is_noticed_ended_and_started_again(tmp_path: Path):
    port = free_port()
    said: list[str] = []
    marks = tmp_path / "pids"

    seen_alive = asyncio.Event()

    async def lives() -> bool:
        if alive := await _ask(port, "/livez", 5):
            seen_alive.set()
        return alive

    web = Role("web", [sys.executable, "-c", HANGS, str(port), str(marks)], answers=lives)
    supervisor = Supervisor(tmp_path / "logs", said.append, look_every_s=0.4)
    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.run([web]))
        await _lines(marks, 1)
        async with asyncio.timeout(30):
            await seen_alive.wait()
            await _ask(port, "/hang")  # from here on the one process turns in circles
            seen_alive.clear()
            pids = await _lines(marks, 2)
            await seen_alive.wait()
        await supervisor.stop()
    assert pids[0] != pids[1]
    assert supervisor.restarts == {"web": 1}
    assert said[0].startswith("web runs but has not answered for 1 s")
    assert said[1].startswith("web ended with -9")


async def test_a_role_that_is_still_starting_is_left_in_peace(tmp_path: Path):
    looks: list[int] = []
    enough = asyncio.Event()

    async def silent() -> bool:
        looks.append(1)
        if len(looks) == 6:
            enough.set()
        raise ConnectionRefusedError

    marks = tmp_path / "pids"
    supervisor = Supervisor(tmp_path, lambda text: None, look_every_s=0.05, start_grace_s=30)
    async with asyncio.TaskGroup() as group:
        group.create_task(supervisor.run([Role("web", _writes_its_pid(marks), answers=silent)]))
        await enough.wait()
        await supervisor.stop()
    assert supervisor.restarts == {}
