"""Which voice processes live, and what they say of themselves."""

from collections import Counter
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from warmline.features.telephony.status import VoiceState
from warmline.kernel.locale import Locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

BEAT_S = 3.0
LOST_AFTER = timedelta(seconds=12)  # a node that has not been seen for so long has lost its calls


class Node(Struct, frozen=True):
    """One voice process. `lines` is the state of each line by `tenant/id`: up, down or unknown.

    `voices`: who speaks each language; empty when it does not say. `busy`: how many calls each line has in it.
    """

    id: str
    started_at: datetime
    seen_at: datetime
    draining: bool = False
    calls: int = 0
    lines: dict[str, str] = {}
    workers: int = 0
    late_ticks: int = 0
    voices: dict[Locale, VoiceState] = {}
    busy: dict[str, int] = {}

    def lives(self, now: datetime) -> bool:
        """Tell whether it was seen lately."""
        return now - self.seen_at <= LOST_AFTER


class Nodes:
    """The table of nodes; it belongs to no company and knows nobody's calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, node: Node) -> None:
        """Say that a node lives."""
        voices = msgspec.to_builtins(node.voices)
        details = {
            "lines": node.lines, "workers": node.workers, "late_ticks": node.late_ticks, "voices": voices,
            "busy": node.busy,
        }  # fmt: skip
        async with self._database.system() as conn:
            await conn.execute(
                "INSERT INTO voice_node (id, started_at, seen_at, draining, calls, details)"
                " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at,"
                " draining = excluded.draining, calls = excluded.calls, details = excluded.details",
                node.id, node.started_at, node.seen_at, node.draining, node.calls, details,
            )  # fmt: skip

    async def leave(self, node_id: str) -> None:
        """A node has ended in peace."""
        async with self._database.system() as conn:
            await conn.execute("DELETE FROM voice_node WHERE id = $1", node_id)

    async def all(self) -> list[Node]:
        """Return every node known, the newest sign of life first."""
        async with self._database.system() as conn:
            rows = await conn.fetch("SELECT * FROM voice_node ORDER BY seen_at DESC LIMIT 100")
        return [
            Node(
                row["id"],
                row["started_at"],
                row["seen_at"],
                row["draining"],
                row["calls"],
                row["details"].get("lines", {}),
                row["details"].get("workers", 0),
                row["details"].get("late_ticks", 0),
                msgspec.convert(row["details"].get("voices", {}), dict[Locale, VoiceState]),
                row["details"].get("busy", {}),
            )
            for row in rows
        ]

    async def busy_elsewhere(self, node_id: str, now: datetime) -> dict[str, int]:
        """Return how many calls each line has in the other living processes, all of them together."""
        together: Counter[str] = Counter()
        for node in await self.all():
            if node.id != node_id and node.lives(now):
                together.update(node.busy)
        return dict(together)

    async def line_names(self, tenant_id: str) -> dict[str, dict[Locale, str]]:
        """Return what a company calls its lines, in each language, by id."""
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch("SELECT id, name FROM trunk WHERE tenant_id = $1 LIMIT 1000", tenant_id)
        return {row["id"]: row["name"] for row in rows}

    async def bury(self, now: datetime | None = None) -> list[str]:
        """Remove nodes that have been lost, and return who they were: their calls are to be looked after."""
        async with self._database.system() as conn:
            rows = await conn.fetch(
                "DELETE FROM voice_node WHERE seen_at < $1 RETURNING id", (now or utc_now()) - LOST_AFTER
            )
        return [row["id"] for row in rows]
