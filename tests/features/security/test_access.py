"""What a route must declare before anybody may call it."""

from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends
from tests.features.conftest import ORIGIN, SignedIn

from warmline.features.security.access import open_to_all, require
from warmline.features.security.service import Session


def _routes() -> list[APIRouter]:
    api = APIRouter()

    @api.get("/customers")
    async def read(session: Annotated[Session, Depends(require("customers.read"))]) -> str:
        return session.identity.name

    @api.post("/customers/erase")
    async def erase(session: Annotated[Session, Depends(require("customers.erase"))]) -> str:
        return session.identity.name

    return [api]


async def _code(answer: httpx.Response) -> str:
    return answer.json()["error"]["code"] if answer.status_code >= 400 else "ok"


async def test_a_stranger_is_asked_to_sign_in_and_a_role_decides_the_rest(browser: SignedIn):
    expected = {None: "sign_in", "designer": "not_allowed", "agent": "ok", "admin": "ok"}
    for role, code in expected.items():
        client = await browser(_routes(), role)
        assert await _code(await client.get("/api/customers")) == code


async def test_a_write_needs_the_token_of_this_very_session(browser: SignedIn):
    client = await browser(_routes(), "admin")
    other = await browser(_routes(), "admin")
    assert await _code(await client.post("/api/customers/erase")) == "ok"
    stolen = {"X-CSRF-Token": other.headers["X-CSRF-Token"]}
    assert await _code(await client.post("/api/customers/erase", headers=stolen)) == "security.csrf"
    del client.headers["X-CSRF-Token"]
    assert await _code(await client.post("/api/customers/erase")) == "security.csrf"


async def test_a_write_from_another_site_is_refused_even_with_the_token(browser: SignedIn):
    client = await browser(_routes(), "admin")
    assert await _code(await client.post("/api/customers/erase", headers={"Origin": ORIGIN})) == "ok"
    foreign = {"Origin": "https://evil.example"}
    assert await _code(await client.post("/api/customers/erase", headers=foreign)) == "security.csrf"


def test_a_permission_must_be_in_the_table_and_public_ones_are_declared_as_such():
    for wrong in (
        lambda: require("world.peace"),
        lambda: require("auth.login"),
        lambda: open_to_all("audit.read"),
    ):
        with pytest.raises(KeyError):
            wrong()
    assert open_to_all("auth.login")
