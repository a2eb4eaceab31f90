"""Limits before anything is read, headers on everything sent."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from warmline.features.security.problems import install_problems
from warmline.features.security.shield import Limits, Shield
from warmline.features.security.throttle import Rate


def _app(limits: Limits) -> httpx.AsyncClient:
    app = FastAPI()
    install_problems(app)

    @app.post("/api/echo")
    @app.post("/api/uploads")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.get("/livez")
    async def live() -> str:
        return "ok"

    @app.get("/widget/panel")
    async def panel(response: Response) -> str:
        response.headers["Content-Security-Policy"] = "frame-ancestors https://shop.example"
        return "hello"

    app.add_middleware(Shield, limits=limits, monotonic_s=lambda: 0.0)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://desk")


@pytest.fixture
async def desk():
    limits = Limits(rate=Rate(10, 1), body_max_bytes=100, upload_max_bytes=1000)
    async with _app(limits) as client:
        yield client


async def test_a_body_that_is_too_large_is_refused_unread(desk: httpx.AsyncClient):
    assert (await desk.post("/api/echo", content=b"x" * 100)).json() == 100
    refused = await desk.post("/api/echo", content=b"x" * 101)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "http.too_large")


async def test_a_body_without_a_length_is_cut_at_the_limit(desk: httpx.AsyncClient):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 10

    assert (await desk.post("/api/echo", content=endless())).status_code == 413


async def test_an_upload_may_be_larger(desk: httpx.AsyncClient):
    assert (await desk.post("/api/uploads", content=b"x" * 900)).json() == 900


async def test_a_flood_is_refused_but_the_health_check_is_answered(desk: httpx.AsyncClient):
    statuses = [(await desk.post("/api/echo", content=b"")).status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert (await desk.get("/livez")).status_code == 200


async def test_refusals_carry_the_headers_too(desk: httpx.AsyncClient):
    for answer in (await desk.get("/nowhere"), await desk.post("/api/echo", content=b"x" * 101)):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_s_own_stricter_policy_is_kept(desk: httpx.AsyncClient):
    answer = await desk.get("/widget/panel")
    assert answer.headers.get_list("content-security-policy") == ["frame-ancestors https://shop.example"]
