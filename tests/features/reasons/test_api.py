"""An administrator keeps the catalogue over HTTP; designers and supervisors read it."""

from tests.features.conftest import SignedIn
from tests.features.reasons.conftest import catalogue

from warmline.features.reasons.api import router
from warmline.runtime.database import Database

NEW = {
    "id": "gift_card",
    "name": {"ko": "상품권", "ja": "ギフト券", "en": "Gift card"},
    "tags": ["PCI_DSS", "PCI_DSS"],
}


async def test_an_administrator_adds_changes_and_removes_a_reason(database: Database, browser: SignedIn):
    admin = await browser([router(catalogue(database, []))], "admin")
    created = await admin.post("/api/reasons", json=NEW)
    assert created.status_code == 201, created.text
    assert created.json()["tags"] == ["PCI_DSS"]
    body = {"name": NEW["name"], "level": 1, "version": 1}
    changed = await admin.put("/api/reasons/gift_card", json=body)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    items = {one["id"]: one for one in (await admin.get("/api/reasons")).json()["items"]}
    assert items["gift_card"]["entry"]["level"] == 1
    assert items["gift_card"]["gaps"] == [{"kind": "no_journey", "about": ""}]
    assert (await admin.delete("/api/reasons/gift_card", params={"version": 2})).status_code == 204
    assert (await admin.post("/api/reasons", json=NEW | {"tags": ["GDPR"]})).status_code == 422


async def test_how_often_customers_may_be_misunderstood_is_set_by_reason_and_taken_back(
    database: Database, browser: SignedIn
):
    admin = await browser([router(catalogue(database, []))], "admin")
    assert (await admin.post("/api/reasons", json=NEW)).json()["person_after"] is None
    body = {"name": NEW["name"], "version": 1, "person_after": 3}
    changed = await admin.put("/api/reasons/gift_card", json=body)
    assert changed.json()["person_after"] == 3
    for unfit in (0, 21, "often"):
        refused = await admin.put("/api/reasons/gift_card", json=body | {"version": 2, "person_after": unfit})
        assert refused.status_code == 422
    back = await admin.put("/api/reasons/gift_card", json={"name": NEW["name"], "version": 2})
    assert back.json()["person_after"] is None


async def test_a_designer_reads_the_map_and_changes_nothing(database: Database, browser: SignedIn):
    designer = await browser([router(catalogue(database, []))], "designer")
    assert (
        await designer.get("/api/reasons", params={"from": "2026-11-02", "to": "2026-11-02"})
    ).status_code == 200
    assert (await designer.post("/api/reasons", json=NEW)).status_code == 403
    assert (
        await designer.get("/api/reasons", params={"from": "2026-11-02", "to": "2026-11-01"})
    ).status_code == 422
