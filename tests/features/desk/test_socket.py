"""The whole way of one contact between a widget and a desk, and what desks may and may not do."""

from datetime import timedelta
from uuid import UUID

import msgspec

from house import House
from warmline.domain.contact.commands import MakeOffer
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now


async def connected(house: House):
    """A customer and Mina, connected."""
    customer, _, opened = await house.customer()
    contact = opened["contact"]["id"]
    customer.send(t="say", cid="wish", text="상담원", value="agent")
    await customer.event("contact_queued")
    desk = await house.desk()
    await desk.take("welcome")
    offer = await house.offer(contact)
    await desk.take("history")
    desk.send(t="cmd", cid="accept", contact=contact, c={"kind": "accept_offer", "offer_id": str(offer)})
    await desk.take("ack")
    await customer.event("agent_joined", agent_name="Mina")
    return customer, desk, contact


async def test_from_the_first_hello_to_the_last_star(house: House):
    customer, welcome, opened = await house.customer()
    assert welcome["settings"]["name"] == "온다"
    assert welcome["contact"] is None
    contact = opened["contact"]["id"]
    texts = [item["e"].get("text") for item in opened["events"]]
    assert "안녕하세요, 온다입니다." in texts
    menu = opened["events"][-1]["e"]
    assert [reply["value"] for reply in menu["quick_replies"]] == ["agent", "bye"]

    customer.send(t="say", cid="wish", text="상담원", value="agent")
    assert (await customer.take("ack"))["cid"] == "wish"
    await customer.event("contact_queued")

    desk = await house.desk()
    snapshot = await desk.take("welcome")
    assert snapshot["contacts"] == []
    assert {queue["id"] for queue in snapshot["queues"]} == {"orders", "general"}
    offer = await house.offer(contact)
    card = (await desk.take("card"))["card"]
    assert card["status"] == "offered"
    assert card["customer"] == {"id": card["customer"]["id"], "name": "김하늘", "known": True}
    history = await desk.take("history")
    assert history["events"][0]["e"]["kind"] == "contact_opened"
    assert [item["seq"] for item in history["events"]] == list(range(1, len(history["events"]) + 1))

    desk.send(t="cmd", cid="accept", contact=contact, c={"kind": "accept_offer", "offer_id": str(offer)})
    await desk.take("ack", lambda f: f["cid"] == "accept")
    await customer.event("agent_joined", agent_name="Mina")
    desk.send(t="typing", contact=contact, on=True)
    assert (await customer.take("typing"))["author"] == "agent"
    desk.send(t="cmd", cid="m1", contact=contact, c={"kind": "agent_message", "text": "안녕하세요, 미나입니다."})
    heard = await customer.event("message_sent", author="agent")
    assert heard["e"]["text"] == "안녕하세요, 미나입니다."
    assert "agent_id" not in heard["e"], "the agent's id is not the customer's business"
    customer.send(t="say", cid="reply", text="배송지를 바꾸고 싶어요")
    assert (await desk.event("message_sent", author="customer"))["e"]["text"] == "배송지를 바꾸고 싶어요"

    desk.send(t="cmd", cid="bye", contact=contact, c={"kind": "agent_ends"})
    rating = await customer.event("message_sent", text="상담은 어떠셨나요?")
    assert rating["e"]["quick_replies"]
    customer.send(t="say", cid="stars", text="5", value="5")
    await customer.event("contact_ended")
    desk.send(
        t="cmd",
        cid="wrap",
        contact=contact,
        c={"kind": "finish_wrap_up", "disposition": "address", "summary": "완료"},
    )
    await desk.take("gone")
    stored = await house.rooms.service.load("onda", UUID(contact))
    assert (stored.csat, stored.disposition, stored.status) == (5, "address", "ended")


