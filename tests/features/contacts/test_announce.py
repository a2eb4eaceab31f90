"""An offer committed in one process rings at a desk of another."""

import secrets
from uuid import UUID

from house import House
from warmline.domain.contact.commands import AcceptOffer
from warmline.features.contacts.assembly import contact_rooms
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.committer import Committer
from warmline.runtime.feed import Feed
from warmline.runtime.notifier import Notifier


async def test_the_routers_process_and_the_desks_process_are_two(house: House, keyring, feed):
    failures: list[BaseException] = []
    tasks = TaskRegistry(lambda _, failure: failures.append(failure))
    notifier = Notifier(house.database)
    committer = Committer(house.database, keyring, notifier)
    ear = Feed(house.database, keyring, committer, notifier)
    for part in (notifier, committer, ear):
        part.start()
    worker = contact_rooms(
        house.database, keyring, committer, ear, notifier, tasks, lambda _, failure: failures.append(failure)
    )
    await feed.listening.wait()
    await ear.listening.wait()
    try:
        customer, _, opened = await house.customer()
        customer.send(t="say", cid=secrets.token_hex(4), text="agent", value="agent")
        await customer.take("ack")
        desk = await house.desk()
        await desk.take("welcome")
        contact = UUID(opened["contact"]["id"])
        here = house.rooms
        house.rooms = worker  # the router decides in the worker
        offer = await house.offer(str(contact))
        house.rooms = here
        card = (await desk.take("card"))["card"]
        assert card["offer"]["id"] == str(offer)
        mina = house.agents["mina"].agent_id
        await worker.service.command("onda", contact, AcceptOffer(mina, "Mina", offer))
        await desk.event("agent_joined")
        await customer.event("agent_joined")
    finally:
        await tasks.close()
        for part in (ear, committer, notifier):
            await part.close()
    assert not failures
