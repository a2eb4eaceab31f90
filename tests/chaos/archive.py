"""What the public API tells after the storm: every contact with its whole story, and the ledger."""

import asyncio
import itertools
from datetime import datetime
from typing import Any

import httpx

from chaos.agents import COOKIE
from chaos.checker import Story, Told

PAUSE_S = 0.02  # below the API's rate per address
PATIENCE_S = 60.0


class Archive:
    """Reads as a supervisor does, patiently: the product may be recovering."""

    def __init__(self, base_urls: list[str], cookie: str) -> None:
        self._clients = [
            httpx.AsyncClient(base_url=base_url, cookies={COOKIE: cookie}, timeout=10) for base_url in base_urls
        ]

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()

    async def stories(self, since: datetime) -> dict[str, Story]:
        """Return every contact opened after a moment."""
        ids: list[str] = []
        cursor: str | None = None
        while True:
            query = {"from": since.isoformat()} | ({"cursor": cursor} if cursor else {})
            page = await self._get("/api/contacts", query)
            ids += [line["id"] for line in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        return {contact: await self._story(contact) for contact in dict.fromkeys(ids)}

    async def _story(self, contact: str) -> Story:
        answer = await self._get(f"/api/contacts/{contact}", {})
        events = [Told(event["seq"], event["at"], event["e"]) for event in answer["events"]]
        return Story(answer["card"]["status"], events)

    async def ledger(self) -> tuple[int, int]:
        """Return how many contacts are orphans now, and how many alarms there ever were."""
        answer = await self._get("/api/ledger", {})
        return int(answer["counts"].get("orphans", 0)), len(answer["alarms"])

    async def _get(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        problem = ""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE_S
        clients = itertools.cycle(self._clients)
        while loop.time() < deadline:
            client = next(clients)
            try:
                answer = await client.get(path, params=query)
                if answer.status_code == 200:
                    await asyncio.sleep(PAUSE_S)
                    return answer.json()
                problem = f"{answer.status_code} {answer.text[:300]}"
            except httpx.HTTPError as failure:
                problem = repr(failure)
            await asyncio.sleep(0.25)
        raise RuntimeError(f"{path} could not be read: {problem}")
