"""A designer watches a journey live; a supervisor looks at the contacts behind the numbers."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from tests.features.conftest import SignedIn
from tests.features.watch.conftest import Town

from warmline.features.watch.api import router

NOW = datetime.now(UTC).date()
RANGE = {"from": str(NOW - timedelta(days=1)), "to": str(NOW + timedelta(days=1))}


async def test_the_map_shows_a_contact_within_a_second_of_its_step(browser: SignedIn, town: Town):
    """Everything is real: the contact is committed, the page asks for the pulse and then for the map over HTTP."""
    page = await browser([router(town.database, town.pulse)], "designer")

    async def pulse() -> int:
        return (await page.get("/api/watch/pulse")).json()["at_ms"]

    async def shown(path: str) -> float:
        """Look as the page does until somebody stands at `path`; return when."""
        known = -1
        async with asyncio.timeout(5):
            while True:
                if (heard := await pulse()) != known:
                    known = heard
                    found = (await page.get("/api/journeys/front/map", params=RANGE)).json()
                    if any(one["now"] for one in found["places"] if one["path"] == path):
                        return time.monotonic()
                await asyncio.sleep(0.1)

    begun = time.monotonic()
    it = await town.open()
    assert await shown("start/1") - begun < 1.0
    begun = time.monotonic()
    await town.tap(it.id, "agent")
    assert await shown("agent/0") - begun < 1.0


async def test_a_supervisor_comes_from_a_number_to_its_contacts_and_a_designer_does_not(
    browser: SignedIn, town: Town
):
    it = await town.open()
    await town.tap(it.id, "agent")
    routes = [router(town.database, town.pulse)]
    leader, designer = await browser(routes, "supervisor"), await browser(routes, "designer")
    asked = RANGE | {"what": "now", "path": "agent/0"}
    found = (await leader.get("/api/journeys/front/map/contacts", params=asked)).json()
    assert [(one["contact_id"], one["status"]) for one in found["items"]] == [(str(it.id), "queued")]
    assert found["next"] is None
    assert (await designer.get("/api/journeys/front/map/contacts", params=asked)).status_code == 403
    assert (await designer.get("/api/journeys/front/map", params=RANGE)).json()["now"] == 1
    assert (await (await browser(routes, "agent")).get("/api/journeys/front/map", params=RANGE)).status_code == 403


async def test_the_way_of_cases_is_told_as_boxes_and_bands(browser: SignedIn, town: Town):
    await town.tap((await town.open("email")).id, "bye")
    desk = await browser([router(town.database, town.pulse)], "supervisor")
    flow = (await desk.get("/api/watch/flow", params=RANGE)).json()
    assert [(one["source"], one["target"]) for one in flow["links"]] == [
        ("0/channel:email", "1/journey:front"),
        ("1/journey:front", "end:contained"),
    ]
    assert (flow["cases"], flow["switched"]) == (1, 0)


async def test_a_wrong_question_names_what_is_wrong(browser: SignedIn, town: Town):
    desk = await browser([router(town.database, town.pulse)], "supervisor")
    for path, params, field in (
        ("front/map", {"from": "2026-11-02", "to": "2026-11-01"}, "to"),
        ("front/map", RANGE | {"version": "0"}, "version"),
        ("front/map", RANGE | {"locale": "fr"}, "locale"),
        ("front/map/contacts", RANGE | {"what": "moon"}, "what"),
    ):
        answer = await desk.get(f"/api/journeys/{path}", params=params)
        assert (answer.status_code, answer.json()["error"]["details"]["field"]) == (422, field)
    assert (await desk.get("/api/journeys/nowhere/map", params=RANGE)).status_code == 404
