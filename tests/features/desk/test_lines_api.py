"""Agents choose from a line, supervisors push and look after promised calls."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from house import House
from warmline.domain.contact.commands import RequestCallback
from warmline.domain.routing.stats import QueueView, encode
from warmline.features.desk.api import router


async def opened(house: House) -> str:
    customer, _, start = await house.customer()
    customer.send(t="say", cid="w", text="agent", value="agent")
    await customer.take("ack")
    return start["contact"]["id"]


async def with_callbacks(house: House) -> None:
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET rules = $1", {"callback": {"offered": True}})
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'all', '{}', '{}', '[]')"
        )
        await conn.execute("UPDATE agent SET routing_profile_id = 'all'")
    house.rooms.facts.settings_changed("onda")


async def serving(house: House, *queues: str) -> None:
    """Everybody's profile has these queues."""
    seats = [{"queue_id": queue, "priority": 1, "delay_s": 0} for queue in queues]
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO routing_profile (tenant_id, id, name, capacity, queues)"
            " VALUES ('onda', 'own', '{}', '{}', $1)", seats,
        )  # fmt: skip
        await conn.execute("UPDATE agent SET routing_profile_id = 'own'")


async def on_shift(house: House, agent_id: UUID) -> None:
    await house.hub.presence.change("onda", agent_id, "available")


async def test_an_agent_takes_a_customer_from_the_list_unless_they_are_gone(house: House, browser, people):
    await serving(house, "orders")
    for role in ("agent", "supervisor"):
        await on_shift(house, people["onda", role])
    first, second = await opened(house), await opened(house)
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    listed = (await agent.get("/api/queues/orders/waiting")).json()["items"]
    assert [one["id"] for one in listed] == [first, second]
    assert not listed[0]["callback"]
    (line,) = (await agent.get("/api/lines")).json()["items"]
    assert (line["id"], line["waiting"], line["longest_since"]) == ("orders", 2, listed[0]["queued_at"])
    pick = {"cid": "1", "c": {"kind": "pick_contact"}}
    assert (await agent.post(f"/api/contacts/{first}/commands", json=pick)).status_code == 200
    gone = await boss.post(f"/api/contacts/{first}/commands", json=pick)
    assert (gone.status_code, gone.json()["error"]["code"]) == (409, "contact.taken_already")
    assert [one["id"] for one in (await agent.get("/api/queues/orders/waiting")).json()["items"]] == [second]
    assert (await house.rooms.service.load("onda", UUID(first))).agent_id == people["onda", "agent"]


async def test_the_list_says_how_long_each_customer_is_expected_to_wait_still(house: House, browser):
    await serving(house, "orders")
    first, second = await opened(house), await opened(house)
    just_came = await opened(house)
    agent = await browser([router(house.rooms.store, house.hub)], "agent")

    async def expected() -> dict[str, object]:
        listed = (await agent.get("/api/queues/orders/waiting")).json()["items"]
        return {one["id"]: one["expected"] for one in listed}

    def told(turn: int, staffed: int) -> None:
        line, waits = (UUID(first), UUID(second)), ((20, 50), (170, 290))
        for payload in encode(QueueView("orders", 3, staffed, line, waits), epoch=1000, turn=turn):
            house.rooms.facts.queues_told("onda", payload)

    told(1, staffed=1)
    assert await expected() == {
        first: {"low_s": 0, "high_s": 60},
        second: {"low_s": 180, "high_s": 300},
        just_came: None,
    }, "as the customers themselves are told; of the last one the router has said nothing yet"
    told(2, staffed=0)
    assert set((await expected()).values()) == {None}, "nobody is there to answer them"


async def test_who_does_not_serve_a_queue_is_told_so_and_sees_nobody_there(house: House, browser):
    contact = await opened(house)
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    assert (await agent.get("/api/lines")).json()["items"] == []
    assert [line["id"] for line in (await boss.get("/api/lines")).json()["items"]] == ["orders", "general"]
    unseen = await agent.get("/api/queues/orders/waiting")
    assert (unseen.status_code, unseen.json()["error"]["code"]) == (403, "desk.not_your_queue")
    pick = {"cid": "1", "c": {"kind": "pick_contact"}}
    kept = await agent.post(f"/api/contacts/{contact}/commands", json=pick)
    assert kept.json()["error"]["code"] == "desk.not_your_queue"


