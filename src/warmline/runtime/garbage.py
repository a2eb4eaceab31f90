"""The garbage collector, told that tens of thousands of remembered contacts are not garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 50_000  # allocations between looks at the newest objects
MIDDLE, OLD = 20, 50  # … and how many such looks between looks at older ones


def calm_collector() -> None:
    """Call once when everything is built: what exists now is never looked at again, the rest more rarely.

    With the default thresholds the collector walks through every contact in memory again and again; at full
    load that is a tenth of the time spent on a command. Reference counting frees almost everything anyway.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the collector away while much is built that will stay: it would walk through all of it many times."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
