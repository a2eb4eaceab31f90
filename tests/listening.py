"""A WebSocket server on loopback that plays Warmline for those who speak its public protocols."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from picows import WSListener, ws_create_server


@asynccontextmanager
async def listening(listener: Callable[[], WSListener], path: str) -> AsyncIterator[str]:
    """Yield the address; each connection gets a listener of its own."""
    server = await ws_create_server(lambda _: listener(), "127.0.0.1", 0)
    try:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}{path}"
    finally:
        server.close()
        await server.wait_closed()
