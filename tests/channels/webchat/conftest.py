"""A house with desks."""

from collections.abc import AsyncIterator

import pytest_asyncio

from house import House, build


@pytest_asyncio.fixture
async def house(database, keyring, committer, feed, notifier) -> AsyncIterator[House]:
    async with build(database, keyring, committer, feed, notifier) as built:
        yield built
    assert not built.failures
