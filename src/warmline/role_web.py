"""`warmline web`: HTTP and sockets. Any number may run behind a load balancer."""

import logging
import socket
from collections.abc import Awaitable, Callable

import uvicorn
import uvloop

from warmline.app import build_web
from warmline.config import Config
from warmline.core import Core, configure_logging
from warmline.runtime.garbage import calm_collector

LOG = logging.getLogger(__name__)
DRAIN_S = 10


class Server(uvicorn.Server):
    """uvicorn that sends socket clients home, with a time to come back, before it closes."""

    def __init__(self, config: uvicorn.Config, close_sockets: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._close_sockets = close_sockets

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._close_sockets()
        await super().shutdown(sockets)


def serve(config: Config) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    configure_logging(config.log_level)
    uvloop.run(_serve(config))
    return 0


async def _serve(config: Config) -> None:
    async with await Core.open(config) as core:
        web = build_web(core)
        core.tasks.spawn("presence", web.presence.run(sweeping=False))
        server = Server(
            uvicorn.Config(
                web.app,
                host=config.host,
                port=config.port,
                ws=web.sockets.protocol,
                http="httptools",
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=config.trust_forwarded,
                timeout_graceful_shutdown=DRAIN_S,
                timeout_keep_alive=30,
                backlog=4096,
            ),
            web.sockets.close,
        )
        calm_collector()
        LOG.info("Web is ready at %s", config.base_url)
        try:
            await server.serve()
        finally:
            await web.boards.close()
