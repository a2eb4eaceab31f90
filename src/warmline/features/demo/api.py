"""The demo's role picker and pause switch. Mounted only in demo mode, which listens on loopback only."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from warmline.features.demo.switch import PauseSwitch
from warmline.features.security.access import client_of, open_to_all, require, security_of
from warmline.features.security.api import SignedIn, set_cookie, signed_in
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session


class DemoState(BaseModel):
    """Whether this is a demo, whether it has simulated people, and whether these are at rest."""

    demo: bool
    simulation: bool
    paused: bool
    roles: list[str]


class RoleChoice(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: Literal["agent", "supervisor", "designer", "admin"]


class Pause(BaseModel):
    model_config = ConfigDict(extra="forbid")
    paused: bool


class Paused(BaseModel):
    paused: bool


ROLES = ["agent", "supervisor", "designer", "admin"]


def state_router(switch: PauseSwitch | None, *, simulation: bool) -> APIRouter:
    """Return `/api/demo/state`, which also answers (no demo) in production.

    `simulation`: simulated people were started beside it.
    """
    api = APIRouter(responses=PROBLEMS, tags=["demo"])

    @api.get("/demo/state", dependencies=[Depends(open_to_all("demo.public"))])
    async def state() -> DemoState:
        """Tell the sign-in page whether to show the role picker."""
        on = switch is not None
        paused = switch.paused if switch else False
        return DemoState(demo=on, simulation=on and simulation, paused=paused, roles=ROLES if on else [])

    return api


def router(tenant_id: str, switch: PauseSwitch) -> APIRouter:
    """Return the demo's routes under `/api`."""
    api = APIRouter(responses=PROBLEMS, tags=["demo"])

    @api.post("/demo/login", dependencies=[Depends(open_to_all("demo.public"))])
    async def login(body: RoleChoice, request: Request, response: Response) -> SignedIn:
        """Enter as somebody with this role, without a password."""
        security = security_of(request)
        security.check_origin(request.headers.get("origin"))
        session = await security.open_as(tenant_id, body.role, client_of(request))
        set_cookie(response, security, session)
        return signed_in(session)

    @api.post("/demo/pause")
    async def pause(body: Pause, session: Annotated[Session, Depends(require("demo.pause"))]) -> Paused:
        """Send the simulated people to rest, or back to work."""
        switch.set(body.paused)
        return Paused(paused=switch.paused)

    return api


def public_router(switch: PauseSwitch) -> APIRouter:
    """Return `/demo/paused`, which the simulated people read."""
    api = APIRouter(tags=["demo"])

    @api.get("/demo/paused", dependencies=[Depends(open_to_all("demo.public"))])
    async def paused() -> Paused:
        """Whether the simulated people should rest."""
        return Paused(paused=switch.paused)

    return api
