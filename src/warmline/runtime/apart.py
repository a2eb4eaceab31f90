"""Work in a process of its own: input on its standard input, lines of output as they come, an end when it is told.

For work that keeps a processor busy for long and that somebody follows and may stop.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

LINE_AT_MOST = 64 * 1024 * 1024  # an answer in one line

Heard = Callable[[bytes], None]


async def run_apart(
    module: tuple[str, ...],
    given: bytes,
    hear: Heard,
    stop: asyncio.Event,
    *,
    time_at_most_s: float,
    grace_s: float = 0.0,
    hear_errors: Heard | None = None,
    own_group: bool = False,
) -> bool:
    """Run `python -m module` until it ends; return whether it had to be ended: by `stop`, or out of time.

    It has `grace_s` to tell what it knows after being asked to end; a cancelled call ends it at once. In an
    `own_group` it does not hear the terminal's Ctrl-C: that is for whoever waits for it.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL if hear_errors is None else asyncio.subprocess.PIPE,
        limit=LINE_AT_MOST,
        start_new_session=own_group,  # the event loop of the server knows no other way
    )  # fmt: skip

    async def write() -> None:
        assert process.stdin is not None  # noqa: S101 -- asked for above
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()

    async def talk() -> None:
        try:
            await asyncio.gather(write(), _each(process.stdout, hear), _each(process.stderr, hear_errors))
        except ConnectionError:  # it ended before it had read everything
            return

    ended = False
    async with asyncio.TaskGroup() as group:
        talking = group.create_task(talk())
        wish = group.create_task(stop.wait())
        try:
            await asyncio.wait({talking, wish}, timeout=time_at_most_s, return_when=asyncio.FIRST_COMPLETED)
            if not talking.done():
                ended = True
                if process.returncode is None:
                    process.terminate()
                await asyncio.wait({talking}, timeout=grace_s)
        finally:
            if process.returncode is None and not talking.done():
                process.kill()
            await process.wait()
            for task in (talking, wish):
                task.cancel()
    return ended


async def _each(lines: asyncio.StreamReader | None, hear: Heard | None) -> None:
    if lines is not None and hear is not None:
        while data := await lines.readline():
            if data.endswith(b"\n"):  # else it was ended in the middle of a line
                hear(data)


async def follow(
    work: Callable[[], Awaitable[None]],
    tell: Callable[[], Awaitable[bool]],
    stop: asyncio.Event,
    *,
    turn: asyncio.Semaphore,
    look_s: float,
) -> None:
    """Do the work when its `turn` comes, and `tell` every `look_s` how far it is; that says whether to go on.

    If not, `stop` is set and the work has the time it needs to end; what has not begun never does.
    """
    begun = False

    async def working() -> None:
        nonlocal begun
        async with turn:
            begun = True
            await work()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(working())
        while not task.done():
            await asyncio.wait({task}, timeout=look_s)
            if not await tell():
                stop.set()
                if not begun:
                    task.cancel()
