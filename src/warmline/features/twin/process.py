"""Runs the simulating process: tells its progress, passes on the wish to stop, and bounds its time."""

import asyncio
import sys
from collections.abc import Callable

import msgspec

from warmline.features.twin.child import Line
from warmline.features.twin.refusals import FAILED
from warmline.features.twin.request import Work
from warmline.kernel.errors import Refused

LINE_AT_MOST = 64 * 1024 * 1024
TIME_AT_MOST_S = 600.0
GRACE_S = 10.0  # to tell what is known after being asked to stop; then the process is ended


async def simulate_apart(
    work: Work, tell: Callable[[Line], None], stop: asyncio.Event, *, time_at_most_s: float = TIME_AT_MOST_S
) -> Line:
    """Return the last line: the report, whole or as far as it came. Raises Refused.

    Setting `stop`, or the end of the time, asks the process to stop; a cancelled call ends it at once.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "warmline.runtime.compiled", "warmline.features.twin.child",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_AT_MOST,
    )  # fmt: skip
    last: Line | None = None
    asked = False

    async def write() -> None:
        assert process.stdin is not None  # noqa: S101 -- asked for above
        process.stdin.write(msgspec.json.encode(work))
        await process.stdin.drain()
        process.stdin.close()

    async def read() -> None:
        nonlocal last
        assert process.stdout is not None  # noqa: S101
        while data := await process.stdout.readline():
            line = msgspec.json.decode(data, type=Line)
            if line.over:
                last = line
            else:
                tell(line)

    async def talk() -> None:
        try:
            await asyncio.gather(write(), read())
        except ConnectionError:  # it ended before it had read everything
            return

    async with asyncio.TaskGroup() as group:
        talking = group.create_task(talk())
        wish = group.create_task(stop.wait())
        try:
            await asyncio.wait({talking, wish}, timeout=time_at_most_s, return_when=asyncio.FIRST_COMPLETED)
            if not talking.done():
                asked = True
                if process.returncode is None:
                    process.terminate()
                await asyncio.wait({talking}, timeout=GRACE_S)
        finally:
            if process.returncode is None and not talking.done():
                process.kill()
            await process.wait()
            for task in (talking, wish):
                task.cancel()
    if last is None and asked:  # before it could listen
        return Line(stopped=True, over=True)
    if last is None:
        raise Refused(FAILED)
    if last.refused is not None:
        raise Refused(last.refused, **last.details)
    return last
