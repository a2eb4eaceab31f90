"""Signing in like any agent: the session cookie that opens the desk."""

import httpx


class NotSignedIn(Exception):
    """The house does not answer, or does not let us in; the text says which."""


async def sign_in(client: httpx.AsyncClient, base_url: str, tenant: str, email: str, password: str) -> str:
    """Return the Cookie header of a fresh session. Raises NotSignedIn."""
    body = {"tenant": tenant, "email": email, "password": password}
    try:
        answer = await client.post(f"{base_url}/api/auth/login", json=body, headers={"Origin": base_url})
    except httpx.HTTPError as failure:
        raise NotSignedIn(f"no answer: {type(failure).__name__}") from None
    if answer.status_code != 200:
        raise NotSignedIn(f"refused with {answer.status_code}")
    cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
    if not cookie:
        raise NotSignedIn("no session cookie came back")
    return cookie
