"""The outermost layer of HTTP: limits on rate and size before anything is read, headers on everything sent."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warmline.features.security.headers import STYLE_HASHES, page_headers
from warmline.features.security.problems import problem
from warmline.features.security.throttle import Buckets, Rate
from warmline.kernel.errors import Refused, declare

TOO_LARGE = declare(
    "http.too_large", 413, "This request is larger than {limit_bytes} bytes.", "Send less, or in several parts."
)


PER_ADDRESS = Rate(burst=400, per_s=100)


@dataclass(frozen=True)
class Limits:
    """Per address and second, and per request. Uploads may be larger than anything else."""

    rate: Rate = PER_ADDRESS
    body_max_bytes: int = 1_048_576
    upload_max_bytes: int = 27_262_976
    upload_paths: tuple[str, ...] = ("/api/uploads", "/widget/uploads")
    unlimited_paths: tuple[str, ...] = ("/livez", "/readyz", "/assets/")

    def body_limit(self, path: str) -> int:
        return self.upload_max_bytes if path in self.upload_paths else self.body_max_bytes


class _BodyTooLarge(Exception):
    pass


class Shield:
    """Pure ASGI, so that it costs little; sockets pass, they have limits of their own."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: Limits | None = None,
        https: bool = False,
        style_hashes: Collection[str] = STYLE_HASHES,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._limits = limits or Limits()
        self._https = https
        self._style_hashes = tuple(style_hashes)
        self._monotonic_s = monotonic_s
        self._buckets = Buckets(self._limits.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        headers = page_headers(path, https=self._https, style_hashes=self._style_hashes)
        extra = [(name.encode(), value.encode()) for name, value in headers.items()]
        started = False

        async def send_shielded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *((n, v) for n, v in extra if n not in present)]
            await send(message)

        limit_bytes = self._limits.body_limit(path)
        try:
            if not path.startswith(self._limits.unlimited_paths):
                client = scope.get("client")
                self._buckets.take(client[0] if client else "", self._monotonic_s())
            if _declared_length(scope) > limit_bytes:
                raise Refused(TOO_LARGE, limit_bytes=limit_bytes)
            await self._app(scope, _counted(receive, limit_bytes), send_shielded)
        except Refused as refusal:
            await problem(refusal)(scope, receive, send_shielded)
        except _BodyTooLarge:
            if not started:
                await problem(Refused(TOO_LARGE, limit_bytes=limit_bytes))(scope, receive, send_shielded)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _counted(receive: Receive, limit_bytes: int) -> Receive:
    """Stop reading a body without a declared length (or with a false one) at the limit."""
    read = 0

    async def receive_counted() -> Message:
        nonlocal read
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            if read > limit_bytes:
                raise _BodyTooLarge
        return message

    return receive_counted
