"""Bounds the memory of a process that works on somebody's question, so that no question takes the machine's."""

import resource
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1024 * 1024


def limit_memory(more_bytes: int) -> None:
    """Let this process take so much memory besides what it has; beyond it Python raises MemoryError.

    Where the system cannot say what it has, or has no such limit, nothing is bounded.
    """
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + more_bytes
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