async def test_a_customer_never_receives_internal_events_and_every_frame_knows_its_predecessor(house: House):
    customer, desk, contact = await connected(house)
    desk.send(t="cmd", cid="n", contact=contact, c={"kind": "add_note", "text": "단골 고객"})
    await desk.event("note_added")
    desk.send(t="cmd", cid="m", contact=contact, c={"kind": "agent_message", "text": "안녕하세요"})
    last = await customer.event("message_sent", author="agent")
    customer.send(t="resume", contact=contact, seq=0)
    story = (await customer.take("events"))["events"]
    assert "note_added" not in {item["e"]["kind"] for item in story}
    previous = 0
    for item in story:
        assert item["prev"] == previous
        previous = item["seq"]
    assert previous == last["seq"]


async def test_an_agent_cannot_write_into_somebody_elses_contact(house: House):
    _, _, contact = await connected(house)
    other = await house.desk("yuki")
    await other.take("welcome")
    other.send(t="cmd", cid="x", contact=contact, c={"kind": "agent_message", "text": "안녕하세요"})
    refused = await other.take("error")
    assert (refused["cid"], refused["code"]) == ("x", "contact.not_yours")
    assert refused["fix"]
    other.send(t="cmd", cid="y", contact=contact, c={"kind": "reassign", "queue_id": "general"})
    assert (await other.take("error"))["code"] == "not_allowed"


async def test_a_supervisor_watches_a_contact_and_moves_it(house: House):
    customer, desk, contact = await connected(house)
    boss = await house.desk("sora")
    await boss.take("welcome")
    boss.send(t="watch", contact=contact, seq=0)
    assert (await boss.take("history"))["events"]
    boss.send(t="board", on=True)
    assert "at" in (await boss.take("board"))["board"]
    boss.send(t="cmd", cid="r", contact=contact, c={"kind": "reassign", "queue_id": "general"})
    await boss.take("ack")
    assert (await desk.take("gone"))["contact"] == contact
    await customer.event("agent_left", why="reassigned")
    await boss.event("contact_queued", why="reassigned")


async def test_the_same_command_sent_twice_takes_effect_once(house: House):
    customer, desk, contact = await connected(house)
    hold = {"t": "cmd", "cid": "once", "contact": contact, "c": {"kind": "hold"}}
    desk.send(**hold)
    first = await desk.take("ack")
    desk.send(t="cmd", cid="res", contact=contact, c={"kind": "resume"})
    await customer.event("customer_resumed")
    desk.send(**hold)
    again = await desk.take("ack", lambda f: f["cid"] == "once")
    assert again["seq"] == first["seq"]
    assert (await house.rooms.service.load("onda", UUID(contact))).on_hold_since is None


async def test_a_burst_of_messages_reaches_the_desk_one_by_one_and_its_card_once(house: House):
    customer, desk, contact = await connected(house)
    for number in range(5):
        customer.send(t="say", cid=f"b{number}", text=f"message {number}")
    for number in range(5):
        await desk.event("message_sent", text=f"message {number}")
    shown = await desk.take("card", lambda f: f["card"]["last_text"] == "message 4")
    assert shown["card"]["seq"] == (await house.rooms.service.load("onda", UUID(contact))).seq
    cards = [f for f in desk.frames if f["t"] == "card" and (f["card"]["last_text"] or "").startswith("message")]
    assert len(cards) < 4


async def test_a_desk_that_comes_back_gets_exactly_what_it_missed(house: House):
    customer, desk, contact = await connected(house)
    customer.send(t="say", cid="a", text="첫 번째")
    seen = await desk.event("message_sent", text="첫 번째")
    desk.drop()
    customer.send(t="say", cid="b", text="두 번째")
    await customer.take("ack", lambda f: f["cid"] == "b")
    again = await house.desk(contacts={contact: seen["seq"]})
    assert [card["id"] for card in (await again.take("welcome"))["contacts"]] == [contact]
    missed = (await again.take("history"))["events"]
    assert [item["e"]["text"] for item in missed if item["e"]["kind"] == "message_sent"] == ["두 번째"]


