"""Contacts over HTTP, as a desk page and an integration use them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from house import House
from warmline.domain.contact.commands import MakeOffer
from warmline.features.desk.api import router
from warmline.kernel.ids import new_id


async def opened(house: House, wish: str = "agent") -> str:
    customer, _, start = await house.customer()
    customer.send(t="say", cid="w", text=wish, value=wish)
    await customer.take("ack")
    return start["contact"]["id"]


async def test_an_agent_reads_accepts_and_answers_a_contact(house: House, browser, people):
    contact = await opened(house)
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    shown = (await agent.get(f"/api/contacts/{contact}")).json()
    assert shown["card"]["status"] == "queued"
    assert shown["events"][0]["e"]["kind"] == "contact_opened"
    offer = new_id()
    until = datetime.now(UTC) + timedelta(seconds=20)
    await house.rooms.service.command("onda", UUID(contact), MakeOffer(offer, people["onda", "agent"], until))
    path = f"/api/contacts/{contact}/commands"
    accept = {"cid": "1", "c": {"kind": "accept_offer", "offer_id": str(offer)}}
    assert (await agent.post(path, json=accept)).status_code == 200
    words = {"cid": "2", "c": {"kind": "agent_message", "text": "안녕하세요"}}
    first, again = await agent.post(path, json=words), await agent.post(path, json=words)
    assert first.json() == again.json()
    told = [item["e"] for item in (await agent.get(f"/api/contacts/{contact}")).json()["events"]]
    assert [one["text"] for one in told if one.get("author") == "agent"] == ["안녕하세요"]


async def test_only_a_supervisor_reassigns(house: House, browser):
    contact = await opened(house)
    move = {"cid": "1", "c": {"kind": "reassign", "queue_id": "general"}}
    path = f"/api/contacts/{contact}/commands"
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    assert (await agent.post(path, json=move)).status_code == 403
    boss = await browser([router(house.rooms.store, house.hub)], "supervisor")
    assert (await boss.post(path, json=move)).status_code == 200
    assert (await boss.get(f"/api/contacts/{contact}")).json()["card"]["queue_id"] == "general"


async def test_another_companys_contacts_do_not_exist(house: House, browser):
    contact = await opened(house)
    rival = await browser([router(house.rooms.store, house.hub)], "supervisor", "rival")
    assert (await rival.get(f"/api/contacts/{contact}")).status_code == 404
    move = {"cid": "1", "c": {"kind": "add_note", "text": "hello"}}
    assert (await rival.post(f"/api/contacts/{contact}/commands", json=move)).status_code == 404
    assert (await rival.get("/api/contacts")).json()["items"] == []


async def test_lists_are_filtered_and_paged(house: House, browser):
    ids = [await opened(house) for _ in range(3)]
    agent = await browser([router(house.rooms.store, house.hub)], "agent")
    waiting = (await agent.get("/api/contacts", params={"status": "queued", "queue_id": "orders"})).json()
    assert [line["id"] for line in waiting["items"]] == ids[::-1]
    assert waiting["next"] is None
    assert (await agent.get("/api/contacts", params={"cursor": "nonsense"})).status_code == 422
    assert (await agent.get("/api/contacts", params={"from": "2026-01-01T00:00:00"})).status_code == 422
