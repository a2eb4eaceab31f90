"""The shop page shows the codes its customers get by text message."""

import httpx
import pytest
from fastapi import FastAPI

from warmline.features.demo.phone import router
from warmline.kernel.errors import ProviderFailed
from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store


async def test_a_shop_that_is_away_is_the_shops_fault():
    app = FastAPI()
    app.include_router(router("http://127.0.0.1:9"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        with pytest.raises(ProviderFailed, match="does not answer"):
            await client.get("/demo/phone/messages", params={"to": "+821012345678"})


async def test_the_messages_of_a_phone_come_from_the_shop(tmp_path, monkeypatch: pytest.MonkeyPatch):
    store = Store(tmp_path / "shop.sqlite3")
    shop = Shop(store, "key", Faults()).app()
    real = httpx.AsyncClient

    def to_the_shop(**options: object) -> httpx.AsyncClient:
        return real(transport=httpx.ASGITransport(shop), base_url=str(options["base_url"]))

    app = FastAPI()
    app.include_router(router("http://shop"))
    async with real(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        monkeypatch.setattr("warmline.features.demo.phone.httpx.AsyncClient", to_the_shop)
        answer = await client.get("/demo/phone/messages", params={"to": "+821012345678"})
    store.close()
    assert answer.json() == {"messages": []}
