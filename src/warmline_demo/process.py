"""What every process of the demo does alike: say one line per event, stop when told."""

import asyncio
import signal
from collections.abc import Coroutine


def say(line: str) -> None:
    """Write one line for the log."""
    print(line, flush=True)


def run_until_told(work: Coroutine[object, object, None]) -> None:
    """Run `work` until it ends, or until SIGTERM or SIGINT asks to stop."""
    asyncio.run(_until_told(work))


async def _until_told(work: Coroutine[object, object, None]) -> None:
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
