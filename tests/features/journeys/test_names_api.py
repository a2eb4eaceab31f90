"""The designer's page asks what a step can hold and what it may name."""

from tests.features.conftest import SignedIn
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.features.journeys.api import router as journeys_router
from warmline.features.journeys.names_api import router
from warmline.features.journeys.service import Journeys
from warmline.runtime.database import Database


async def test_a_designer_gets_forms_and_names_beside_the_journeys_themselves(
    browser: SignedIn, database: Database, journeys: Journeys
):
    desk = await browser([router(database, lambda _: TASKS, PLATFORM), journeys_router(journeys)], "designer")
    shapes = (await desk.get("/api/journeys/schema")).json()
    say = next(one for one in shapes["steps"] if one["kind"] == "say")
    assert say["fields"] == [
        {
            "name": "prompt", "kind": "prompt", "required": True, "optional": False, "default": "",
            "choices": [], "least": None, "most": None,
        }
    ]  # fmt: skip
    assert {"tag": "step", "leaves_out": True}.items() <= say.items()
    names = (await desk.get("/api/journeys/names")).json()
    assert [one["id"] for one in names["queues"]] == ["orders"]
    assert names["tasks"][0]["answers"] == [{"status": {"kind": "unknown", "optional": False}}]
    assert "emergency" in names["slots"]
    assert {"key": "common.yes", "used_by": []} in names["prompts"]
    assert (await desk.get("/api/journeys/hello")).status_code == 404


async def test_an_agent_does_not_see_how_journeys_are_made(browser: SignedIn, database: Database):
    desk = await browser([router(database, lambda _: TASKS, PLATFORM)], "agent")
    for path in ("schema", "names"):
        assert (await desk.get(f"/api/journeys/{path}")).status_code == 403
