"""The list of messages over HTTP, as agents and supervisors meet it."""

from tests.features.conftest import SignedIn
from tests.features.messages.conftest import CALLER, Shop

from warmline.domain.contact.call import CallState
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.features.messages.api import number_of
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now


async def test_a_message_nobody_was_told_of_is_heard_called_back_and_done(shop: Shop, browser: SignedIn):
    contact_id, id = await shop.message()
    await shop.recordings.transcribed("onda", id, "택배가 아직 안 왔어요.")
    agent = await browser(shop.routers, "agent")
    assert (await agent.get("/api/messages/count")).json() == {"open": 1, "unheard": 1}
    [one] = (await agent.get("/api/messages")).json()["items"]
    assert (one["id"], one["contact_id"], one["stage"]) == (str(id), str(contact_id), "open")
    assert (one["customer"]["name"], one["number"], one["locale"]) == ("김하늘", CALLER, "ko")
    assert (one["seconds"], one["state"], one["transcript"]) == (12.0, "ready", "택배가 아직 안 왔어요.")

    opened = await agent.post(f"/api/recordings/{id}/open", json={"reason": "answer"})
    assert opened.status_code == 200, opened.text
    assert (await agent.get("/api/messages/count")).json() == {"open": 1, "unheard": 0}
    [heard] = (await agent.get("/api/messages")).json()["items"]
    assert heard["heard"]["name"] == "Agent of Onda"

    assert (await agent.post(f"/api/messages/{id}/done")).status_code == 204
    assert (await agent.get("/api/messages")).json() == {"items": [], "next": None}
    [done] = (await agent.get("/api/messages", params={"shown": "handled"})).json()["items"]
    assert (done["stage"], done["done"]["name"]) == ("done", "Agent of Onda")
    assert (await agent.post(f"/api/messages/{id}/reopen")).status_code == 204
    assert (await agent.get("/api/messages/count")).json()["open"] == 1


async def test_an_agent_of_another_queue_sees_it_not_and_a_designer_sees_no_messages(
    shop: Shop, browser: SignedIn
):
    _, id = await shop.message(queue="orders")
    agent, boss = await browser(shop.routers, "agent"), await browser(shop.routers, "supervisor")
    assert (await agent.get("/api/messages")).json()["items"] == []
    kept = await agent.post(f"/api/messages/{id}/done")
    assert (kept.status_code, kept.json()["error"]["code"]) == (403, "messages.not_your_queue")
    assert [one["id"] for one in (await boss.get("/api/messages")).json()["items"]] == [str(id)]
    designer = await browser(shop.routers, "designer")
    assert (await designer.get("/api/messages")).json()["error"]["code"] == "not_allowed"


async def test_a_long_list_comes_in_pages(shop: Shop, browser: SignedIn, monkeypatch):
    monkeypatch.setattr("warmline.features.messages.api.PAGE", 2)
    ids = [str((await shop.message())[1]) for _ in range(3)]
    boss = await browser(shop.routers, "supervisor")
    first = (await boss.get("/api/messages")).json()
    assert [one["id"] for one in first["items"]] == ids[:2]
    rest = (await boss.get("/api/messages", params={"cursor": first["next"]})).json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (ids[2:], None)
    wrong = await boss.get("/api/messages", params={"cursor": "x"})
    assert wrong.status_code == 422


def contact(**changes) -> Contact:
    id = new_id()
    return Contact("onda", id, "voice", id, id, "ko", ContactStatus.ENDED, utc_now(), **changes)


def test_the_number_to_call_is_the_other_side_s_whoever_called():
    assert number_of(contact(call=CallState("inbound", CALLER, "+8215880000"))) == CALLER
    assert number_of(contact(call=CallState("outbound", None, CALLER))) == CALLER
    assert number_of(contact(attributes={"from": CALLER})) == CALLER
    assert number_of(contact(call=CallState("browser"))) is None
    assert number_of(None) is None
