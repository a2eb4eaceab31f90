"""Signing in: a cookie, or a reason why not."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from warmline_demo.colleagues.sign_in import NotSignedIn, sign_in


async def login(request: Request) -> Response:
    body = await request.json()
    answer = JSONResponse({"me": {}, "csrf": "c"}, 200 if body["password"] == "right" else 401)
    if body["password"] == "right" and body["email"] != "nocookie@onda.example":
        answer.set_cookie("warmline_session", "token", httponly=True, samesite="strict")
    return answer


async def enter(email: str, password: str) -> str:
    transport = httpx.ASGITransport(Starlette(routes=[Route("/api/auth/login", login, methods=["POST"])]))
    async with httpx.AsyncClient(transport=transport) as client:
        return await sign_in(client, "http://house", "onda", email, password)


async def test_a_colleague_gets_a_session_cookie():
    assert await enter("a@onda.example", "right") == "warmline_session=token"


@pytest.mark.parametrize(("email", "password"), [("a@onda.example", "wrong"), ("nocookie@onda.example", "right")])
async def test_a_closed_door_is_told(email: str, password: str):
    with pytest.raises(NotSignedIn):
        await enter(email, password)


async def test_an_empty_house_is_told():
    async with httpx.AsyncClient() as client:
        with pytest.raises(NotSignedIn):
            await sign_in(client, "http://127.0.0.1:9", "onda", "a@onda.example", "right")
