"""Who would hear an emergency at this moment."""

from house import House
from warmline.features.contacts.hearing import Hearers, hearers, scope_arguments
from warmline.kernel.ids import new_id


async def test_those_in_line_and_in_self_service_are_counted_by_scope(house: House):
    house.staffed()
    await house.customer()
    waiting, _, _ = await house.customer()
    waiting.send(t="say", cid=str(new_id()), text="agent", value="agent")
    await waiting.event("contact_queued")

    async def count(**scope: list[str]) -> Hearers:
        arguments = scope_arguments(*(scope.get(kind, ()) for kind in ("queues", "journeys", "channels")))
        async with house.database.tenant("onda") as conn:
            return await hearers(conn, "onda", arguments)

    assert await count() == Hearers(waiting=1, self_service=1)
    assert await count(queues=["orders"]) == Hearers(waiting=1, self_service=0)
    assert await count(queues=["general"]) == Hearers(waiting=0, self_service=0)
    assert await count(journeys=["front"], channels=["webchat"]) == Hearers(waiting=1, self_service=1)
    assert await count(channels=["voice"]) == Hearers(waiting=0, self_service=0)
