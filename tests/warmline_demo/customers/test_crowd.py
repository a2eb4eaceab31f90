"""The crowd reads the fake phone, and stays away while the demo is paused."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from warmline_demo.customers.crowd import Crowd, read_phone


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (json.dumps({"messages": [{"text": "123456"}, {"text": "old"}]}), ["123456", "old"]),
        ("{}", []),
        ("oops", []),
        (json.dumps({"messages": [7]}), []),
    ],
)
async def test_a_phone_that_cannot_be_read_is_empty(body: str, texts: list[str]):
    async def phone(request: Request) -> Response:
        return PlainTextResponse(body)

    transport = httpx.ASGITransport(Starlette(routes=[Route("/phone/messages", phone)]))
    async with httpx.AsyncClient(transport=transport) as client:
        assert await read_phone(client, "http://shop", "+82") == texts


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.01)


async def test_customers_come_by_the_rate_and_never_more_than_there_is_room_for():
    lines: list[str] = []
    crowd = Crowd("ws://127.0.0.1:9/", "k", "http://127.0.0.1:9", "http://127.0.0.1:9", 60_000, 1, lines.append, 3)
    running = asyncio.get_running_loop().create_task(crowd.run())
    await until(lambda: len(lines) >= 3)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(lines) == 3
    assert all(" comes: " in line for line in lines)


async def test_nobody_comes_while_the_demo_is_paused():
    lines: list[str] = []
    crowd = Crowd("ws://127.0.0.1:9/", "k", "http://127.0.0.1:9", "http://127.0.0.1:9", 60_000, 1, lines.append)
    crowd.paused = True
    running = asyncio.get_running_loop().create_task(crowd.run())
    await asyncio.sleep(0.2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert lines == []
