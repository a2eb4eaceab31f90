"""The address in a short message leads to the chat."""

from datetime import UTC, datetime

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from house import House
from warmline.features.contacts.case_links_api import case_router
from warmline.features.security.problems import install_problems


async def test_a_link_leads_to_the_chat_and_a_wrong_one_says_why_not(house: House):
    links = house.rooms.case_links("")
    app = FastAPI()
    install_problems(app)
    app.include_router(case_router(links), prefix="/widget")
    visitor = await house.rooms.visitors.newcomer("onda")
    await house.rooms.visitors.settle(visitor, "voice", "ja")
    called = await house.rooms.service.open(
        "onda", channel="voice", customer_id=visitor.customer_id, conversation_id=visitor.conversation_id,
        locale="ja", journey_id="front",
    )  # fmt: skip
    url = await links.url("onda", called.contact.id, datetime.now(UTC))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://warmline.test") as client:
        answer = await client.get(url)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/widget/panel.html?key=onda&locale=ja#visitor=onda.case-")
        assert answer.headers["cache-control"] == "no-store"
        assert (await client.get("/widget/case/onda.AAAAAAAAAAAAAAAAAAAAAA.1.x")).status_code == 410
