"""A customer at a widget: coming back, sending twice, being refused, being masked."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from house import SHOP, House
from warmline.domain.contact.model import ContactStatus


async def test_an_open_conversation_is_told_which_help_page_the_customer_came_from(house: House):
    customer, _, opened = await house.customer()
    contact_id = UUID(opened["contact"]["id"])
    customer.send(t="from_help", attributes={"help_page": "Returns", "help_answers": "Opened?: No"})
    customer.send(t="say", cid="a", text="hello")
    await customer.take("ack")
    contact = await house.rooms.service.load("onda", contact_id)
    assert contact.attributes["help_page"] == "Returns"
    customer.send(t="from_help", attributes={"anything": "else"})
    assert (await customer.take("error"))["code"] == "invalid"


async def test_a_reload_shows_the_same_conversation_without_loss_or_doubles(house: House):
    customer, welcome, opened = await house.customer()
    contact = opened["contact"]["id"]
    customer.send(t="say", cid="a", text="상담원", value="agent")
    await customer.take("ack")
    customer.drop()
    again = await house.widget(visitor=welcome["visitor"])
    back = await again.take("welcome")
    assert back["contact"]["id"] == contact
    assert back["contact"]["status"] == "queued"
    texts = [item["e"].get("text") for item in back["events"] if item["e"].get("author") == "customer"]
    assert texts == ["상담원"]
    assert back["seq"] == back["events"][-1]["seq"]


async def test_a_page_that_kept_its_place_gets_only_what_it_missed(house: House):
    customer, welcome, opened = await house.customer()
    contact, seen = opened["contact"]["id"], opened["seq"]
    customer.drop()
    other = await house.widget(visitor=welcome["visitor"])
    await other.take("welcome")
    other.send(t="say", cid="from-phone", text="상담원", value="agent")
    await other.take("ack")
    again = await house.widget(visitor=welcome["visitor"], contact=contact, seq=seen)
    back = await again.take("welcome")
    assert back["events"][0]["prev"] == seen
    assert back["events"][0]["e"]["client_id"] == "from-phone"


async def test_a_message_sent_again_after_a_lost_ack_counts_once(house: House):
    customer, welcome, _ = await house.customer()
    customer.send(t="say", cid="same", text="배송 문의")
    first = await customer.take("ack")
    customer.drop()
    again = await house.widget(visitor=welcome["visitor"])
    back = await again.take("welcome")
    again.send(t="say", cid="same", text="배송 문의")
    second = await again.take("ack")
    assert second["seq"] == first["seq"]
    history = await house.rooms.chat.history("onda", UUID(back["contact"]["id"]), 0)
    assert sum(getattr(told.event, "client_id", None) == "same" for told in history) == 1


async def test_asking_twice_to_start_opens_one_conversation(house: House):
    customer, _, opened = await house.customer(cid="start-1")
    customer.send(t="start", cid="start-1", locale="ko")
    again = await customer.take("opened")
    assert again["contact"]["id"] == opened["contact"]["id"]


async def test_after_the_end_a_new_conversation_continues_the_case(house: House):
    customer, _, opened = await house.customer()
    customer.send(t="end")
    await customer.event("contact_ended")
    customer.send(t="say", cid="late", text="여보세요?")
    refused = await customer.take("error")
    assert (refused["cid"], refused["code"]) == ("late", "contact.ended")
    customer.send(t="start", cid="second", locale="ja")
    second = await customer.take("opened")
    assert second["contact"]["id"] != opened["contact"]["id"]
    assert second["events"][0]["e"]["continues"] == opened["contact"]["id"]
    assert "こんにちは、オンダです。" in [item["e"].get("text") for item in second["events"]]


async def test_the_language_changes_in_the_middle(house: House):
    customer, _, _ = await house.customer()
    customer.send(t="locale", locale="en")
    await customer.event("locale_changed", locale="en")
    said = await customer.event("message_sent", author="bot")
    assert said["e"]["text"] == "How can we help?"


async def test_a_waiting_customer_hears_their_place_when_it_changes(house: House):
    customer, _, opened = await house.customer()
    customer.send(t="say", cid="a", text="상담원", value="agent")
    await customer.take("ack")
    contact = UUID(opened["contact"]["id"])
    payload = (
        '{"queue_id":"orders","epoch":1,"turn":9,"waiting":2,"staffed":1,"waits":[30,60,100,200],'
        f'"ids":["{UUID(int=5).hex}","{contact.hex}"]}}'
    )
    house.rooms.facts.queues_told("onda", payload)
    place = await customer.take("queue", lambda f: f["position"] == 2)
    assert (place["low_s"], place["high_s"]) == (120, 240)


async def test_another_visitors_conversation_cannot_be_opened(house: House):
    _, _, opened = await house.customer()
    thief = await house.widget(contact=opened["contact"]["id"], seq=0)
    welcome = await thief.take("welcome")
    assert welcome["contact"] is None
    assert welcome["events"] == []
    thief.send(t="resume", contact=opened["contact"]["id"], seq=0)
    assert (await thief.take("error"))["code"] == "chat.no_contact"


async def test_a_foreign_page_may_not_embed_the_widget(house: House):
    with pytest.raises(Exception, match="403"):
        await house.connect("/ws/widget", Origin="https://evil.example")


async def test_our_own_frame_may_open_the_widget(house: House):
    client = await house.connect("/ws/widget", Origin=f"http://127.0.0.1:{house.port}")
    client.send(t="hello", v=1, key="onda", visitor=None, locale="ko")
    assert (await client.take("welcome"))["settings"]["colour"]


async def test_an_unknown_widget_is_refused(house: House):
    client = await house.connect("/ws/widget", Origin=SHOP)
    client.send(t="hello", v=1, key="nobody", visitor=None, locale="ko")
    assert (await client.take("bye"))["reason"] == "widget_refused"
    assert await client.ended() == 4003


@pytest.mark.parametrize("frame", [{"t": "say", "cid": "x", "text": "hi"}, {"t": "unknown"}, {"no": "type"}])
async def test_who_does_not_say_hello_is_sent_away(house: House, frame: dict[str, object]):
    client = await house.connect("/ws/widget", Origin=SHOP)
    client.send(**frame)
    assert await client.ended() == 4001


async def test_writing_too_fast_is_refused_and_the_rest_goes_through(house: House):
    customer, _, _ = await house.customer()
    for number in range(30):
        customer.send(t="say", cid=f"m{number}", text=f"메시지 {number}")
    refused = await customer.take("error")
    assert refused["code"] == "too_many"
    assert refused["fix"] == "Wait 1 seconds and try again."
    assert (await customer.take("ack", lambda f: f["cid"] == "m0"))["seq"]


async def test_more_pages_do_not_let_a_visitor_write_more(house: House):
    _, welcome, _ = await house.customer()
    pages = [await house.widget(visitor=welcome["visitor"]) for _ in range(2)]
    for page in pages:
        await page.take("welcome")
    for number in range(40):  # each page alone would be too much, whichever is heard first
        for at, page in enumerate(pages):
            page.send(t="say", cid=f"{at}-{number}", text="여기요")
    refused = [await page.take("error") for page in pages]
    assert {frame["code"] for frame in refused} == {"too_many"}


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "typing", "on": True},
        {"t": "read", "seq": 1},
        {"t": "locale", "locale": "ja"},
        {"t": "resume", "contact": "00000000-0000-0000-0000-000000000001", "seq": 0},
        {"t": "start", "cid": "s", "locale": "ko"},
        {"t": "ping"},
        {"t": "nonsense"},
    ],
    ids=lambda frame: frame["t"],
)
async def test_a_page_that_floods_us_with_any_frame_is_sent_away_for_a_while(
    house: House, frame: dict[str, object]
):
    customer, welcome, opened = await house.customer()
    for _ in range(200):
        customer.send(**frame)
    bye = await customer.take("bye")
    assert (bye["reason"], bye["retry_after_ms"]) == ("too_many", 5_000)
    assert await customer.ended() == 4029
    again = await house.widget(visitor=welcome["visitor"])
    assert (await again.take("welcome"))["contact"]["id"] == opened["contact"]["id"]


async def test_a_page_may_be_lively_for_as_long_as_a_person_can_be(house: House):
    customer, _, _ = await house.customer()
    for number in range(100):  # a burst as after a long time without a connection
        customer.send(t="read", seq=number)
    customer.send(t="say", cid="after", text="여기 있어요")
    assert await customer.take("ack")
    assert customer.closed is None


async def test_with_very_many_pages_open_the_oldest_one_rests(house: House):
    first, welcome, _ = await house.customer()
    pages = [await house.widget(visitor=welcome["visitor"]) for _ in range(9)]
    for page in pages:
        await page.take("welcome")
    assert first.closed is None
    newest = await house.widget(visitor=welcome["visitor"])
    await newest.take("welcome")
    assert (await first.take("bye"))["reason"] == "replaced"
    assert await first.ended() == 4009
    newest.send(t="say", cid="n", text="새 창이에요")
    assert await newest.take("ack")
    assert (await pages[0].event("message_sent", client_id="n"))["e"]["text"] == "새 창이에요"


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "say", "cid": "mine", "text": 5},
        {"t": "start", "cid": "mine", "locale": "tlh"},
        {"t": "say", "cid": "mine", "attachments": ["not-an-id"]},
        {"t": "shout", "cid": "mine"},
    ],
)
async def test_a_frame_that_cannot_be_taken_is_refused_by_its_own_id(house: House, frame: dict[str, object]):
    customer, _, _ = await house.customer()
    customer.send(**frame)
    refused = await customer.take("error")
    assert (refused["cid"], refused["code"]) == ("mine", "invalid")


async def test_a_frame_whose_id_is_no_better_is_refused_without_it(house: House):
    customer, _, _ = await house.customer()
    customer.send(t="say", cid=["mine"], text="hi")
    assert "cid" not in await customer.take("error")


async def test_a_customer_who_went_away_for_good_is_noticed(house: House):
    house.rooms.visits.__init__(  # a shorter patience than a real page reload would need
        house.rooms.service.command,
        house.hub.tasks,
        house.rooms.report,
        gone_after_s=0.01,
    )
    customer, _, opened = await house.customer()
    told = await house.desk("sora")
    await told.take("welcome")
    told.send(t="watch", contact=opened["contact"]["id"])
    await told.take("history")
    customer.drop()
    await told.event("customer_presence", present=False)
    stored = await house.rooms.service.load("onda", UUID(opened["contact"]["id"]))
    assert "idle" in stored.timers
    assert stored.status is ContactStatus.JOURNEY


async def test_typing_reaches_the_agent_and_is_not_stored(house: House):
    customer, _, opened = await house.customer()
    contact = opened["contact"]["id"]
    boss = await house.desk("sora")
    await boss.take("welcome")
    boss.send(t="watch", contact=contact)
    await boss.take("history")
    customer.send(t="typing", on=True)
    assert await boss.take("typing") == {"t": "typing", "contact": contact, "on": True, "author": "customer"}
    customer.send(t="read", seq=3)
    assert (await boss.take("read"))["seq"] == 3
    customer.send(t="ping")
    assert await customer.take("pong") == {"t": "pong"}


async def test_a_customer_in_line_would_rather_be_called_and_changes_their_mind(house: House):
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET rules = $1", {"callback": {"offered": True}})
    house.rooms.facts.settings_changed("onda")
    customer, _, opened = await house.customer()
    customer.send(t="call_me", cid="early", phone="+821012345678")
    assert (await customer.take("error"))["code"] == "contact.not_queued"
    customer.send(t="say", cid="a", text="상담원", value="agent")
    await customer.take("ack")
    customer.send(t="call_times", cid="when")
    times = await customer.take("call_times")
    assert (times["cid"], times["offered"]) == ("when", True)
    customer.send(t="call_me", cid="no number", phone="12")
    assert (await customer.take("error"))["code"] == "webchat.phone_unreadable"
    begins = datetime.fromisoformat(times["starts"][1])
    window = {"not_before": times["starts"][1], "not_after": (begins + timedelta(minutes=30)).isoformat()}
    customer.send(t="call_me", cid="yes", phone="010-1234-5678", time_zone="Asia/Seoul", **window)
    assert (await customer.take("ack", lambda f: f["cid"] == "yes"))["cid"] == "yes"
    promised = await customer.event("callback_promised")
    assert set(promised["e"]) == {"kind", "due_at", "address_kind"}
    assert promised["e"]["address_kind"] == "phone"
    contact = await house.rooms.service.load("onda", UUID(opened["contact"]["id"]))
    assert contact.status is ContactStatus.CALLBACK
    assert contact.callback is not None
    assert (contact.callback.phone, contact.callback.not_before) == ("+821012345678", begins)
    customer.send(t="call_me", cid="bad", not_before="2020-01-01T00:00:00")
    assert (await customer.take("error"))["code"] == "invalid"
    customer.send(t="call_me", cid="other age", not_before="0001-01-01T00:00:00+14:00")
    assert (await customer.take("error"))["code"] == "contact.callback_window"
    customer.send(t="call_off", cid="no")
    await customer.take("ack", lambda f: f["cid"] == "no")
    assert (await customer.event("callback_closed"))["e"]["outcome"] == "cancelled"
    await customer.event("contact_ended")
