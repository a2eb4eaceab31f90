"""A house with desks, and a second process that hears no news."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio

from house import House, build
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.committer import Committer
from warmline.runtime.contact_cache import ContactCache


@dataclass(frozen=True)
class Another:
    """The rooms of a process that nobody tells anything, and its memory."""

    rooms: ContactRooms
    memory: ContactCache


@pytest_asyncio.fixture
async def house(database, keyring, committer, feed, notifier) -> AsyncIterator[House]:
    async with build(database, keyring, committer, feed, notifier) as built:
        yield built
    assert not built.failures


@pytest_asyncio.fixture
async def another(house: House, keyring, feed, notifier) -> AsyncIterator[Another]:
    committer = Committer(house.database, keyring, notifier)
    committer.start()
    rooms = contact_rooms(
        house.database, keyring, committer, feed, notifier, TaskRegistry(lambda name, failure: None),
        lambda name, failure: None,
    )  # fmt: skip
    await rooms.warm()
    yield Another(rooms, committer._cache)  # pyright: ignore[reportPrivateUsage]
    await committer.close()
