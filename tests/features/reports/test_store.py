"""A month of contacts is counted in one query, and quickly."""

import time

from tests.features.reports.conftest import MONDAY, MORNING, Day

from warmline.features.reports import store
from warmline.runtime.database import Database


async def test_names_and_time_zone_come_from_the_settings(database: Database, day: Day):
    async with database.tenant("onda") as conn:
        assert await store.time_zone_of(conn, "onda") == "Asia/Seoul"
        assert (await store.names(conn, "onda", "agent"))[str(day.mina)] == "Agent of Onda"
        assert await store.names(conn, "onda", "day") == {}


async def test_ten_thousand_contacts_are_counted_within_seconds(database: Database, day: Day):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, version, seq, status, channel, locale, customer_id,"
            " conversation_id, opened_at, first_queued_at, connected_at, ended_at, updated_at, state)"
            " SELECT 'onda', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, 4,"
            " 'ended', 'webchat', 'ko', gen_random_uuid(), gen_random_uuid(),"
            " t, t, t + interval '20 s', t + interval '90 s', t, ''"
            " FROM generate_series(1, 10000) n,"
            " LATERAL (SELECT timestamptz '2026-11-02 01:00Z' + n * interval '1 s') AS x (t)"
        )
        for seq, kind, after in ((2, "agent_joined", 20), (3, "agent_left", 80), (4, "contact_wrapped_up", 100)):
            await conn.execute(
                "INSERT INTO event (tenant_id, contact_id, seq, at, kind, body)"
                " SELECT 'onda', id, $1, opened_at + $2 * interval '1 s', $3, $4 FROM contact",
                seq, after, kind, {"kind": kind, "agent_id": str(day.mina)},
            )  # fmt: skip
        started = time.monotonic()
        rows = await store.summary(conn, "onda", "Asia/Seoul", MONDAY, MONDAY.replace(day=3), "agent", MORNING)
        took_s = time.monotonic() - started
    assert [(row["volume"], row["handle_avg_s"]) for row in rows] == [(10000, 80.0)]
    assert took_s < 5
