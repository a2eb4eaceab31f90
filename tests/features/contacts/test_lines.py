"""Who waits in a queue, in the order they are served in."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from warmline.features.contacts.lines import LineStore
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


async def waits(database: Database, status: str = "queued", **more: Any) -> UUID:
    id = new_id()
    values: dict[str, Any] = {
        "tenant_id": "onda", "id": id, "version": 1, "seq": 1, "status": status, "channel": "webchat",
        "locale": "ko", "customer_id": id, "conversation_id": id, "opened_at": NOON, "updated_at": NOON,
        "state": b"", "queue_id": "orders", "queued_at": NOON, "routing": {},
    } | more  # fmt: skip
    marks = ", ".join(f"${n + 1}" for n in range(len(values)))
    async with database.tenant("onda") as conn:
        await conn.execute(f"INSERT INTO contact ({', '.join(values)}) VALUES ({marks})", *values.values())
    return id


async def test_the_list_is_in_the_order_of_the_router(database: Database):
    plain = await waits(database)
    urgent = await waits(database, priority=1, queued_at=NOON + timedelta(seconds=300))
    called = await waits(database, "callback", queued_at=NOON + timedelta(seconds=10), callback_at=NOON)
    later = await waits(database, "callback", routing=None, callback_at=NOON - timedelta(hours=1))
    await waits(database, routing={"only_agent_id": str(new_id())})
    await waits(database, queue_id="refunds")
    lines = LineStore(database)
    assert [one.id for one in await lines.waiting("onda", "orders")] == [urgent, plain, called]
    assert list(await lines.callbacks("onda", None)) == [later, called]
    assert list(await lines.callbacks("onda", "refunds")) == []
