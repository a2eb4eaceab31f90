"""A designer compares versions over HTTP."""

from tests.features.conftest import SignedIn
from tests.features.experiments.conftest import Shop

from warmline.features.experiments.api import router

WISH = {"version_a": 1, "version_b": 3, "metric": "contained", "within_s": 60, "difference": 0.2}


async def test_a_designer_plans_begins_watches_and_ends_a_comparison(shop: Shop, browser: SignedIn):
    designer = await browser([router(shop.experiments)], "designer")
    plan = await designer.post("/api/journeys/front/splits/plan", json=WISH)
    assert plan.status_code == 200, plan.text
    assert plan.json()["needed"] > 100
    begun = await designer.post("/api/journeys/front/splits", json=WISH)
    assert begun.status_code == 201, begun.text
    assert begun.json()["comparison"]["verdict"] == "undecided"
    assert begun.json()["split"]["needed"] == plan.json()["needed"]
    listed = (await designer.get("/api/journeys/front/splits")).json()["items"]
    assert [one["split"]["id"] for one in listed] == [begun.json()["split"]["id"]]
    ended = await designer.post(f"/api/journeys/front/splits/{begun.json()['split']['id']}/end")
    assert ended.json()["split"]["ended_at"] is not None
    assert (await designer.get("/api/journeys/nowhere/splits")).status_code == 404


async def test_a_supervisor_watches_but_does_not_begin(shop: Shop, browser: SignedIn):
    supervisor = await browser([router(shop.experiments)], "supervisor")
    assert (await supervisor.get("/api/journeys/front/splits")).status_code == 200
    assert (await supervisor.post("/api/journeys/front/splits", json=WISH)).status_code == 403
