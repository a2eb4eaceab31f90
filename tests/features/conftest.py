"""People with every role in two companies, and browsers that are signed in as them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from fastapi import APIRouter, FastAPI

from warmline.app import build_web
from warmline.config import Config
from warmline.core import Core
from warmline.features.security import api as security_api
from warmline.features.security.passwords import Passwords
from warmline.features.security.roles import ROLES
from warmline.features.security.service import Client, Security
from warmline.features.security.tokens import COOKIE
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

ORIGIN = "https://desk.onda.example"
PASSWORD = "three quiet boats at dawn"
QUICK = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)


@dataclass(frozen=True)
class People:
    """Ids by (tenant, role); emails are `role@tenant.example`."""

    ids: dict[tuple[str, str], UUID]

    def __getitem__(self, key: tuple[str, str]) -> UUID:
        return self.ids[key]


@pytest.fixture
def security(database: Database):
    service = Security(database, origins=[ORIGIN], passwords=Passwords(hasher=QUICK))
    yield service
    service.close()


@pytest_asyncio.fixture
async def people(database: Database) -> People:
    ids: dict[tuple[str, str], UUID] = {}
    password_hash = QUICK.hash(PASSWORD)
    for tenant in ("onda", "rival"):
        async with database.tenant(tenant) as conn:
            for role in ROLES:
                ids[tenant, role] = new_id()
                await conn.execute(
                    "INSERT INTO agent (tenant_id, id, email, name, password_hash, roles, locale, created_at)"
                    " VALUES ($1, $2, $3, $4, $5, $6, 'en', $7)",
                    tenant, ids[tenant, role], f"{role}@{tenant}.example", f"{role.title()} of {tenant.title()}",
                    password_hash, [role], utc_now(),
                )  # fmt: skip
    return People(ids)


SignedIn = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest_asyncio.fixture
async def browser(security: Security, people: People) -> AsyncIterator[SignedIn]:
    """`await browser(routers, role, tenant)`: a client of an app with these routers; role None is a stranger."""
    async with AsyncExitStack() as stack:

        async def open_browser(
            routers: list[APIRouter] | FastAPI, role: str | None = "admin", tenant: str = "onda"
        ) -> httpx.AsyncClient:
            app = routers if isinstance(routers, FastAPI) else build(routers, security)
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
            await stack.enter_async_context(client)
            if role is not None:
                session = await security.open_as(tenant, role, Client("127.0.0.1"))
                client.cookies.set(COOKIE, session.token.cookie_value)
                client.headers["X-CSRF-Token"] = session.token.csrf
            return client

        yield open_browser


def build(routers: list[APIRouter], security: Security) -> FastAPI:
    """Return an application of `routers` under `/api`, as the product wires them."""
    app = FastAPI()
    for router in routers:
        app.include_router(router, prefix="/api")
    security_api.install(app, security)
    return app


@pytest_asyncio.fixture
async def core(database_url: str, people: People, tmp_path: Path) -> AsyncIterator[Core]:
    """The opened parts of the real product on this test's database."""
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path, public_url=ORIGIN)) as opened:
        yield opened


@pytest_asyncio.fixture
async def product(core: Core) -> AsyncIterator[FastAPI]:
    """The whole web application, as it is served."""
    web = build_web(core)
    yield web.app
    web.security.close()
