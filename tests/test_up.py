"""What runs on one machine, and with what it is told."""

import os
import socket
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from conftest import at_database
from warmline.config import Config
from warmline.runtime.postgres import EmbeddedPostgres
from warmline.runtime.revision import current_revision, head_revision
from warmline.up import bring_up_to_date, newest_change, prepare, roles, run_up, taken_ports, web_builders


def test_a_plain_start_runs_web_and_worker_on_the_given_database():
    found = {role.name: role for role in roles(Config(port=9000), "postgresql://app@db/warmline")}
    assert set(found) == {"web", "worker", "voice"}
    assert found["web"].environment["WARMLINE_DATABASE_URL"] == "postgresql://app@db/warmline"
    assert found["web"].environment["WARMLINE_PORT"] == "9000"
    assert found["worker"].environment["WARMLINE_DEMO"] == "false"
    assert found["web"].environment["WARMLINE_SIMULATION"] == "true"
    assert "voice" not in {role.name for role in roles(Config(voice=False), "x")}


async def test_the_web_role_is_looked_at_and_counts_as_silent_when_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = {role.name: role for role in roles(Config(port=port), "x")}
    assert found["worker"].answers is None
    looks = found["web"].answers
    assert looks is not None
    assert not await looks()


def test_the_demo_adds_its_shop_its_customers_callers_and_colleagues():
    assert {role.name for role in roles(Config(demo=True), "x")} == {
        "web", "worker", "voice", "demo-commerce", "demo-customers", "demo-colleagues", "demo-callers",
    }  # fmt: skip
    assert {role.name for role in roles(Config(demo=True, simulation=False), "x")} == {
        "web", "worker", "voice", "demo-commerce",
    }  # fmt: skip


async def test_an_external_database_is_migrated_and_checked_but_not_stopped(admin_url: str, database_url: str):
    url, server = await prepare(Config(database_url=database_url, admin_database_url=admin_url))
    assert url == database_url
    assert server is None


async def test_an_empty_database_is_migrated_and_one_that_is_up_to_date_is_left_alone(
    postgres: EmbeddedPostgres, database_url: str
):
    name = f"empty_{uuid4().hex[:12]}"
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        empty = at_database(postgres.admin_url, name)
        await bring_up_to_date(empty)
        assert await current_revision(empty) == head_revision()
        await bring_up_to_date(at_database(postgres.url, name))  # as a role that could change nothing
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()


def test_a_change_anywhere_in_the_sources_is_noticed(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "a.py"
    file.write_text("x = 1\n")
    before = newest_change([tmp_path])
    os.utime(file, (before + 5, before + 5))
    assert newest_change([tmp_path]) > before
    assert newest_change([tmp_path / "nothing"]) == 0


def test_a_checkout_with_the_web_packages_rebuilds_its_pages(tmp_path: Path):
    assert web_builders(tmp_path) == []
    (tmp_path / "node_modules" / ".bin").mkdir(parents=True)
    (tmp_path / "node_modules" / ".bin" / "vite").touch()
    assert [role.name for role in web_builders(tmp_path)] == ["build-desk", "build-widget"]
    assert all(role.folder == tmp_path for role in web_builders(tmp_path))


def test_a_second_start_on_the_same_port_says_so_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        config = Config(port=port, data_dir=tmp_path / "data")
        assert taken_ports(config) == [port]
        assert run_up(config, reload=False) == 1
        assert "already runs" in capsys.readouterr().out
        assert not config.data_dir.exists()
    assert taken_ports(config) == []
