"""A database for a command of the command line that needs one."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from warmline.config import Config, load_config
from warmline.features.admin.service import Signal
from warmline.features.security.passwords import Passwords
from warmline.runtime.database import Database
from warmline.runtime.notifier import Notifier
from warmline.runtime.signals import SIGNAL_CHANNEL, encode_signal
from warmline.up import prepare

DEMO_SHOP = "demo-shop"  # in the data folder of a demo: its order system's own files


def installed_config() -> Config:
    """Return the configuration of the installation in the data folder, the demo's shop among its backends.

    `warmline up --demo` tells its processes that they are a demo; a command beside them is not told, and would
    refuse every journey that asks the shop. `WARMLINE_DEMO` decides where it is set. Raises ConfigError.
    """
    config = load_config()
    told = "WARMLINE_DEMO" in os.environ or config.demo
    return (
        config if told else replace(config, demo=(config.data_dir / DEMO_SHOP).is_dir() and config.loopback_only)
    )


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
