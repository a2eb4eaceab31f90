"""Runs the simulating process: tells its progress, passes on the wish to stop, and bounds its time."""

import asyncio
from collections.abc import Callable

import msgspec

from warmline.features.twin.child import Line
from warmline.features.twin.refusals import FAILED
from warmline.features.twin.request import Work
from warmline.kernel.errors import Refused
from warmline.runtime.apart import run_apart

CHILD = ("warmline.runtime.compiled", "warmline.features.twin.child")
TIME_AT_MOST_S = 600.0
GRACE_S = 10.0  # to tell what is known after being asked to stop; then the process is ended


async def simulate_apart(
    work: Work,
    tell: Callable[[Line], None],
    stop: asyncio.Event,
    *,
    time_at_most_s: float = TIME_AT_MOST_S,
    own_group: bool = False,
) -> Line:
    """Return the last line: the report, whole or as far as it came. Raises Refused.

    Setting `stop`, or the end of the time, asks the process to stop; a cancelled call ends it at once. In an
    `own_group` it does not hear the terminal's Ctrl-C.
    """
    last: Line | None = None

    def hear(data: bytes) -> None:
        nonlocal last
        line = msgspec.json.decode(data, type=Line)
        if line.over:
            last = line
        else:
            tell(line)

    given = msgspec.json.encode(work)
    asked = await run_apart(
        CHILD, given, hear, stop, time_at_most_s=time_at_most_s, grace_s=GRACE_S, own_group=own_group
    )
    if last is None and asked:  # before it could listen
        return Line(stopped=True, over=True)
    if last is None:
        raise Refused(FAILED)
    if last.refused is not None:
        raise Refused(last.refused, **last.details)
    return last
