"""The role picker and the pause switch exist in the demo only."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from warmline.app import create_app
from warmline.config import Config
from warmline.core import Core

ORIGIN = "http://127.0.0.1:8420"


@pytest_asyncio.fixture
async def core(database_url: str, tmp_path: Path) -> AsyncIterator[Core]:
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path)) as opened:
        yield opened


def _client(app: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)  # pyright: ignore


async def test_without_the_demo_nobody_enters_without_a_password(core: Core):
    async with _client(create_app(core)) as client:
        state = {"demo": False, "simulation": False, "paused": False, "roles": []}
        assert (await client.get("/api/demo/state")).json() == state
        answer = await client.post("/api/demo/login", json={"role": "admin"}, headers={"Origin": ORIGIN})
        assert answer.status_code in (404, 405)


async def test_the_demo_lets_people_choose_a_role_and_pause_the_others(database_url: str, tmp_path: Path):
    config = Config(database_url=database_url, data_dir=tmp_path, demo=True)
    async with await Core.open(config) as core:
        async with core.database.tenant("onda") as conn:
            await conn.execute(
                "INSERT INTO agent (tenant_id, id, email, name, roles, created_at) VALUES"
                " ('onda', gen_random_uuid(), 'mina@onda.example', 'Mina', '{agent}', now())"
            )
        async with _client(create_app(core)) as client:
            foreign = await client.post(
                "/api/demo/login", json={"role": "agent"}, headers={"Origin": "https://evil.example"}
            )
            assert foreign.status_code == 403
            entered = await client.post("/api/demo/login", json={"role": "agent"}, headers={"Origin": ORIGIN})
            assert entered.json()["me"]["name"] == "Mina"
            headers = {"Origin": ORIGIN, "X-CSRF-Token": entered.json()["csrf"]}
            assert (await client.post("/api/demo/pause", json={"paused": True})).status_code == 403
            await client.post("/api/demo/pause", json={"paused": True}, headers=headers)
            assert (await client.get("/demo/paused")).json() == {"paused": True}


async def test_a_demo_without_simulated_people_says_so(database_url: str, tmp_path: Path):
    told: list[bool] = []
    for simulation in (True, False):
        config = Config(database_url=database_url, data_dir=tmp_path, demo=True, simulation=simulation)
        async with await Core.open(config) as core, _client(create_app(core)) as client:
            told.append((await client.get("/api/demo/state")).json()["simulation"])
    assert told == [True, False]
