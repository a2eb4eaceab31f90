"""The board's numbers from real rows, also when there are many."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from warmline.features.desk import board_store
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SEATS = [{"queue_id": "orders", "priority": 1, "delay_s": 0}]
COLUMNS = [
    "tenant_id",
    "id",
    "version",
    "seq",
    "status",
    "channel",
    "locale",
    "customer_id",
    "conversation_id",
    "queue_id",
    "priority",
    "queued_at",
    "first_queued_at",
    "connected_at",
    "ended_at",
    "disconnect_reason",
    "agent_id",
    "wrapping",
    "opened_at",
    "updated_at",
    "state",
]


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def row(status: str, **more: Any) -> tuple[Any, ...]:
    id = new_id()
    values: dict[str, Any] = {
        "tenant_id": "onda", "id": id, "version": 1, "seq": 1, "status": status, "channel": "webchat",
        "locale": "ko", "customer_id": id, "conversation_id": id, "queue_id": "orders", "priority": 5,
        "wrapping": False, "opened_at": at(-600), "updated_at": at(-5), "state": b"",
    } | more  # fmt: skip
    return tuple(values.get(column) for column in COLUMNS)


async def fill(database: Database, rows: list[tuple[Any, ...]], agents: int = 0) -> list[UUID]:
    ids = [new_id() for _ in range(agents)]
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO queue (tenant_id, id, name, target_s) VALUES ('onda', 'orders', $1, 60)", {"en": "Orders"}
        )
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'chat', '{}', $1, $2)",
            {"webchat": 3}, SEATS,
        )  # fmt: skip
        await conn.executemany(
            "INSERT INTO agent (tenant_id, id, email, name, roles, routing_profile_id, created_at)"
            " VALUES ('onda', $1, $2, $2, '{agent}', 'chat', $3)", [(id, id.hex, NOON) for id in ids],
        )  # fmt: skip
        await conn.executemany(
            "INSERT INTO agent_presence (tenant_id, agent_id, presence, since_at, idle_since_at)"
            " VALUES ('onda', $1, 'available', $2, $2)", [(id, NOON) for id in ids],
        )  # fmt: skip
        marks = ", ".join(f"${n + 1}" for n in range(len(COLUMNS)))
        await conn.executemany(f"INSERT INTO contact ({', '.join(COLUMNS)}) VALUES ({marks})", rows)
    return ids


async def test_lines_agents_and_contacts_are_read_in_one_go(database: Database):
    agent = new_id()
    await fill(
        database,
        [
            row("queued", queued_at=at(-30), priority=9),
            row("queued", queued_at=at(-10), priority=1),
            row("offered", queued_at=at(-90), agent_id=agent),
            row("connected", agent_id=agent, connected_at=at(-50)),
            row("survey", agent_id=agent, wrapping=True),
            row("ended"),
        ],
        agents=2,
    )
    async with database.tenant("onda") as conn:
        rows = await board_store.rows(conn, "onda", 120)
    line = rows.lines["orders"]
    assert (line.waiting, line.offered, line.connected, line.oldest_at) == (2, 1, 1, at(-90))
    assert [one.priority for one in rows.waiting] == [1, 9]
    assert sorted(one.status for one in rows.held[agent]) == ["connected", "offered", "survey"]
    assert [one.capacity for one in rows.agents] == [{"webchat": 3}] * 2
    assert rows.queues[0].name == {"en": "Orders"}


async def test_the_days_service_level_counts_answered_abandoned_and_late(database: Database):
    midnight = NOON.replace(hour=0)
    await fill(
        database,
        [
            row("connected", first_queued_at=at(-500), connected_at=at(-460)),  # in time
            row("ended", first_queued_at=at(-500), connected_at=at(-400), ended_at=at(-1)),  # answered late
            row("ended", first_queued_at=at(-300), ended_at=at(-200), disconnect_reason="customer_left"),
            row("ended", first_queued_at=at(-300), ended_at=at(-200), disconnect_reason="callback_promised"),
            row("queued", first_queued_at=at(-61), queued_at=at(-61)),  # waits too long already
            row("queued", first_queued_at=at(-9), queued_at=at(-9)),
            row(
                "ended", first_queued_at=at(-80_000), connected_at=at(-79_990), opened_at=at(-80_000)
            ),  # yesterday
        ],
    )
    async with database.tenant("onda") as conn:
        day = (await board_store.today(conn, "onda", midnight, NOON))["orders"]
    assert (day.answered, day.abandoned, day.late, day.in_time) == (2, 1, 2, 1)
    assert day.service_level == 0.25


async def test_five_hundred_agents_and_two_thousand_waiting_are_read_quickly(database: Database):
    ids = await fill(database, [row("queued", queued_at=at(-n)) for n in range(2_000)], agents=500)
    async with database.tenant("onda") as conn:
        await board_store.rows(conn, "onda", 120)
        samples: list[float] = []
        for _ in range(5):
            began = time.perf_counter()
            rows = await board_store.rows(conn, "onda", 120)
            samples.append(time.perf_counter() - began)
    assert (len(rows.agents), len(rows.waiting)) == (len(ids), board_store.WAITING_SHOWN)
    assert min(samples) < 0.15, "the board is far slower than the 30 ms it takes on a quiet machine"


async def test_the_time_zone_of_a_tenant_is_known(database: Database):
    async with database.tenant("onda") as conn:
        assert await board_store.time_zone(conn, "onda") == "Asia/Seoul"
        assert await board_store.time_zone(conn, "nobody") == "UTC"
