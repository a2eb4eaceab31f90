"""One storm from beginning to end: start, talk, strike, calm down, judge."""

import asyncio
import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from chaos.agents import Agent, Temper, sign_in
from chaos.archive import Archive
from chaos.checker import Verdict, check
from chaos.customers import Customer
from chaos.nemesis import LEDGER_AFTER_S, Fault, Nemesis
from chaos.oplog import Entry, OpLog, read
from chaos.product import Product

TENANT, WIDGET_KEY, CAPACITY = "onda", "onda-demo", 3
PASSWORD = os.environ.get("WARMLINE_CHAOS_PASSWORD", "onda-demo-only")
AGENTS = ("agent", "colleague04", "colleague07", "colleague10", "colleague11")  # they serve every queue
SUPERVISOR = "supervisor@onda.example"
DRAIN_S = 45.0


@dataclass(frozen=True)
class Weather:
    """How a storm is to be. It lasts `seconds`, or until the nemesis has struck so often if that takes longer."""

    seed: int
    seconds: float
    strikes: int = 0
    customers: int = 20
    agents: int = 4
    pace_s: float = 0.8
    calm_s: tuple[float, float] = (3.0, 9.0)  # between a recovery and the next fault
    faults: tuple[Fault, ...] = ()  # these in turn, as long as there is time
    temper: Temper = field(default_factory=Temper)
    until_wrong: bool = False  # no need to be gentle: no drain, no waiting for the ledger


class Recovery(NamedTuple):
    """Seconds from a fault until people were served again, and until every process was back."""

    served_s: float
    back_s: float


def recovery_lines(recoveries: Mapping[str, list[Recovery]]) -> list[str]:
    """Return one line for each kind of fault."""
    lines: list[str] = []
    for kind, found in sorted(recoveries.items()):
        served, back = [one.served_s for one in found], [one.back_s for one in found]
        lines.append(
            f"{kind} ({len(found)}×): served again p50 {median(served):.1f} s, max {max(served):.1f} s; "
            f"all back p50 {median(back):.1f} s, max {max(back):.1f} s"
        )
    return lines


@dataclass
class Report:
    """What came of it."""

    verdict: Verdict
    kills: int
    recoveries: dict[str, list[Recovery]] = field(default_factory=dict)
    orphans: int = 0  # largest number 30 s after any fault
    alarms: int = 0  # contacts the ledger ever had to repair
    not_home: int = 0  # customers whose conversation could not be brought to an end
    resumed: int = 0  # holes in streams, noticed by clients and closed

    def lines(self) -> list[str]:
        """Return the figures for people."""
        out = [f"{self.kills} processes killed", *self.verdict.lines()]
        out += recovery_lines(self.recoveries)
        out.append(
            f"orphans after {LEDGER_AFTER_S:.0f} s: {self.orphans}, repairs: {self.alarms}, "
            f"not home: {self.not_home}, holes resumed: {self.resumed}"
        )
        return out

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not self.verdict.wrong and not self.orphans and not self.alarms and not self.not_home


async def storm(folder: Path, weather: Weather, *, mutant: str | None = None) -> Report:
    """Run one storm in `folder`, which must be empty or new."""
    product = Product(folder, mutant=mutant)
    path = folder / "oplog.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    log = OpLog(path)
    async with asyncio.TaskGroup() as group:
        try:
            await product.start(group)
            return await _storm(product, weather, log, path)
        finally:
            await product.stop()
            log.close()


async def _storm(product: Product, weather: Weather, log: OpLog, path: Path) -> Report:
    random = Random(weather.seed)
    since = datetime.now(UTC) - timedelta(seconds=1)
    cookies = {name: await _cookie(product, f"{name}@onda.example") for name in AGENTS[: weather.agents]}
    archive = Archive(
        [product.base_url(number) for number in range(len(product.ports))], await _cookie(product, SUPERVISOR)
    )
    nemesis = Nemesis(product, log, random)
    closing, working = asyncio.Event(), asyncio.Event()  # the doors close; the last agent goes home
    desk, widget = product.sockets("/ws/desk"), product.sockets("/ws/widget")
    not_home = 0
    async with asyncio.TaskGroup() as group:
        for name, cookie in cookies.items():
            agent = Agent(name, desk, cookie, log, Random(random.random()), weather.temper)
            group.create_task(agent.live(working))
        await asyncio.sleep(2.0)
        visits: list[asyncio.Task[None]] = []
        for number in range(weather.customers):
            customer = Customer(f"c{number:03d}", widget, WIDGET_KEY, log, Random(random.random()), weather.pace_s)
            visits.append(group.create_task(customer.live(closing)))
        ledgers = await _strike(nemesis, weather, archive, log, random)
        closing.set()
        _, late = await asyncio.wait(visits, timeout=5.0 if weather.until_wrong else DRAIN_S)
        not_home = len(late)
        for visit in late:
            visit.cancel()
        await asyncio.wait(visits)
        if not weather.until_wrong:
            await asyncio.gather(*ledgers)
        for task in ledgers:
            task.cancel()
        working.set()
    log.sync()
    try:
        stories = await archive.stories(since)
        orphans, alarms = await archive.ledger()
    finally:
        await archive.close()
    entries = read(path)
    verdict = check(entries, stories, capacity=CAPACITY)
    return _report(entries, verdict, nemesis.kills, max(orphans, _worst(entries)), alarms, not_home)


async def _cookie(product: Product, email: str) -> str:
    return await sign_in(product.base_url(), TENANT, email, PASSWORD)


async def _strike(
    nemesis: Nemesis, weather: Weather, archive: Archive, log: OpLog, random: Random
) -> list[asyncio.Task[None]]:
    """Let the nemesis work; return the looks at the ledger that are still to come."""
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + weather.seconds
    ledgers: list[asyncio.Task[None]] = []
    must = nemesis.plan(weather.strikes)
    may = list(weather.faults)
    while must or (may and loop.time() < ends_at):
        await asyncio.sleep(random.uniform(*weather.calm_s))
        await nemesis.strike(must.pop(0) if must else may.pop(0))
        ledgers.append(loop.create_task(_look(archive, log)))
    await asyncio.sleep(max(0.0, ends_at - loop.time()))
    return ledgers


async def _look(archive: Archive, log: OpLog) -> None:
    await asyncio.sleep(LEDGER_AFTER_S)
    orphans, alarms = await archive.ledger()
    log.write("nemesis", "ledger", count=orphans, seq=alarms)


def _worst(entries: list[Entry]) -> int:
    return max((entry.count for entry in entries if entry.what == "ledger"), default=0)


def _report(
    entries: list[Entry], verdict: Verdict, kills: int, orphans: int, alarms: int, not_home: int
) -> Report:
    report = Report(verdict, kills, orphans=orphans, alarms=alarms, not_home=not_home)
    struck_at = 0.0
    for entry in entries:
        if entry.what == "fault":
            struck_at = entry.at
        elif entry.what == "recovered":
            report.recoveries.setdefault(entry.kind, []).append(Recovery(entry.seconds, entry.at - struck_at))
        report.resumed += entry.what == "gap"
    return report


def run(folder: Path, weather: Weather, *, mutant: str | None = None) -> Report:
    """Run a storm in an event loop of its own."""
    with contextlib.suppress(ImportError):
        import uvloop

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(storm(folder, weather, mutant=mutant))
    return asyncio.run(storm(folder, weather, mutant=mutant))
