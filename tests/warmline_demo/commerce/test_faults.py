"""The fault switches: the shop can be slow, failing or down, and comes back."""

from pathlib import Path

import httpx

from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store


async def test_down_failing_and_slow_are_felt_and_the_switch_stays_reachable(tmp_path: Path):
    store = Store(tmp_path / "shop.sqlite3")
    faults = Faults(slow_s=0.05, failing_share=1.0)
    transport = httpx.ASGITransport(Shop(store, "key", faults).app())
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        seen: dict[str, int] = {}
        for mode in ("down", "failing", "slow", "ok"):
            assert (await client.post("/faults", json={"mode": mode})).status_code == 200
            seen[mode] = (await client.get("/healthz")).status_code
        assert seen == {"down": 503, "failing": 500, "slow": 200, "ok": 200}
        assert (await client.post("/faults", json={"mode": "on fire"})).status_code == 422
        assert (await client.get("/faults")).json()["mode"] == "ok"
    store.close()


def test_a_failing_shop_answers_sometimes():
    faults = Faults(failing_share=0.5)
    faults.mode = "failing"
    assert {faults.fails() for _ in range(200)} == {True, False}
    faults.mode = "ok"
    assert not any(faults.fails() for _ in range(50))
