"""What every role of Warmline is built on: database, keys, committer, feed, and the rooms of contacts."""

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import Self

from warmline.config import Config
from warmline.features.contacts.assembly import ContactRooms, contact_rooms
from warmline.features.messages.telling import Telling
from warmline.features.security.log_filter import install_redaction
from warmline.features.watch.pulse import Pulse
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.commit_store import connection_is_lost
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.fitness import check_search
from warmline.runtime.keyring import Keyring
from warmline.runtime.master_keys import MasterKeys
from warmline.runtime.notifier import Notifier

LOG = logging.getLogger("warmline")
DATABASE_PATIENCE_S = 60.0  # longer than a crashed server needs to recover
LOOK_AGAIN_S = 0.2


def configure_logging(level: str) -> None:
    """Log lines to standard error, personal data masked."""
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    install_redaction()


def report(name: str, failure: BaseException) -> None:
    """Log the failure of background work, with its traceback."""
    LOG.error("%s failed", name, exc_info=failure)


async def wait_for_database(url: str, *, patience_s: float = DATABASE_PATIENCE_S) -> Database:
    """Connect to a database that may be away for a moment. Raises OSError or asyncpg.PostgresError.

    Dying instead would cost the seconds of another start once the database has recovered.
    """
    deadline = asyncio.get_running_loop().time() + patience_s
    while True:
        try:
            return await Database.open(url)
        except Exception as failure:
            if not connection_is_lost(failure) or asyncio.get_running_loop().time() > deadline:
                raise
            LOG.warning("The database does not answer yet (%s); trying again.", failure)
        await asyncio.sleep(LOOK_AGAIN_S)


@dataclass
class Core:
    """The opened parts; `async with await Core.open(config)`."""

    config: Config
    database: Database
    keyring: Keyring
    notifier: Notifier
    committer: Committer
    feed: Feed
    tasks: TaskRegistry
    rooms: ContactRooms
    pulse: Pulse

    @classmethod
    async def open(cls, config: Config) -> "Core":
        """Connect and start the background parts. Raises OSError, asyncpg.PostgresError, UnfitDatabase."""
        database = await wait_for_database(config.database_url)
        await check_search(config.database_url)
        config.data_dir.mkdir(parents=True, exist_ok=True)
        masters = MasterKeys.load(os.environ.get("WARMLINE_MASTER_KEY"), config.data_dir / "master.key")
        keyring = await Keyring.open(database, masters)
        notifier = Notifier(database)
        committer = Committer(database, keyring, notifier)
        feed = Feed(database, keyring, committer, notifier)
        tasks = TaskRegistry(report)
        rooms = contact_rooms(database, keyring, committer, feed, notifier, tasks, report)
        Telling(committer, feed)
        core = cls(config, database, keyring, notifier, committer, feed, tasks, rooms, Pulse(committer, feed))
        notifier.start()
        committer.start()
        feed.start()
        await rooms.warm()
        return core

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.tasks.close()
        await self.feed.close()
        await self.committer.close()
        await self.notifier.close()
        await self.database.close()
