"""Commands get the database, a voice among the running roles, and argon2id; and give everything back."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from warmline.cli_database import installed_config, open_database
from warmline.config import Config
from warmline.runtime.signals import SIGNAL_CHANNEL, decode_signal


async def test_a_command_works_on_an_external_database_and_the_running_roles_hear_of_it(
    admin_url: str, database_url: str
):
    heard: asyncio.Queue[str] = asyncio.Queue()
    role = await asyncpg.connect(database_url)
    await role.add_listener(SIGNAL_CHANNEL, lambda *said: heard.put_nowait(said[3]))
    config = Config(database_url=database_url, admin_database_url=admin_url)
    async with open_database(config) as (database, signal, passwords):
        assert await passwords.verify(await passwords.hash("correct horse"), "correct horse")
        async with database.tenant("onda") as connection:
            assert await connection.fetchval("SELECT current_setting('warmline.tenant')") == "onda"
        await signal("onda", "settings", "queue")
        async with asyncio.timeout(10):
            said = decode_signal(await heard.get())
    await role.close()
    assert (said.tenant_id, said.name, said.payload) == ("onda", "settings", "queue")


def test_whoever_publishes_from_the_command_line_beside_the_demo_has_its_shop_as_a_backend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WARMLINE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("WARMLINE_DEMO", raising=False)
    assert not installed_config().demo
    (tmp_path / "demo-shop").mkdir()  # where the demo's order system keeps its own database
    assert installed_config().demo
    monkeypatch.setenv("WARMLINE_DEMO", "false")
    assert not installed_config().demo
