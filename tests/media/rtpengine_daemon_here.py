"""A real rtpengine for the tests: userspace, on loopback, with ports of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.free_ports import free_port

from warmline.kernel.errors import Refused
from warmline.kernel.tasks import TaskRegistry
from warmline.media.rtpengine import RtpengineMedia
from warmline.media.rtpengine_daemon import RtpengineSettings

READY_S = 10.0
RTP_FROM, RTP_TO = 30_000, 30_399


def missing(what: str) -> None:
    """A machine without the daemon: a failure where everything must be there, else a skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@asynccontextmanager
async def daemon(folder: Path) -> AsyncIterator[tuple[int, int, asyncio.subprocess.Process]]:
    """The daemon alone, with captures in `folder`: its ports for questions and for keys; it answers soon."""
    program = shutil.which("rtpengine")
    if program is None:
        missing("rtpengine is not installed (package rtpengine-daemon)")
        raise AssertionError
    ng, keys = free_port(), free_port()
    captures = folder / "captures"
    captures.mkdir()
    command = [
        program, "--foreground", "--log-stderr", "--log-level=4", "--table=-1", "--interface=127.0.0.1",
        f"--listen-ng=127.0.0.1:{ng}", f"--dtmf-log-dest=127.0.0.1:{keys}", f"--port-min={RTP_FROM}",
        f"--port-max={RTP_TO}", f"--recording-dir={captures}", "--recording-method=pcap", "--num-threads=2",
    ]  # fmt: skip
    with (folder / "rtpengine.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
    try:
        yield ng, keys, process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@asynccontextmanager
async def running(
    folder: Path, **settings: object
) -> AsyncIterator[tuple[RtpengineMedia, asyncio.subprocess.Process]]:
    """The daemon and our driver of it; `settings` are those of RtpengineSettings."""
    if settings.pop("record", False):
        settings["recordings"] = folder / "captures"
    async with daemon(folder) as (ng, keys, process), driver_of(ng, keys, process, folder, settings) as driver:
        yield driver, process


@asynccontextmanager
async def driver_of(
    ng: int, keys: int, process: asyncio.subprocess.Process, folder: Path, settings: dict[str, object]
) -> AsyncIterator[RtpengineMedia]:
    chosen = RtpengineSettings(("127.0.0.1", ng), ("127.0.0.1", keys), looked_at_every_s=0.1, **settings)  # pyright: ignore
    failures: list[str] = []
    tasks = TaskRegistry(lambda name, wrong: failures.append(f"{name}: {wrong!r}"))
    driver = RtpengineMedia(chosen, tasks)
    try:
        await _reach(driver, process, folder / "rtpengine.log")
        yield driver
    finally:
        await driver.shut_down()
        await tasks.close()
    assert failures == []


async def _reach(driver: RtpengineMedia, process: asyncio.subprocess.Process, log: Path) -> None:
    async with asyncio.timeout(READY_S):
        while True:
            try:
                return await driver.start()
            except Refused:
                told = await asyncio.to_thread(log.read_text)
                assert process.returncode is None, f"rtpengine ended with {process.returncode}: {told}"
