"""The process that simulates: a question with its day on standard input, progress and the report on output.

It yields to everything else on the machine, and is asked to stop by a signal: then it tells what it knows so far.
"""

import os
import signal
import sys
import time
from typing import BinaryIO

import msgspec
from msgspec import Struct

from warmline.features.twin.refusals import TOO_BIG
from warmline.features.twin.request import Report, Work, carry_out
from warmline.kernel.errors import Refused
from warmline.runtime.memory import MEGABYTE, limit_memory

TELL_EVERY_S = 0.2
NICENESS = 10
MEMORY_AT_MOST_MB = 2_000  # besides what it has when it begins


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of output: how far it is, or the report, or why there is none. `stopped`: it was asked to stop."""

    share: float | None = None
    at: str | None = None  # the half hour that is played, in local time
    report: Report | None = None
    refused: str | None = None
    details: dict[str, str | int | float | None] = {}
    stopped: bool = False
    over: bool = False


def main(memory_at_most_mb: int = MEMORY_AT_MOST_MB) -> None:
    """Answer the question on standard input; refuse one that takes more memory than a question may."""
    os.nice(NICENESS)
    stop = Wish()
    signal.signal(signal.SIGTERM, stop.make)
    limit_memory(memory_at_most_mb * MEGABYTE)
    try:
        answer(msgspec.json.decode(sys.stdin.buffer.read(), type=Work), sys.stdout.buffer, stop)
    except MemoryError:
        line = Line(refused=TOO_BIG, details={"most_mb": memory_at_most_mb}, over=True)
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        sys.stdout.buffer.flush()


class Wish:
    """Somebody wants the run to stop."""

    def __init__(self) -> None:
        self.made = False

    def make(self, _number: int = 0, _frame: object = None) -> None:
        """Wish it."""
        self.made = True


def answer(work: Work, output: BinaryIO, stop: Wish) -> None:
    """Write lines of progress and at last one that is over."""
    told_at = -TELL_EVERY_S

    def write(line: Line) -> None:
        output.write(msgspec.json.encode(line, order="deterministic") + b"\n")
        output.flush()

    def watch(share: float, at_s: float) -> bool:
        nonlocal told_at
        now = time.monotonic()
        if now - told_at >= TELL_EVERY_S:
            told_at = now
            write(Line(share=round(share, 4), at=work.day.local_time(at_s - at_s % 1_800)))
        return not stop.made

    try:
        report = carry_out(work, watch)
    except Refused as refused:
        write(Line(refused=refused.code, details=dict(refused.details), over=True))
    else:
        write(Line(report=report, stopped=stop.made, over=True))


if __name__ == "__main__":
    main()
