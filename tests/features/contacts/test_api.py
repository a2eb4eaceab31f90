"""Files of agents and visitors, and who may read them."""

from uuid import UUID

from house import House
from warmline.domain.contact.commands import AcceptOffer, AgentMessage
from warmline.features.contacts.api import router, widget_router

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


def routers(house: House):
    rooms = house.rooms
    return [router(rooms.uploads), widget_router(rooms.uploads, rooms.visitors, rooms.facts.upload_limit)]


async def test_a_visitors_photo_reaches_the_agent_and_nobody_elses_visitor(house: House, browser):
    customer, welcome, _ = await house.customer()
    page = await browser(routers(house), None)
    mine = {"Authorization": f"Visitor {welcome['visitor']}"}
    kept = await page.post("/api/uploads", files={"file": ("사진.html", PNG)}, headers=mine)
    assert kept.status_code == 401, "agents' uploads need a session"
    customer.send(t="say", cid="p", text="", attachments=["00000000-0000-0000-0000-000000000001"])
    assert (await customer.take("error"))["code"] == "uploads.not_yours"
    attachment = await house.rooms.uploads.keep(
        "onda",
        "../../사진.html",
        PNG,
        customer_id=(await house.rooms.visitors.recognise("onda", welcome["visitor"])).customer_id,
    )
    assert (attachment.name, attachment.media_type) == ("사진.html", "image/png")
    customer.send(t="say", cid="q", text="", attachments=[str(attachment.id)])
    sent = await customer.event("message_sent", author="customer")
    assert sent["e"]["attachments"][0]["id"] == str(attachment.id)
    agent = await browser(routers(house), "agent")
    seen = await agent.get(f"/api/uploads/{attachment.id}")
    assert seen.content == PNG
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in seen.headers["content-security-policy"]
    rival = await browser(routers(house), "agent", "rival")
    assert (await rival.get(f"/api/uploads/{attachment.id}")).status_code == 404


async def test_a_visitor_reads_what_the_agent_sent_them_and_nothing_more(house: House, browser, people):
    customer, welcome, opened = await house.customer()
    _, stranger, _ = await house.customer()
    contact = UUID(opened["contact"]["id"])
    customer.send(t="say", cid="w", text="상담원", value="agent")
    await customer.take("ack")
    mina = house.agents["mina"]
    offer = await house.offer(str(contact))
    await house.rooms.service.command("onda", contact, AcceptOffer(mina.agent_id, "Mina", offer))
    kept = await house.rooms.uploads.keep("onda", "안내.pdf", PDF, agent_id=mina.agent_id)
    page = await browser([widget_router(*_widget(house))], None)
    mine = {"Authorization": f"Visitor {welcome['visitor']}"}
    theirs = {"Authorization": f"Visitor {stranger['visitor']}"}
    assert (await page.get(f"/api/uploads/{kept.id}", headers=mine)).status_code == 404
    await house.rooms.chat.command(
        "onda", contact, AgentMessage(mina.agent_id, "Mina", "m", "여기 있어요", (kept,))
    )
    got = await page.get(f"/api/uploads/{kept.id}", headers=mine)
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")
    assert (await page.get(f"/api/uploads/{kept.id}", headers=theirs)).status_code == 404
    assert (await page.get(f"/api/uploads/{kept.id}")).status_code == 401
    up = await page.post("/api/uploads", files={"file": ("a.svg", b"<svg onload=alert(1)>")}, headers=mine)
    assert up.json()["error"]["code"] == "uploads.type"
    up = await page.post("/api/uploads", files={"file": ("메모.txt", "안녕하세요".encode())}, headers=mine)
    assert up.json()["media_type"] == "text/plain"


def _widget(house: House):
    return house.rooms.uploads, house.rooms.visitors, house.rooms.facts.upload_limit
