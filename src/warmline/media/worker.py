"""A media worker: an engine, its control socket, and what signals do to it."""

import contextlib
import gc
import os
import secrets
import signal
import sys

from warmline.media.commands import Commands
from warmline.media.control import ALONE_AT_MOST_S, Control
from warmline.media.engine import SILENT_AFTER_S, Engine, raise_descriptor_limit


def run_worker(
    socket_path: str,
    low: int,
    high: int,
    address: str,
    *,
    public_address: str | None = None,
    silent_after_s: float = SILENT_AFTER_S,
    alone_at_most_s: float = ALONE_AT_MOST_S,
) -> None:
    """Run until drained after SIGTERM (at once at the second), or left alone; SIGINT ends it if nobody leads it.

    `address` is bound; `public_address`, if another, stands in our descriptions.
    """
    ending = _Ending()
    # Before anything else: libraries have threads that a signal reaches even while it is blocked in ours.
    signal.signal(signal.SIGTERM, ending.drain)
    signal.signal(signal.SIGINT, ending.interrupt)
    raise_descriptor_limit()
    go_first()
    engine = Engine(address, low, high, silent_after_s, begin=secrets.randbelow(max(1, (high - low) // 2)))
    commands = Commands(engine, public_address or address)
    control = Control(engine, commands, socket_path, alone_at_most_s)
    engine.after_tick.append(lambda _: ending.carry_out(engine, commands, control))
    sys.setswitchinterval(0.001)  # the threads that encode and write wait for audio, not audio for them
    gc.collect()
    gc.freeze()  # what lives as long as the worker is never looked through again
    try:
        engine.run()
    finally:
        engine.close()
        control.close()


def go_first() -> bool:
    """Have this process and its threads run before ordinary ones; return whether the system lets us.

    A packet is worth nothing 50 ms late, and needs little. Linux keeps a twentieth of every second for the others.
    """
    with contextlib.suppress(OSError, AttributeError):  # not permitted (CAP_SYS_NICE, RLIMIT_RTPRIO), or not Linux
        for thread in os.listdir("/proc/self/task"):  # those libraries have begun already, too
            os.sched_setscheduler(int(thread), os.SCHED_RR, os.sched_param(1))
        return True
    return False


class _Ending:
    """What signals asked for, carried out at the next tick: they may come before there is an engine."""

    def __init__(self) -> None:
        self._drain = self._interrupted = self._end = False

    def drain(self, *_: object) -> None:
        self._end = self._drain
        self._drain = True

    def interrupt(self, *_: object) -> None:
        self._interrupted = True

    def carry_out(self, engine: Engine, commands: Commands, control: Control) -> None:
        # Ctrl-C reaches the voice process as well: its calls may end first, and it says when ours shall.
        self._end = self._end or (self._interrupted and not control.led)
        self._interrupted = False
        commands.draining = commands.draining or self._drain
        if self._end:
            engine.running = False
