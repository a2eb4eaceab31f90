"""The emergency switch as the screens press it."""

from datetime import UTC, datetime, timedelta

from tests.features.conftest import SignedIn

from warmline.features.admin.api import router
from warmline.features.security.service import Security
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


async def _quiet(tenant_id: str, name: str, payload: str) -> None: ...


async def test_an_emergency_is_previewed_started_seen_and_stopped(
    browser: SignedIn, database: Database, security: Security
):
    document = {"id": "front-desk", "sections": {"start": [{"step": "announce", "slot": "emergency"}]}}
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO journey VALUES ('onda', 'front-desk', 1, $1, NULL, now())", document)
    admin = await browser([router(database, security.passwords, _quiet)])
    await admin.post("/api/queues", json={"id": "orders", "name": NAME})
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    draft = {"texts": NAME, "ends_at": until}
    preview = (await admin.post("/api/emergency/preview", json=draft)).json()
    assert (preview["valid_now"], preview["journeys"]) == (True, ["front-desk"])
    assert [(q["id"], q["waiting"]) for q in preview["queues"]] == [("orders", 0)]
    only = {"scope": {"queues": ["orders"], "channels": ["voice"]}}
    narrow = (await admin.post("/api/emergency/preview", json=draft | only)).json()
    assert (narrow["journeys"], narrow["widgets"]) == ([], [])
    key = str(new_id())
    started = await admin.post("/api/emergency", json=draft | {"id": key, "prepared_id": "weather"})
    assert (started.status_code, started.json()["valid_now"]) == (201, True)
    assert [one["id"] for one in (await admin.get("/api/emergency")).json()["items"]] == [key]
    assert (await admin.post(f"/api/emergency/{key}/stop")).status_code == 204
    assert (await admin.get("/api/emergency")).json() == {"items": []}


async def test_an_emergency_that_would_never_end_or_has_ended_is_not_even_previewed(
    browser: SignedIn, database: Database, security: Security
):
    admin = await browser([router(database, security.passwords, _quiet)])
    for ends_at in ("2000-01-01T00:00:00Z", "2190-01-01T00:00:00Z"):
        refused = await admin.post("/api/emergency/preview", json={"texts": NAME, "ends_at": ends_at})
        assert refused.status_code == 422
        assert "within a year" in refused.text
