"""What a process has used so far: CPU seconds and resident memory, read from /proc."""

import contextlib
import os
import time
from pathlib import Path


def cpu_seconds(pid: int, *, children: bool = False) -> float:
    """Return the CPU a process has used; of PostgreSQL, all its processes, also those that are gone."""
    ticks = 0
    for one in [pid, *(children_of(pid) if children else ())]:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
            if children and one == pid:
                ticks += int(fields[13]) + int(fields[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """Return the processes whose parent is `pid`."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Spent:
    """CPU used since it was made: by the server, by its PostgreSQL, by the load itself."""

    def __init__(self, server: int, postgres: int) -> None:
        self._pids = server, postgres
        self._before = self._now()

    def _now(self) -> tuple[float, float, float]:
        server, postgres = self._pids
        return cpu_seconds(server), cpu_seconds(postgres, children=True), time.process_time()

    def read(self) -> tuple[float, float, float]:
        """Return seconds: server, PostgreSQL, load."""
        server, postgres, load = (now - before for now, before in zip(self._now(), self._before, strict=True))
        return server, postgres, load


def rss_mb(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
