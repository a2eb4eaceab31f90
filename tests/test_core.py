"""Every role stands on the same opened parts, and what it logs is masked."""

import asyncio
import logging
import socket
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from warmline.config import Config
from warmline.core import Core, configure_logging, report, wait_for_database


async def test_a_core_opens_on_a_database_and_closes_without_a_trace(database_url: str, tmp_path: Path):
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path)) as core:
        assert set(await core.database.tenants()) == {"onda", "rival"}
        assert core.committer.waiting == 0
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


async def test_a_second_core_reads_with_the_keys_of_the_first(database_url: str, tmp_path: Path):
    config = Config(database_url=database_url, data_dir=tmp_path)
    async with await Core.open(config) as one, await Core.open(config) as other:
        assert one.keyring.blind_index("onda", "email", "a@b.example") == other.keyring.blind_index(
            "onda", "email", "a@b.example"
        )


async def test_a_role_that_starts_while_the_database_recovers_waits_for_it(
    database_url: str, caplog: pytest.LogCaptureFixture
):
    real = urlsplit(database_url)
    with socket.create_server(("127.0.0.1", 0)) as seat:
        port = seat.getsockname()[1]
    closed = urlunsplit(real._replace(netloc=f"{real.username}:{real.password}@127.0.0.1:{port}"))

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(real.hostname, real.port)
        await asyncio.gather(pump(reader, back), pump(there, writer))

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(wait_for_database(closed, patience_s=20))
        while "does not answer yet" not in caplog.text:
            await asyncio.sleep(0.01)
        async with await asyncio.start_server(forward, "127.0.0.1", port):
            database = await waiting
            assert set(await database.tenants()) == {"onda", "rival"}
            await database.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


async def test_a_role_gives_up_on_a_database_that_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as seat:
        port = seat.getsockname()[1]
    with pytest.raises(OSError, match="Connect call failed"):
        await wait_for_database(f"postgresql://nobody@127.0.0.1:{port}/none", patience_s=0.1)


def test_failures_of_background_work_are_logged_by_name(caplog: pytest.LogCaptureFixture):
    report("router lane", RuntimeError("lost"))
    assert "router lane failed" in caplog.text


def test_card_numbers_never_reach_the_log(capfd: pytest.CaptureFixture[str]):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    for handler in before:
        root.removeHandler(handler)
    try:
        configure_logging("info")
        logging.getLogger("warmline.test").info("customer wrote 4111 1111 1111 1111")
    finally:
        for handler in list(root.handlers):
            root.removeHandler(handler)
        for handler in before:
            root.addHandler(handler)
        root.setLevel(level)
    written = capfd.readouterr().err
    assert "customer wrote" in written
    assert "4111 1111 1111 1111" not in written
