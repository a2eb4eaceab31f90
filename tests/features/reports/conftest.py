"""A day in a contact center, written down contact by contact, so that its figures can be counted by hand."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.features.conftest import People

from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

# 09:00 in Seoul
MORNING = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 2)


class Day:
    """Write contacts as the committer would leave them. Times are seconds after the contact began."""

    def __init__(self, database: Database, mina: UUID, yuki: UUID) -> None:
        self._database = database
        self.mina, self.yuki = mina, yuki

    async def contact(
        self, *, at: datetime = MORNING, queue: str | None = None, queued: float | None = None,
        work: list[tuple[UUID, float, float, float | None]] | None = None, ended: float | None = None,
        reason: str | None = None, intent: str | None = None, csat: int | None = None, transfers: int = 0,
        wrapping: bool = False, tenant: str = "onda", promised: tuple[float, float] | None = None,
        called: float | None = None, out_of_line: float | None = None,
    ) -> UUID:  # fmt: skip
        """`work`: (agent, joined, left, wrapped up) in order; `promised`: the interval told when they were queued.

        `called`: when they were promised a call; `out_of_line`: when their journey went on without a person.
        """
        contact_id = new_id()

        def when(seconds: float | None) -> datetime | None:
            return None if seconds is None else at + timedelta(seconds=seconds)

        events: list[tuple[float, str, dict[str, object]]] = []
        if queued is not None:
            events.append((queued, "contact_queued", {"entry": {"queue_id": queue}}))
        if promised is not None and queued is not None:
            body: dict[str, object] = {"queue_id": queue, "low_s": promised[0], "high_s": promised[1]}
            events.append((queued, "wait_promised", body))
        if called is not None:
            events.append((called, "callback_promised", {"queue_id": queue}))
        if out_of_line is not None:
            events.append((out_of_line, "queue_left", {"queue_id": queue}))
        for agent, joined, left, wrapped in work or []:
            events.append((joined, "agent_joined", {"agent_id": str(agent)}))
            events.append((left, "agent_left", {"agent_id": str(agent)}))
            if wrapped is not None:
                events.append((wrapped, "contact_wrapped_up", {"agent_id": str(agent)}))
        connected = work[0][1] if work else None
        status = "queued" if called is None else "callback"
        if queued is None or out_of_line is not None:
            status = "journey"
        if ended is not None:
            status = "ended"
        async with self._database.tenant(tenant) as conn:
            await conn.execute(
                "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
                " conversation_id, intent, opened_at, first_queued_at, connected_at, ended_at, disconnect_reason,"
                " transfers, csat, wrapping, updated_at, state)"
                " VALUES ($1, $2, 1, 1, $3, 'webchat', 'ko', $2, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
                " $5, '')",
                tenant, contact_id, status, intent, at, when(queued),
                when(connected), when(ended), reason, transfers, csat, wrapping,
            )  # fmt: skip
            for seq, (seconds, kind, body) in enumerate(sorted(events, key=lambda e: e[0]), start=2):
                await conn.execute(
                    "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    tenant, contact_id, seq, when(seconds), kind, body | {"kind": kind},
                )  # fmt: skip
        return contact_id


@pytest.fixture
async def day(database: Database, people: People) -> Day:
    async with database.tenant("onda") as conn:
        for queue, target_s in (("orders", 60), ("refunds", 30)):
            name = {"ko": f"{queue} 대기열", "ja": f"{queue} の列", "en": queue.title()}
            await conn.execute(
                "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', $1, $2, $3)",
                queue,
                name,
                target_s,
            )
    return Day(database, people["onda", "agent"], people["onda", "supervisor"])


class Monday:
    """Six contacts, counted by hand in the tests."""

    solved: UUID
    quick: UUID
    slow: UUID
    moved: UUID
    gone_early: UUID
    gone_late: UUID
    promised: UUID
    open: UUID


@pytest.fixture
async def monday(day: Day) -> Monday:
    mina, yuki = day.mina, day.yuki
    told = Monday()
    told.solved = await day.contact(ended=50, reason="contained", intent="order_status", csat=5)
    told.quick = await day.contact(
        queue="orders", queued=10, work=[(mina, 30, 130, 190)], ended=140, reason="agent_ended",
        intent="order_status", csat=4,
    )  # fmt: skip
    told.slow = await day.contact(
        queue="orders", queued=10, work=[(mina, 110, 310, 310)], ended=320, reason="agent_ended", intent="refund"
    )
    told.moved = await day.contact(
        queue="refunds", queued=0, work=[(mina, 30, 90, 100), (yuki, 150, 450, 500)], ended=460,
        reason="customer_left", intent="refund", csat=2, transfers=1,
    )  # fmt: skip
    told.gone_early = await day.contact(
        queue="orders", queued=0, ended=20, reason="customer_left", intent="order_status"
    )
    told.gone_late = await day.contact(
        queue="refunds", queued=0, ended=90, reason="customer_idle", intent="refund"
    )
    told.promised = await day.contact(queue="refunds", queued=0, ended=100, reason="callback_promised")
    told.open = await day.contact(queue="orders", queued=5)
    return told
