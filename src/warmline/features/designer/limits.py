"""Arithmetic off the loop with an end to it: each company in its turn, none longer than it is told beforehand."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from warmline.kernel.errors import Refused, declare
from warmline.runtime.turns import LineFull, Turns

WAIT_AT_MOST_S = 60.0

NO_TURN = declare(
    "designer.no_turn",
    429,
    "Too much is being tried out at once, so this did not begin.",
    "Wait until what your company has under way is through, and try again.",
)
TOO_LONG = declare(
    "designer.too_long",
    409,
    "This takes longer than {seconds} seconds and was given up.",
    "Nothing was changed. Try again when the machine is less busy, or with a smaller journey.",
)
Result = TypeVar("Result")


class OutOfTime(Exception):
    """Raised in the work itself when nobody waits for it any more."""


class Progress:
    """How far some work is, and how much time it has.

    It calls `step` before each of its parts, or `heed` all along where it has none that could be counted.
    """

    def __init__(self, at_most_s: float) -> None:
        self._until_s = time.monotonic() + at_most_s
        self.done = 0
        self.stopped = False

    def heed(self) -> None:
        """Go on only as long as the result is wanted. Raises OutOfTime when it is not any more."""
        if self.stopped or time.monotonic() >= self._until_s:
            raise OutOfTime

    def step(self) -> None:
        """Note that one more part begins. Raises OutOfTime when its result is no longer wanted."""
        self.heed()
        self.done += 1


async def limited(
    turns: Turns,
    tenant_id: str,
    work: Callable[[Progress], Result],
    at_most_s: float,
    *,
    total: int = 0,
    too_long: str = TOO_LONG,
    wait_at_most_s: float = WAIT_AT_MOST_S,
) -> Result:
    """Return what `work` returns, in a thread. What is given up keeps its turn until its thread has ended.

    Raises Refused: `designer.no_turn`; `too_long` with `seconds`, and how many of its `total` parts were `done`.
    """
    try:
        async with asyncio.timeout(wait_at_most_s):
            await turns.take(tenant_id)
    except (TimeoutError, LineFull):
        raise Refused(NO_TURN) from None
    progress = Progress(at_most_s)
    running = asyncio.get_running_loop().run_in_executor(None, work, progress)
    running.add_done_callback(lambda ended: _over(turns, ended))
    try:
        await asyncio.wait({running}, timeout=at_most_s)
        if running.done():
            return running.result()
    except OutOfTime:
        pass
    finally:
        progress.stopped = True
    raise Refused(too_long, seconds=f"{at_most_s:g}", done=progress.done, total=total)


def _over(turns: Turns, ended: asyncio.Future[Result]) -> None:
    turns.give_back()
    if not ended.cancelled():
        ended.exception()  # seen: it is raised to whoever still waits
