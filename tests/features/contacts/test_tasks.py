"""Journeys ask for work; whatever happens to it, the customer gets an answer."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.features.contacts.conftest import Another

from house import House
from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.journey.document import End, Goto, Invoke, Journey, Menu, Option, Say
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.ids import new_id
from warmline.runtime.commit_fold import Known

ERRAND = Journey(
    id="errand",
    on_error=(End("t.bye"),),
    sections={
        "start": (
            Invoke(
                "shop.find", into="order", failed=(Goto("sorry"),), timed_out=(End("t.closed", "message_taken"),),
                retries=0, timeout_s=0.2, result=("status",), args={"number": "A-1"},
            ),
            End("t.thanks"),
        ),
        "sorry": (Say("t.closed"), End("t.bye")),
    },
)  # fmt: skip


@pytest.fixture
async def errand(house: House) -> UUID:
    """A contact whose journey waits for the shop."""
    return await _opened(house, ERRAND)


async def _opened(house: House, journey: Journey) -> UUID:
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " VALUES ('onda', 'errand', 1, $1, $2)",
            journey,
            datetime.now(UTC),
        )
    house.rooms.facts.settings_changed("onda")
    opened = await house.rooms.service.open(
        "onda", channel="webchat", customer_id=new_id(), conversation_id=new_id(), locale="en",
        journey_id="errand",
    )  # fmt: skip
    return opened.contact.id


async def said(house: House, contact_id: UUID) -> list[str]:
    told = await house.rooms.chat.history("onda", contact_id, 0)
    return [one.event.text for one in told if getattr(one.event, "author", None) == "bot"]


async def test_an_answer_from_the_shop_reaches_the_customer(house: House, errand: UUID):
    asked: list[tuple[str, int, dict[str, object]]] = []

    async def find(context, args):
        asked.append((context.tenant_id, context.attempt, args))
        return {"status": "shipped"}

    runner = house.rooms.task_runner({"shop.find": find})
    rows = await house.rooms.task_lane().claim("onda")
    await runner.handle(rows)
    assert asked == [("onda", 1, {"number": "A-1"})]
    assert await said(house, errand) == ["Thank you for telling us."]
    await runner.handle(rows)
    assert len(asked) == 1, "done once, even if the row comes back after a crash"


async def test_work_that_arrives_before_the_news_of_its_contact_is_done_all_the_same(
    house: House, another: Another
):
    asking = Menu("t.menu", options=(Option("go", "t.bye", then=(Goto("find"),)),), give_up=(Goto("find"),))
    journey = replace(ERRAND, sections={**ERRAND.sections, "start": (asking,), "find": ERRAND.sections["start"]})
    contact_id = await _opened(house, journey)
    another.rooms.facts.settings_changed("onda")
    assert not (await another.rooms.service.load("onda", contact_id)).tasks
    await house.rooms.service.command("onda", contact_id, CustomerMessage("m", "go", "go"))

    async def find(context, args):
        return {"status": "shipped"}

    await another.rooms.task_runner({"shop.find": find}).handle(await house.rooms.task_lane().claim("onda"))
    assert (await said(house, contact_id))[-1] == "Thank you for telling us."


@pytest.mark.parametrize("kind", ["provider", "bug", "unknown", "slow"])
async def test_a_failing_shop_is_explained(house: House, errand: UUID, kind: str):
    async def find(context, args):
        if kind == "provider":
            raise ProviderFailed("The shop answered 503.", retryable=True)
        if kind == "slow":
            await asyncio.Event().wait()
        raise RuntimeError("a bug")

    registry = {} if kind == "unknown" else {"shop.find": find}
    await house.rooms.task_runner(registry).handle(await house.rooms.task_lane().claim("onda"))
    last = {"slow": ["Nobody is here right now."]}.get(kind, ["Nobody is here right now.", "Thank you."])
    assert await said(house, errand) == last
    if kind == "bug":
        assert [str(failure) for failure in house.failures] == ["a bug"]
        house.failures.clear()


async def test_the_lane_works_by_itself(house: House, errand: UUID):
    async def find(context, args):
        return {"status": "shipped"}

    worker = house.hub.tasks.spawn(
        "tasks", house.rooms.task_runner({"shop.find": find}).run(house.rooms.task_lane)
    )
    async with asyncio.timeout(10):
        while "Thank you for telling us." not in await said(house, errand):
            await asyncio.sleep(0.02)
    worker.cancel()


async def test_a_timer_that_rings_before_the_news_of_its_contact_is_heard_all_the_same(
    house: House, another: Another
):
    asked = Menu("t.menu", options=(Option("go", "t.bye"),), no_input_s=0.02, give_up=(Goto("sorry"),))
    contact_id = await _opened(house, replace(ERRAND, sections={**ERRAND.sections, "start": (asked,)}))
    stored = await another.rooms.service.load("onda", contact_id)
    [(timer, due_at)] = [one for one in stored.timers.items() if one[0].startswith("journey.")]
    another.memory.put("onda", contact_id, Known(replace(stored, timers={}), ()))
    while datetime.now(UTC) <= due_at:
        await asyncio.sleep(0.005)
    before = len(await said(house, contact_id))
    await another.rooms.service.timer_fired("onda", contact_id, timer)
    assert len(await said(house, contact_id)) > before
