"""The embedded database starts by itself, survives every kill, and is nobody's orphan."""

import asyncio
import os
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from warmline.runtime.postgres import EmbeddedPostgres, free_port
from warmline.runtime.postgres_process import PidFile

QUICK = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="warmline-pg-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


async def value(url: str, sql: str) -> object:
    conn = await asyncpg.connect(url)
    try:
        return await conn.fetchval(sql)
    finally:
        await conn.close()


async def answers(url: str) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                await value(url, "SELECT 1")
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)
            else:
                return


async def test_a_first_start_makes_a_cluster_that_knows_korean_and_keeps_its_secrets(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    server.start()
    try:
        assert await value(server.admin_url, "SHOW server_encoding") == "UTF8"
        assert await value(server.admin_url, "SELECT datcollate || ' ' || datctype FROM pg_database LIMIT 1") in (
            "C C.UTF-8",
            "C en_US.UTF-8",
        )
        assert await value(server.admin_url, "SHOW synchronous_commit") == "on"
        assert await value(server.admin_url, "SHOW listen_addresses") == "127.0.0.1"
        assert stat.S_IMODE((data_dir / "postgres.json").stat().st_mode) == 0o600
        wrong = server.admin_url.replace(urlsplit(server.admin_url).password or "", "wrong")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await value(wrong, "SELECT 1")
        if os.geteuid() == 0:
            assert (data_dir / "cluster").stat().st_uid != 0
    finally:
        server.stop()


async def test_the_url_stays_the_same_over_restarts(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    first = server.start()
    server.stop()
    again = EmbeddedPostgres(data_dir, settings=QUICK)
    try:
        assert again.start() == first
    finally:
        again.stop()


async def test_a_killed_server_is_back_within_seconds_with_everything_it_acknowledged(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    server.start()
    try:
        await value(server.admin_url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS n")
        for _ in range(3):
            pid = server.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            async with asyncio.timeout(30):
                while server.pid == pid:
                    await asyncio.sleep(0.01)
            await answers(server.admin_url)
            assert await value(server.admin_url, "SELECT n FROM kept") == 7
        assert server.restarts == 3
    finally:
        server.stop()


async def test_a_second_process_joins_the_running_server_and_does_not_stop_it(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    url = server.start()
    try:
        second = EmbeddedPostgres(data_dir)
        assert second.start() == url
        second.stop()
        assert await value(server.admin_url, "SELECT 1") == 1
    finally:
        server.stop()


async def test_a_server_whose_warmline_was_killed_is_taken_over(data_dir: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from warmline.runtime.postgres import EmbeddedPostgres\n"
        f"s = EmbeddedPostgres(Path({str(data_dir)!r}), settings={QUICK!r}); s.start(); print(s.pid, flush=True)\n"
        "time.sleep(600)"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    orphan = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    assert PidFile(data_dir / "cluster").pid() == orphan  # it still runs, alone
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    server.start()
    try:
        assert server.pid != orphan
        await answers(server.admin_url)
    finally:
        server.stop()


async def test_a_port_somebody_else_took_is_given_up(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    server.start()
    server.stop()
    taken = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", int(server._facts["port"]))
    try:
        assert server.start()
        await answers(server.admin_url)
    finally:
        server.stop()
        taken.close()


def test_a_free_port_is_really_free() -> None:
    assert 1024 < free_port() < 65536


def test_a_start_that_fails_says_what_the_log_says(data_dir: Path) -> None:
    from warmline.runtime.postgres_process import PostgresFailed

    began = time.monotonic()
    broken = EmbeddedPostgres(data_dir, settings={"shared_buffers": "nonsense"})
    with pytest.raises(PostgresFailed, match="shared_buffers"):
        broken.start()
    broken.stop()
    assert time.monotonic() - began < 60


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the cluster to another account")
async def test_a_private_data_folder_keeps_its_cluster_elsewhere_and_a_new_one_starts_afresh() -> None:
    private = Path(tempfile.mkdtemp(prefix="warmline-private-"))  # mode 700: the account cannot pass through
    data_dir = private / "data"
    homes: list[Path] = []
    try:
        for _ in range(2):  # the folder is thrown away in between, and with it the passwords
            server = EmbeddedPostgres(data_dir, settings=QUICK)
            server.start()
            homes.append(server.home)
            assert await value(server.admin_url, "SELECT 1") == 1
            second = EmbeddedPostgres(data_dir)
            assert second.start() == server.url
            second.stop()
            server.stop()
            shutil.rmtree(data_dir)
        assert homes[0] != homes[1]
        assert not homes[0].exists()
        assert data_dir not in (*homes, *homes[0].parents)
    finally:
        shutil.rmtree(private)
        for home in homes:
            shutil.rmtree(home, ignore_errors=True)
