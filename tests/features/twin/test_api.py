import asyncio
from typing import Any

import httpx
from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.twin.conftest import NINE_S, Diary

QUESTION = {"kind": "replay", "date": "2026-11-02", "runs": 3, "seed": 5}


async def ask(client: httpx.AsyncClient, **more: object) -> dict[str, Any]:
    answer = await client.post("/api/twin/runs", json=QUESTION | more)
    assert answer.status_code == 202, answer.text
    run = answer.json()
    async with asyncio.timeout(60):
        while run["status"] in {"waiting", "running"}:
            await asyncio.sleep(0.05)
            run = (await client.get(f"/api/twin/runs/{run['id']}")).json()
    return run


async def a_day(diary: Diary) -> None:
    """By hand: four came, two of three answered at once, one left late; 180 s of work in an hour."""
    await diary.queue("help", 20)
    mina = await diary.agent("help")
    await diary.present(mina, (NINE_S, "available"), (NINE_S + 3_600, "offline"))
    await diary.contact("help", NINE_S + 10, wait_s=0, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 30, wait_s=40, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 40, wait_s=30)
    await diary.contact("help", NINE_S + 2_700, wait_s=0, agent_id=mina, handle_s=50, wrap_up_s=10)


async def test_a_tiny_day_replayed_over_the_api_agrees_with_the_count_by_hand(
    product: FastAPI, browser: SignedIn, diary: Diary
):
    await a_day(diary)
    client = await browser(product, "supervisor")
    run = await ask(client, exact=True)
    total = run["result"]["parts"][0]["total"]
    by_hand = {"came": 4, "service_level": 0.5, "abandonment": 0.25, "wait_p50_s": 0, "occupancy": 0.05}
    assert {metric: round(total[metric]["real"], 9) for metric in by_hand} == by_hand
    assert {metric: round(total[metric]["twin"]["mean"], 9) for metric in by_hand} == by_hand
    assert run["result"]["verdict"]["word"] == "agrees"


async def test_the_same_seed_gives_the_same_answer_and_earlier_answers_are_kept(
    product: FastAPI, browser: SignedIn, diary: Diary
):
    await a_day(diary)
    client = await browser(product, "supervisor")
    what_if: dict[str, object] = {"kind": "what_if", "changes": {"agents": 1, "volume": 1.5}}
    first, again, other = (
        await ask(client, **what_if),
        await ask(client, **what_if),
        await ask(client, **what_if, seed=6),
    )
    assert first["result"] == again["result"]
    assert first["result"]["parts"] != other["result"]["parts"]
    listed = (await client.get("/api/twin/runs")).json()["items"]
    assert [one["id"] for one in listed] == [other["id"], again["id"], first["id"]]
    assert listed[0]["result"] is None


async def test_a_run_can_be_stopped_and_thrown_away(product: FastAPI, browser: SignedIn, diary: Diary):
    await a_day(diary)
    client = await browser(product, "admin")
    run = (await client.post("/api/twin/runs", json=QUESTION | {"runs": 200})).json()
    assert (await client.post(f"/api/twin/runs/{run['id']}/stop")).status_code == 200
    assert (await client.delete(f"/api/twin/runs/{run['id']}")).status_code == 204
    assert (await client.get(f"/api/twin/runs/{run['id']}")).status_code == 404


async def test_only_leaders_ask_and_only_about_their_own_company(
    product: FastAPI, browser: SignedIn, diary: Diary
):
    await a_day(diary)
    agent = await browser(product, "agent")
    assert (await agent.post("/api/twin/runs", json=QUESTION)).status_code == 403
    leader, rival = await browser(product, "supervisor"), await browser(product, "supervisor", "rival")
    run = await ask(leader)
    assert (await rival.get(f"/api/twin/runs/{run['id']}")).status_code == 404
    assert (await ask(rival))["refusal"]["code"] == "twin_nobody_there"


async def test_the_screen_learns_which_days_there_are(product: FastAPI, browser: SignedIn, diary: Diary):
    client = await browser(product, "supervisor")
    assert (await client.get("/api/twin/day")).json()["last"] is None
    await a_day(diary)
    day = (await client.get("/api/twin/day")).json()
    assert day["time_zone"] == "Asia/Seoul"
    assert day["last"] in {"2026-11-02", None if day["today"] <= "2026-11-02" else "2026-11-02"}


async def test_changes_that_make_no_sense_are_refused_at_once(product: FastAPI, browser: SignedIn, diary: Diary):
    await a_day(diary)
    client = await browser(product, "supervisor")
    for changes, code in (
        ({"outages": [{"from_s": 600, "until_s": 300}]}, "invalid"),
        ({"queue_id": "nosuch", "volume": 3}, "twin_no_queue"),
    ):
        for kind in ("what_if", "staff"):
            answer = await client.post("/api/twin/runs", json=QUESTION | {"kind": kind, "changes": changes})
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert "help" in answer.json()["error"]["text"]
    assert (await client.get("/api/twin/runs")).json()["items"] == []
