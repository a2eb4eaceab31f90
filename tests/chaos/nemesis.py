"""Strikes at random moments and watches how long the product needs to serve again."""

import asyncio
import os
import signal
import time
from random import Random
from typing import Literal

from chaos.oplog import Entry, OpLog
from chaos.product import Product

Fault = Literal["web", "worker", "workers", "postgres", "backend", "pause", "postgres, web"]
# What hurts most is struck most: roles restart in a second, a database takes everything with it.
ODDS: dict[Fault, int] = {
    "web": 5, "worker": 3, "workers": 1, "postgres": 3, "backend": 2, "pause": 2, "postgres, web": 3,
}  # fmt: skip
RECOVERY_S = 60.0  # given up after this
PAUSE_S = 8.0  # longer than the routing lease: another worker leads when the stopped one wakes
LEDGER_AFTER_S = 30.0


class Nemesis:
    """All that happens is decided by `random`; what happened is in the log."""

    def __init__(self, product: Product, log: OpLog, random: Random) -> None:
        self._product = product
        self._log = log
        self._random = random
        self.kills = 0

    def plan(self, count: int) -> list[Fault]:
        """Return faults at random, but each kind once before any comes twice as often as its odds."""
        kinds = list(ODDS)
        some = self._random.choices(kinds, weights=[ODDS[kind] for kind in kinds], k=max(0, count - len(kinds)))
        faults: list[Fault] = [*kinds, *some]
        self._random.shuffle(faults)
        return faults[:count]

    async def strike(self, fault: Fault) -> None:
        """Do it, and wait until the product serves again."""
        began = len(self._log.entries)
        struck = self._log.write("nemesis", "fault", kind=fault, seconds=time.time())
        webs, workers = self._product.webs, self._product.workers
        match fault:
            case "web":
                self._kill_role(self._random.choice(webs))
            case "worker":
                self._kill_role(self._random.choice(workers))
            case "workers":
                for name in workers:
                    self._kill_role(name)
            case "postgres":
                self._kill(self._product.postgres.pid)
            case "backend":
                backends = await asyncio.to_thread(self._product.backend_pids)
                self._kill(self._random.choice(backends) if backends else None)
            case "pause":
                await self._pause(self._random.choice(workers))
            case "postgres, web":
                self._kill(self._product.postgres.pid)
                await asyncio.sleep(self._random.uniform(0.02, 0.4))
                for name in webs:
                    self._kill_role(name)
        seconds = await self._recovered(struck, began)
        self._log.write("nemesis", "recovered", kind=fault, seconds=seconds)

    def _kill_role(self, name: str) -> None:
        self._kill(self._product.roles.pid(name))

    def _kill(self, pid: int | None) -> None:
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.kills += 1

    async def _pause(self, name: str) -> None:
        pid = self._product.roles.pid(name)
        if pid is not None:
            os.kill(pid, signal.SIGSTOP)
            try:
                await asyncio.sleep(PAUSE_S)
            finally:
                os.kill(pid, signal.SIGCONT)

    async def _recovered(self, struck: Entry, began: int) -> float:
        """Wait until everything struck is back; return when people were served again (RECOVERY_S: not at all)."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + RECOVERY_S
        routing = struck.kind in ("worker", "workers", "pause")
        ready, served = routing, None
        while loop.time() < deadline and not (ready and served is not None):
            await asyncio.sleep(0.05)
            served = served or self._served(routing, struck, self._log.entries[began:])
            if not ready:
                ready = all([await self._product.ready(number) for number in range(len(self._product.ports))])
        return RECOVERY_S if served is None else served.at - struck.at

    @staticmethod
    def _served(routing: bool, struck: Entry, since: list[Entry]) -> Entry | None:
        """Return the sign of life: an offer made since if routing was struck, else an ack of what was sent."""
        if routing:
            offers = (one for one in since if one.what == "saw" and one.kind == "contact_offered")
            return next((one for one in offers if one.seconds > struck.seconds), None)
        asked = {one.cid for one in since if one.what in ("say", "order")}
        return next((one for one in since if one.what == "ack" and one.cid in asked), None)
