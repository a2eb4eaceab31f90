"""The desk's rooms, put together: commits and signals reach the desks."""

from house import House


async def test_an_offer_committed_anywhere_rings_at_the_desk(house: House):
    customer, _, opened = await house.customer()
    customer.send(t="say", cid="w", text="agent", value="agent")
    await customer.take("ack")
    desk = await house.desk()
    assert (await desk.take("welcome"))["me"]["load"] == {}
    await house.offer(opened["contact"]["id"])
    assert (await desk.take("card"))["card"]["offer"]
    assert (await desk.take("me", lambda f: f["me"]["load"] == {"webchat": 1}))["me"]["presence"] == "offline"
