"""Answering others' challenges with a trunk's user and password (RFC 3261, 22; RFC 8760)."""

import secrets

from warmline.sip.digest import answer_challenge, best_challenge
from warmline.sip.message import Request, Response
from warmline.voice.directory import Trunk


def authorize_as(user: str, password: str, request: Request, response: Response) -> tuple[str, str] | None:
    """The name and value of the header that answers a 401 or 407; None when there is nothing to answer with."""
    if not user or response.status not in (401, 407):
        return None
    asked, given = (
        ("WWW-Authenticate", "Authorization")
        if response.status == 401
        else ("Proxy-Authenticate", "Proxy-Authorization")
    )
    challenge = best_challenge(response.headers.all(asked))
    if challenge is None:
        return None
    credentials = answer_challenge(
        challenge,
        username=user,
        password=password,
        method=request.method,
        uri=str(request.uri),
        cnonce=secrets.token_hex(8),
    )
    return given, str(credentials)


def authorize_with(trunk: Trunk, request: Request, response: Response) -> tuple[str, str] | None:
    """`authorize_as` a trunk's user."""
    return authorize_as(trunk.user, trunk.password, request, response)
