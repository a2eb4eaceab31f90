"""The demo shop's order system at the other end of a connector's line, without a network."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx

from warmline.ports.connector import Outbound, OutboundAnswer
from warmline_demo.commerce.faults import Faults
from warmline_demo.commerce.service import Shop
from warmline_demo.commerce.store import Store

KEY = "key"


@asynccontextmanager
async def shop_line(store: Store) -> AsyncIterator[Outbound]:
    """Yield what a connector sends its requests through; the shop asks for `KEY`."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Shop(store, KEY, Faults()).app())) as client:

        async def out(
            tenant_id: str,
            method: str,
            url: str,
            *,
            headers: Mapping[str, str],
            body: bytes | None,
            timeout_s: float,
        ) -> OutboundAnswer:
            answer = await client.request(method, url, headers=dict(headers), content=body)
            return OutboundAnswer(answer.status_code, answer.content)

        yield out
