"""The pause switch as the processes read it: true, false, or nobody answers."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from warmline_demo.control import read_paused


@pytest.mark.parametrize(
    ("body", "status", "paused"),
    [
        ('{"paused": true}', 200, True),
        ('{"paused": false}', 200, False),
        ("{}", 200, None),
        ("[]", 200, None),
        ("oops", 200, None),
        ('{"paused": true}', 500, None),
    ],
)
async def test_only_a_clear_answer_counts(body: str, status: int, paused: bool | None):
    async def switch(request: Request) -> Response:
        return PlainTextResponse(body, status)

    transport = httpx.ASGITransport(Starlette(routes=[Route("/demo/paused", switch)]))
    async with httpx.AsyncClient(transport=transport) as client:
        assert await read_paused(client, "http://house") is paused
