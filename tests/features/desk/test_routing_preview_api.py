"""The routing preview as the screen asks it."""

from fastapi import FastAPI
from tests.features.conftest import SignedIn

from warmline.runtime.database import Database

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


async def test_a_supervisor_asks_and_an_agent_may_not(product: FastAPI, browser: SignedIn, database: Database):
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', $1)", NAME)
    question = {"queue_id": "orders", "locale": "ko", "skills": {"ja": 2}, "waited_s": 30}
    supervisor = await browser(product, "supervisor")
    answer = await supervisor.post("/api/routing/preview", json=question)
    assert answer.status_code == 200, answer.text
    assert all(one["rank"] is None for one in answer.json()["items"]), "nobody here serves the queue"
    assert (await supervisor.post("/api/routing/preview", json=question | {"queue_id": "no"})).status_code == 404
    agent = await browser(product, "agent")
    assert (await agent.post("/api/routing/preview", json=question)).status_code == 403
