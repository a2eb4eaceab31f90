"""`require("…")`: what a route declares so that somebody may call it. A route without it is refused by a test."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from warmline.features.security.roles import PERMISSIONS, is_public, may
from warmline.features.security.service import Client, Security, Session
from warmline.kernel.errors import NOT_ALLOWED, SIGN_IN, Refused

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "x-csrf-token"


def security_of(request: Request) -> Security:
    """Return the authority that `install` has given to the application."""
    return request.app.state.security


def client_of(request: Request) -> Client:
    """Return where a request comes from."""
    ip = request.client.host if request.client else None
    return Client(ip, request.headers.get("user-agent"))


def require(permission: str) -> Callable[[Request], Awaitable[Session]]:
    """Return a dependency that answers with the session of somebody who may do `permission`.

    Raises KeyError at import for a name that is not in the table. The dependency raises Refused `sign_in`,
    `not_allowed`, or `security.csrf` on a write without the session's token.
    """
    if is_public(permission):
        raise KeyError(f"{permission} is public: declare it with open_to_all.")

    async def check(request: Request) -> Session:
        security = security_of(request)
        session = await security.resolve(request.headers.get("cookie"))
        if session is None:
            raise Refused(SIGN_IN)
        if not may(session.identity.roles, permission):
            raise Refused(NOT_ALLOWED)
        if request.method not in SAFE_METHODS:
            security.check_write(session, request.headers.get(CSRF_HEADER), request.headers.get("origin"))
        return session

    check.permission = permission  # pyright: ignore[reportFunctionMemberAccess] -- read by the matrix test
    return check


def open_to_all(permission: str) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that says on purpose: anybody may call this. Raises KeyError when it may not."""
    if PERMISSIONS[permission]:
        raise KeyError(f"{permission} is for some roles only: declare it with require.")

    async def check(request: Request) -> None:
        return None

    check.permission = permission  # pyright: ignore[reportFunctionMemberAccess] -- read by the matrix test
    return check
