"""The web role's application as a whole."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from warmline.app import build_web, create_app, ledger_gauges
from warmline.config import Config
from warmline.core import Core
from warmline.features.security.roles import PERMISSIONS

ORIGIN = "http://127.0.0.1:8420"


@pytest_asyncio.fixture
async def core(database_url: str, tmp_path: Path) -> AsyncIterator[Core]:
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path)) as opened:
        yield opened


def _client(app: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)  # pyright: ignore


async def test_the_application_is_ready_once_it_hears_the_database(core: Core):
    await core.feed.listening.wait()
    async with _client(create_app(core)) as client:
        assert (await client.get("/livez")).json() == {"ok": True, "detail": ""}
        assert (await client.get("/readyz")).json() == {"ok": True, "detail": ""}
        assert "warmline_commands_waiting 0" in (await client.get("/metrics")).text


async def test_every_route_is_described_and_guarded(core: Core):
    async with _client(create_app(core)) as client:
        document = (await client.get("/api/openapi.json")).json()
        assert document["openapi"].startswith("3.1")
        paths = document["paths"]
        assert {"/api/contacts", "/api/board", "/api/journeys", "/api/reports/summary", "/api/search"} <= set(
            paths
        )
        for path in paths:
            if path.startswith("/api/") and "{" not in path and "get" in paths[path]:
                status = (await client.get(path)).status_code
                assert status in ((200,) if path == "/api/demo/state" else (401, 422)), path


async def test_a_page_may_load_nothing_from_elsewhere(core: Core):
    async with _client(build_web(core).app) as client:
        policy = (await client.get("/livez")).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy


async def test_the_ledgers_look_becomes_numbers(core: Core):
    from warmline.features.contacts.ledger import Ledger

    ledger = Ledger(core.database, core.feed, core.rooms.service.command)
    await ledger.check("onda")
    found = ledger_gauges(ledger)["warmline_contacts"][1]
    assert found['tenant="onda",state="orphans"'] == 0


@pytest.mark.parametrize("permission", ["demo.pause", "health"])
def test_what_the_application_adds_is_in_the_table_of_permissions(permission: str):
    assert permission in PERMISSIONS
