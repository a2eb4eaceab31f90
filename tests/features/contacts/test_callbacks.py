"""A promised callback is written down once, readable only with the customer's key, and its end as well."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from house import House
from warmline.domain.contact.commands import AcceptOffer, CallbackOutcome, LinkCustomer
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.features.contacts.callbacks import promise_task, settle_task

DUE = datetime(2026, 3, 2, 10, tzinfo=UTC)
ARGS: dict[str, object] = {
    "queue_id": "orders", "phone": "+821012345678", "queued_at": DUE.isoformat(), "due_at": DUE.isoformat(),
}  # fmt: skip


@dataclass
class Context:
    contact_id: UUID
    tenant_id: str = "onda"
    task_id: str = "t"
    attempt: int = 1


async def owed(house: House, *, customer_id: UUID | None = None) -> UUID:
    """A contact that waits for a call; of this customer, if one is named."""
    _, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE contact SET callback_at = $2, customer_id = coalesce($3, customer_id)"
            " WHERE tenant_id = 'onda' AND id = $1", contact_id, DUE, customer_id,
        )  # fmt: skip
    return contact_id


async def customer_of(house: House, contact_id: UUID) -> UUID:
    async with house.database.tenant("onda") as conn:
        return await conn.fetchval("SELECT customer_id FROM contact WHERE id = $1", contact_id)


async def test_the_number_is_kept_encrypted_and_promised_once(house: House):
    contact_id = await owed(house)
    promise = promise_task(house.rooms.database, house.rooms.keyring)
    assert await promise(Context(contact_id), ARGS) == {"due_at": DUE.isoformat()}
    await promise(Context(contact_id), ARGS | {"queue_id": "general"})
    async with house.database.tenant("onda") as conn:
        (row,) = await conn.fetch("SELECT * FROM callback_request")
    assert (row["queue_id"], row["status"]) == ("general", "open")
    assert b"82101234" not in row["phone_enc"]
    plain = house.rooms.keyring.decrypt("onda", row["phone_enc"], f"callback|{contact_id}|phone")
    assert plain == b"+821012345678"


async def test_a_customer_who_asks_in_two_windows_is_called_once(house: House):
    first = await owed(house)
    second = await owed(house, customer_id=await customer_of(house, first))
    promise, settle = (
        promise_task(house.rooms.database, house.rooms.keyring),
        settle_task(house.rooms.database),
    )
    await promise(Context(first), ARGS)
    assert await promise(Context(second), ARGS) == {"already": str(first)}
    assert "already" not in await promise(Context(second), ARGS | {"queue_id": "general"})
    await settle(Context(first), {"outcome": "reached"})
    assert "already" not in await promise(Context(second), ARGS)


async def test_a_promise_whose_contact_has_ended_is_in_nobodys_way(house: House):
    first = await owed(house)
    second = await owed(house, customer_id=await customer_of(house, first))
    promise = promise_task(house.rooms.database, house.rooms.keyring)
    await promise(Context(first), ARGS)
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET callback_at = NULL WHERE id = $1", first)
    assert "already" not in await promise(Context(second), ARGS)


async def test_what_was_taken_back_before_it_was_written_is_not_written(house: House):
    contact_id = await owed(house)
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET callback_at = NULL WHERE id = $1", contact_id)
    assert await promise_task(house.rooms.database, house.rooms.keyring)(Context(contact_id), ARGS) == {}
    async with house.database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM callback_request") == 0


async def done(house: House) -> None:
    """Let the worker do every task that waits."""
    runner, lane = house.rooms.task_runner({}), house.rooms.task_lane()
    while rows := await lane.claim("onda"):
        await runner.handle(rows)


async def test_from_the_line_to_the_end_of_the_call_everything_is_written_down(house: House):
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET rules = $1", {"callback": {"offered": True, "attempts": 1}})
    house.rooms.facts.settings_changed("onda")
    first, _, opened = await house.customer()
    second, _, again = await house.customer()
    contacts = [UUID(one["contact"]["id"]) for one in (opened, again)]
    service, mina = house.rooms.service, house.agents["mina"].agent_id
    await service.command("onda", contacts[1], LinkCustomer(await customer_of(house, contacts[0])))
    for customer in (first, second):
        customer.send(t="say", cid="wish", text="상담원", value="agent")
        await customer.take("ack")
        customer.send(t="call_me", cid="call", phone="+821012345678")
        await customer.take("ack", lambda f: f["cid"] == "call")
        await done(house)
    twin = await service.load("onda", contacts[1])
    assert (twin.status, twin.disconnect_reason) == (ContactStatus.ENDED, DisconnectReason.CALLBACK_PROMISED)
    offer = await house.offer(str(contacts[0]))
    await service.command("onda", contacts[0], AcceptOffer(mina, "Mina", offer))
    await service.command("onda", contacts[0], CallbackOutcome(mina, "busy"))
    await done(house)
    called = await service.load("onda", contacts[0])
    assert called.disconnect_reason is DisconnectReason.CALLBACK_UNREACHED
    async with house.database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT contact_id, status FROM callback_request")
    assert [(row["contact_id"], row["status"]) for row in rows] == [(contacts[0], "busy")]
    assert called.tasks == {}