async def test_a_command_that_cannot_be_read_is_refused_by_its_own_mark(house: House):
    _, desk, contact = await connected(house)
    desk.send(
        t="cmd",
        cid="wrap",
        contact=contact,
        c={"kind": "finish_wrap_up", "disposition": "solved", "summary": "s" * 5000},
    )
    refused = await desk.take("error")
    assert (refused["code"], refused["cid"]) == ("invalid", "wrap")
    desk.send(t="nonsense")
    assert "cid" not in await desk.take("error")


async def test_an_agent_who_writes_faster_than_can_be_read_is_told_how_long_to_wait(house: House):
    _, desk, contact = await connected(house)
    for number in range(2_000):
        desk.send(t="cmd", cid=f"n{number}", contact=contact, c={"kind": "add_note", "text": f"{number}"})
    refused = await desk.take("error")
    assert (refused["code"], refused["fix"]) == ("too_many", "Wait 1 seconds and try again.")


async def test_a_stranger_is_sent_away(house: House):
    nobody = await house.desk("nobody")
    assert (await nobody.take("error"))["code"] == "sign_in"
    assert await nobody.ended() == 4003


async def test_a_desk_must_say_hello_first(house: House):
    client = await house.connect("/ws/desk", Cookie="warmline_session=mina")
    assert client.transport is not None
    client.send(t="ping")
    assert await client.ended() == 4001


async def test_presence_changes_are_told_to_every_desk_of_the_agent(house: House):
    first, second = await house.desk(), await house.desk()
    await first.take("welcome")
    await second.take("welcome")
    first.send(t="presence", cid="p", presence="available")
    await first.take("ack")
    told = await second.take("me", lambda f: f["me"]["presence"] == "available")
    assert told["me"]["name"] == "Mina"
    assert msgspec.json.encode(told)


async def test_the_board_is_shown_to_who_looks_away_and_back_in_one_breath(house: House):
    boss = await house.desk("sora")
    await boss.take("welcome")
    for on in (True, False, True):
        boss.send(t="board", on=on)
    await boss.take("board")
    assert "at" in (await boss.take("board"))["board"]


async def test_accepting_on_one_desk_stops_the_ringing_on_the_other(house: House):
    customer, _, opened = await house.customer()
    contact = opened["contact"]["id"]
    customer.send(t="say", cid="wish", text="상담원", value="agent")
    await customer.take("ack")
    first, second = await house.desk(), await house.desk()
    for desk in (first, second):
        await desk.take("welcome")
    offer = await house.offer(contact)
    for desk in (first, second):
        assert (await desk.take("card"))["card"]["status"] == "offered"
    first.send(t="cmd", cid="a", contact=contact, c={"kind": "accept_offer", "offer_id": str(offer)})
    await first.take("ack", lambda f: f["cid"] == "a")
    told = await second.take("card", lambda f: f["card"]["status"] == "connected")
    assert told["card"]["offer"] is None


async def test_an_offer_at_two_desks_disappears_from_the_slower_one(house: House):
    customer, _, opened = await house.customer()
    contact = opened["contact"]["id"]
    customer.send(t="say", cid="wish", text="상담원", value="agent")
    await customer.take("ack")
    mina, yuki = await house.desk(), await house.desk("yuki")
    for desk in (mina, yuki):
        await desk.take("welcome")
    offer = new_id()
    until = utc_now() + timedelta(seconds=20)
    ring = MakeOffer(offer, house.agents["mina"].agent_id, until, also=(house.agents["yuki"].agent_id,))
    await house.rooms.service.command("onda", UUID(contact), ring)
    for desk in (mina, yuki):
        assert (await desk.take("card"))["card"]["offer"]["id"] == str(offer)
    late = await house.desk("yuki")
    assert [card["id"] for card in (await late.take("welcome"))["contacts"]] == [contact]
    yuki.send(t="cmd", cid="a", contact=contact, c={"kind": "accept_offer", "offer_id": str(offer)})
    await yuki.take("ack", lambda f: f["cid"] == "a")
    assert (await mina.take("gone"))["contact"] == contact
