"""Where TLS connections come in: counted when they come, not once their handshake is done.

An event loop's own server tells of a connection only after its handshake. Until then it holds a socket and
memory that no limit of ours sees: whoever connects and says nothing would take every place there is.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable

from warmline.kernel.tasks import TaskRegistry
from warmline.voice.limits import ConnectionCount, Limits
from warmline.voice.stream import StreamFlow

BACKLOG = 256
AGAIN_S = 0.5  # after the machine had no socket left


class TlsDoor:
    """Listens on one address. `admits` is asked before each handshake: it costs more than a message."""

    def __init__(
        self,
        listening: socket.socket,
        context: ssl.SSLContext,
        limits: Limits,
        count: ConnectionCount,
        tasks: TaskRegistry,
        admits: Callable[[str], bool],
        flow: Callable[[], StreamFlow],
    ) -> None:
        self._listening = listening
        self._context = context
        self._limits = limits
        self._count = count
        self._tasks = tasks
        self._admits = admits
        self._flow = flow
        self._shaking: set[asyncio.Task[None]] = set()
        self._accepting = tasks.spawn("sip-tls-door", self._accept())

    def close(self) -> None:
        """Take nobody in any more; who is still shaking hands is let go."""
        self._accepting.cancel()
        for shaking in list(self._shaking):
            shaking.cancel()
        self._listening.close()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                wire, peer = await loop.sock_accept(self._listening)
            except OSError:  # they are gone already, or no socket is left
                await asyncio.sleep(AGAIN_S)
                continue
            host = peer[0]
            if not self._admits(host) or not self._count.enter(host):
                wire.close()
                continue
            shaking = self._tasks.spawn("sip-tls-handshake", self._shake(wire, host))
            self._shaking.add(shaking)
            shaking.add_done_callback(self._shaking.discard)

    async def _shake(self, wire: socket.socket, host: str) -> None:
        flow = self._flow()
        flow.awaited = True
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: flow, wire, ssl=self._context, ssl_handshake_timeout=self._limits.message_s
            )
        except OSError:
            pass  # no handshake, or too slow: the loop has closed it (TimeoutError and SSLError are OSErrors, too)
        finally:
            if flow.awaited:  # it never came in, and nobody else counts it
                self._count.leave(host)


def listening_on(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections on one address of its family only. Raises OSError."""
    six = ":" in host
    made = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if six:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setblocking(False)
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made
