"""The demo's pause switch, as its processes read it."""

import httpx


async def read_paused(client: httpx.AsyncClient, control: str) -> bool | None:
    """Return whether the demo is paused; None while nobody says."""
    try:
        answer = await client.get(f"{control}/demo/paused")
        paused = answer.json().get("paused") if answer.status_code == 200 else None
    except (httpx.HTTPError, ValueError, AttributeError):
        return None
    return paused if isinstance(paused, bool) else None
