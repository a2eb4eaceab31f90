"""The desk's rooms, put together: commits and signals reach the desks."""

from house import House
from warmline.features.desk.alerts import Alert
from warmline.features.desk.board_alerts import write
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now


async def test_an_offer_committed_anywhere_rings_at_the_desk(house: House):
    customer, _, opened = await house.customer()
    customer.send(t="say", cid="w", text="agent", value="agent")
    await customer.take("ack")
    desk = await house.desk()
    assert (await desk.take("welcome"))["me"]["load"] == {}
    await house.offer(opened["contact"]["id"])
    assert (await desk.take("card"))["card"]["offer"]
    assert (await desk.take("me", lambda f: f["me"]["load"] == {"webchat": 1}))["me"]["presence"] == "offline"


async def test_every_desk_shows_an_emergency_as_soon_as_it_is_announced_and_not_after(house: House, feed):
    desk = await house.desk()
    assert (await desk.take("welcome"))["me"]["emergencies"] == []
    text = {"ko": "폭설", "ja": "大雪", "en": "Snow"}
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO announcement (tenant_id, id, slot, texts, starts_at, ends_at, scope)"
            " VALUES ('onda', $1, 'emergency', $2, now(), now() + interval '1 hour', $3)",
            new_id(), text, {"queues": ["orders"]},
        )  # fmt: skip
    await feed.signal("onda", "settings", "announcement")
    [shown] = (await desk.take("me", lambda f: f["me"]["emergencies"] != []))["me"]["emergencies"]
    assert (shown["texts"], shown["queues"], shown["channels"]) == (text, ["orders"], [])
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE announcement SET enabled = false")
    await feed.signal("onda", "settings", "announcement")
    await desk.take("me", lambda f: f["me"]["emergencies"] == [])


async def test_a_supervisor_s_desk_hears_of_alerts_wherever_they_are_and_an_agent_s_does_not(house: House, feed):
    agent = await house.desk()
    desk = await house.desk("sora")
    assert (await desk.take("welcome"))["me"]["alerts"] == []
    at = utc_now()
    async with house.database.tenant("onda") as conn:
        await write(conn, "onda", [Alert("orders", "waiting", "warn", 7, 5, at)], [], at)
    await feed.signal("onda", "alerts", "")
    [alert] = (await desk.take("me", lambda f: f["me"]["alerts"] != []))["me"]["alerts"]
    assert (alert["queue_id"], alert["metric"], alert["level"]) == ("orders", "waiting", "warn")
    assert (await agent.take("me"))["me"]["alerts"] == []