async def test_a_supervisor_connects_a_customer_to_an_agent_without_asking(house: House, browser, people):
    await with_callbacks(house)
    contact = await opened(house)
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    target = people["onda", "agent"]
    await on_shift(house, target)
    push = {"cid": "1", "c": {"kind": "reassign", "to_agent_id": str(target), "force": "connect"}}
    assert (await boss.post(f"/api/contacts/{contact}/commands", json=push)).status_code == 200
    told = (await boss.get(f"/api/contacts/{contact}")).json()
    joined = next(item["e"] for item in told["events"] if item["e"]["kind"] == "agent_joined")
    async with house.database.tenant("onda") as conn:
        name = await conn.fetchval("SELECT name FROM agent WHERE id = $1", target)
    assert (joined["agent_id"], joined["agent_name"]) == (str(target), name)


@pytest.mark.parametrize("force", ["ring", "connect"])
async def test_nobody_is_pushed_to_somebody_who_is_not_at_work(house: House, browser, people, force: str):
    await with_callbacks(house)
    contact = await opened(house)
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    path, target = f"/api/contacts/{contact}/commands", people["onda", "agent"]
    push = {"cid": "1", "c": {"kind": "reassign", "to_agent_id": str(target), "force": force}}
    never_there = await boss.post(path, json=push)
    assert (never_there.status_code, never_there.json()["error"]["code"]) == (409, "desk.colleague_off_shift")
    assert never_there.json()["error"]["fix"]
    await on_shift(house, target)
    await house.hub.presence.change("onda", target, "offline")
    assert (await boss.post(path, json=push)).status_code == 409, "has gone home"
    assert (await house.rooms.service.load("onda", UUID(contact))).status == "queued"
    await on_shift(house, target)
    assert (await boss.post(path, json=push)).status_code == 200


async def test_who_is_off_shift_is_asked_to_start_it_before_taking_a_customer(house: House, browser, people):
    await serving(house, "orders")
    contact = await opened(house)
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    path, pick = f"/api/contacts/{contact}/commands", {"cid": "1", "c": {"kind": "pick_contact"}}
    refused = await agent.post(path, json=pick)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "desk.start_shift_first")
    assert (await house.rooms.service.load("onda", UUID(contact))).status == "queued"
    await on_shift(house, people["onda", "agent"])
    assert (await agent.post(path, json=pick)).status_code == 200
    again = {"cid": "2", "c": {"kind": "pick_contact"}}
    await house.hub.presence.change("onda", people["onda", "agent"], "away", "lunch")
    other = await opened(house)
    on_break = await agent.post(f"/api/contacts/{other}/commands", json=again)
    assert on_break.status_code == 200, "a break is part of the shift"


async def test_a_supervisor_sees_moves_and_cancels_a_promised_call(house: House, browser):
    await with_callbacks(house)
    await serving(house, "orders")
    contact = await opened(house)
    await house.rooms.service.command("onda", UUID(contact), RequestCallback("+821012345678"))
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    assert (await agent.get("/api/callbacks")).status_code == 403
    (shown,) = (await boss.get("/api/callbacks", params={"queue_id": "orders"})).json()["items"]
    assert (shown["card"]["id"], shown["card"]["callback"]["phone"]) == (contact, "+821012345678")
    (line,) = (await agent.get("/api/queues/orders/waiting")).json()["items"]
    assert line["callback"], "it competes in its queue"
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    path = f"/api/contacts/{contact}/commands"
    move = {"cid": "1", "c": {"kind": "reschedule_callback", "not_before": later}}
    assert (await agent.post(path, json=move)).status_code == 403
    assert (await boss.post(path, json=move)).status_code == 200
    assert (await agent.get("/api/queues/orders/waiting")).json()["items"] == [], "not before its time"
    assert (
        await boss.post(path, json={"cid": "2", "c": {"kind": "cancel_callback", "reason": "solved"}})
    ).status_code == 200
    assert (await boss.get("/api/callbacks")).json()["items"] == []
    again = await boss.post(path, json={"cid": "3", "c": {"kind": "cancel_callback"}})
    assert again.json()["error"]["code"] == "contact.ended"
