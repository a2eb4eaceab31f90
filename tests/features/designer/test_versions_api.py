"""Versions over HTTP: the list, the differences, the merge with its conflicts, the way back."""

from fastapi import APIRouter
from tests.features.conftest import SignedIn
from tests.features.designer.conftest import hello
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.features.designer.simulator import Libraries
from warmline.features.designer.versions import Versions
from warmline.features.designer.versions_api import versions_router
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.runtime.database import Database


def _versions(database: Database, journeys: Journeys) -> APIRouter:
    return versions_router(Versions(database, journeys, Libraries(database, PLATFORM, TASKS)))


async def test_a_designer_sees_what_changed_and_goes_back(
    browser: SignedIn, database: Database, journeys: Journeys, mina: Actor
):
    for prompts in (("hello.hi",), ("hello.hi", "hello.open")):
        await journeys.publish("onda", mina, "hello", hello(*prompts))
    desk = await browser(
        [versions_router(Versions(database, journeys, Libraries(database, PLATFORM, TASKS)))], "designer"
    )
    lines = (await desk.get("/api/journeys/hello/versions")).json()["items"]
    assert [(one["version"], one["published_by_name"]) for one in lines] == [
        (2, "Designer of Onda"), (1, "Designer of Onda"),
    ]  # fmt: skip
    changes = (await desk.get("/api/journeys/hello/diff?from=1&to=2")).json()["changes"]
    assert [(one["kind"], one["what"], one["path"]) for one in changes] == [("added", "step", "start/1")]
    back = await desk.post("/api/journeys/hello/rollback", json={"version": 1, "newest": 2})
    assert (back.status_code, back.json()["version"]) == (201, 3)
    assert (await desk.get("/api/journeys/hello/diff?from=1&to=newest")).json()["changes"] == []
    assert (await desk.get("/api/journeys/hello/diff?from=1&to=9")).status_code == 404
    same = (await desk.get("/api/journeys/hello/diff/ways?from=1&to=3")).json()
    assert (same["changed"], same["lost"], same["examples"]) == (0, [], [])
    other = (await desk.get("/api/journeys/hello/diff/ways?from=1&to=2")).json()
    assert other["examples"][0]["before"] != other["examples"][0]["after"]
    assert (await desk.get("/api/journeys/nowhere/versions")).json()["items"] == []


async def test_a_conflict_names_its_place_and_its_choices(
    browser: SignedIn, database: Database, journeys: Journeys
):
    desk = await browser(
        [versions_router(Versions(database, journeys, Libraries(database, PLATFORM, TASKS)))], "designer"
    )
    body = {"base": hello("hello.hi"), "mine": hello("hello.open"), "theirs": hello("hello.bye")}
    answer = (await desk.post("/api/journeys/hello/merge", json=body)).json()
    (conflict,) = answer["conflicts"]
    assert (conflict["path"], conflict["field"], conflict["choices"]) == ("start/0", "prompt", ["mine", "theirs"])
    assert (conflict["base"], conflict["mine"], conflict["theirs"]) == ("hello.hi", "hello.open", "hello.bye")
    decided = await desk.post("/api/journeys/hello/merge", json=body | {"choices": {conflict["id"]: "theirs"}})
    assert decided.json() == {"document": hello("hello.bye"), "conflicts": []}
    shapeless = await desk.post("/api/journeys/hello/merge", json=body | {"mine": {"id": "hello"}})
    assert shapeless.status_code == 422
