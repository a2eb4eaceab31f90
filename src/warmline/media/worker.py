"""A media worker: an engine, its control socket, and what signals do to it."""

import gc
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
    """Run until SIGINT, until drained after SIGTERM (at once at the second), or left alone.

    `address` is bound; `public_address`, if another, stands in our descriptions.
    """
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # none is lost, and none ends us while threads begin
    raise_descriptor_limit()
    engine = Engine(address, low, high, silent_after_s)
    commands = Commands(engine, public_address or address)
    control = Control(engine, commands, socket_path, alone_at_most_s)

    def drain(*_: object) -> None:
        if commands.draining:
            engine.running = False
        commands.draining = True

    def end(*_: object) -> None:
        engine.running = False

    signal.signal(signal.SIGTERM, drain)
    signal.signal(signal.SIGINT, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)
    sys.setswitchinterval(0.001)  # the threads that encode and write wait for audio, not audio for them
    gc.collect()
    gc.freeze()  # what lives as long as the worker is never looked through again
    try:
        engine.run()
    finally:
        engine.close()
        control.close()
