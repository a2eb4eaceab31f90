"""Fault switches: make the shop slow, failing or down, to see what customers experience then."""

import asyncio
import random
from typing import Literal, get_args

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

Mode = Literal["ok", "slow", "failing", "down"]
MODES: tuple[Mode, ...] = get_args(Mode)
ALWAYS_OPEN = ("/faults", "/phone")


class Faults:
    """The current fault mode. slow: every answer takes `slow_s`; failing: most answers are 500; down: 503."""

    def __init__(self, slow_s: float = 8.0, failing_share: float = 0.7) -> None:
        self.mode: Mode = "ok"
        self.slow_s = slow_s
        self.failing_share = failing_share
        self._draw = random.Random()  # noqa: S311 - chooses which request fails

    def fails(self) -> bool:
        return self.mode == "failing" and self._draw.random() < self.failing_share


class FaultMiddleware:
    """Apply the fault mode to everything but the switch itself and the fake phone network."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(ALWAYS_OPEN):
            if self._faults.mode == "down":
                await JSONResponse({"error": "down"}, 503)(scope, receive, send)
                return
            if self._faults.fails():
                await JSONResponse({"error": "internal"}, 500)(scope, receive, send)
                return
            if self._faults.mode == "slow":
                await asyncio.sleep(self._faults.slow_s)
        await self._app(scope, receive, send)
