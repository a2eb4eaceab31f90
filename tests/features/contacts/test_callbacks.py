"""A promised callback is written down, readable only with the customer's key."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from house import House
from warmline.features.contacts.callbacks import promise_task


@dataclass
class Context:
    contact_id: UUID
    tenant_id: str = "onda"
    task_id: str = "t"
    attempt: int = 1


async def test_the_number_is_kept_encrypted_and_promised_once(house: House):
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    promise = promise_task(house.rooms.database, house.rooms.keyring)
    due = datetime(2026, 3, 2, 10, tzinfo=UTC).isoformat()
    args = {"queue_id": "orders", "phone": "+821012345678", "queued_at": due, "due_at": due}
    assert await promise(Context(contact_id), args) == {"due_at": due}
    await promise(Context(contact_id), args | {"queue_id": "general"})
    async with house.database.tenant("onda") as conn:
        (row,) = await conn.fetch("SELECT * FROM callback_request")
    assert (row["queue_id"], row["status"]) == ("general", "waiting")
    assert b"82101234" not in row["phone_enc"]
    plain = house.rooms.keyring.decrypt("onda", row["phone_enc"], f"callback|{contact_id}|phone")
    assert plain == b"+821012345678"
