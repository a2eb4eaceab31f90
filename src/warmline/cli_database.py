"""A database for a command of the command line that needs one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from warmline.config import Config
from warmline.features.admin.service import Signal
from warmline.features.security.passwords import Passwords
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.signals import SIGNAL_CHANNEL, encode_signal
from warmline.up import prepare


@asynccontextmanager
async def open_database(config: Config) -> AsyncIterator[tuple[Database, Signal, Passwords]]:
    """Lend what `warmline admin` needs: the database (the embedded one is started for as long) and signals."""
    url, postgres = await prepare(config)
    database = await Database.open(url)
    notifier = Notifier(database)
    notifier.start()

    async def signal_all(tenant_id: str, name: str, payload: str) -> None:
        notifier.text(SIGNAL_CHANNEL, encode_signal(notifier.origin, tenant_id, name, payload))

    passwords = Passwords()
    try:
        yield database, signal_all, passwords
    finally:
        passwords.close()
        await notifier.close()
        await database.close()
        if postgres is not None:
            await asyncio.to_thread(postgres.stop)
