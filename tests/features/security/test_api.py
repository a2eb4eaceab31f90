"""Signing in through the web, as the desk does it."""

import pytest
from tests.features.conftest import ORIGIN, PASSWORD, SignedIn

from warmline.features.security.api import router
from warmline.features.security.tokens import COOKIE
from warmline.runtime.database import Database

MINA = {"tenant": "onda", "email": "agent@onda.example", "password": PASSWORD}


async def test_the_desk_signs_in_reloads_and_signs_out(browser: SignedIn, database: Database):
    desk = await browser([router(database)], None)
    opened = await desk.post("/api/auth/login", json=MINA)
    assert opened.status_code == 200
    assert opened.json()["me"]["roles"] == ["agent"]
    reloaded = await desk.get("/api/auth/me")
    assert reloaded.json() == opened.json()
    assert (await desk.post("/api/auth/logout")).json()["error"]["code"] == "security.csrf"
    csrf = {"X-CSRF-Token": reloaded.json()["csrf"]}
    assert (await desk.post("/api/auth/logout", headers=csrf)).status_code == 204
    assert (await desk.get("/api/auth/me")).status_code == 401


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: SignedIn, database: Database):
    desk = await browser([router(database)], None)
    cookie = (await desk.post("/api/auth/login", json=MINA)).headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=onda.")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


async def test_another_site_cannot_sign_a_browser_in(browser: SignedIn, database: Database):
    desk = await browser([router(database)], None)
    foreign = {"Origin": "https://evil.example"}
    assert (await desk.post("/api/auth/login", json=MINA, headers=foreign)).status_code == 403
    assert (await desk.post("/api/auth/login", json=MINA, headers={"Origin": ORIGIN})).status_code == 200


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"email": "x@onda.example"}, {"tenant": "nowhere"}])
async def test_a_wrong_answer_gives_no_hint_and_no_cookie(
    browser: SignedIn, database: Database, change: dict[str, str]
):
    desk = await browser([router(database)], None)
    answer = await desk.post("/api/auth/login", json=MINA | change)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "security.wrong_credentials"
    assert "set-cookie" not in answer.headers


async def test_a_changed_password_keeps_this_browser_signed_in(browser: SignedIn, database: Database):
    desk = await browser([router(database)], "agent")
    body = {"current": PASSWORD, "new": "harbour lights in autumn"}
    changed = await desk.post("/api/auth/password", json=body)
    assert changed.status_code == 200
    assert changed.json()["csrf"] != desk.headers["X-CSRF-Token"]
    assert (await desk.get("/api/auth/me")).status_code == 200


async def test_an_administrator_reads_and_verifies_the_audit_log(browser: SignedIn, database: Database):
    desk = await browser([router(database)], "admin")
    lines = (await desk.get("/api/audit?limit=1")).json()
    assert lines["items"][0]["action"] == "session.opened"
    assert (await desk.get("/api/audit/verify")).json()["intact"] is True
    assert (await desk.get("/api/audit?before=1")).json() == {"items": [], "next": None}
