"""What every process of the demo does alike: say one line per event, stop when told."""

import asyncio
import signal
from collections.abc import Coroutine


def say(line: str) -> None:
    """Write one line for the log."""
    print(line, flush=True)


def run_until_told(work: Coroutine[object, object, None], first_line: str) -> None:
    """Say `first_line` and run `work` until it ends, or until SIGTERM or SIGINT asks to stop."""
    asyncio.run(_until_told(work, first_line))


async def _until_told(work: Coroutine[object, object, None], first_line: str) -> None:
    loop = asyncio.get_running_loop()
    task = loop.create_task(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    say(first_line)  # only now: whoever reads it may stop us at once
    try:
        await task
    except asyncio.CancelledError:
        return
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
