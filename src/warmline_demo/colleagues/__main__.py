"""Run the simulated colleagues: `python -m warmline_demo.colleagues --url http://127.0.0.1:8420`."""

import argparse
import asyncio
import random

import httpx

from warmline_demo.colleagues.desk import Desk
from warmline_demo.colleagues.schedule import Schedule
from warmline_demo.colleagues.sign_in import NotSignedIn, sign_in
from warmline_demo.content.team import COLLEAGUES, DEMO_PASSWORD, LEADERS, YOU, Member
from warmline_demo.control import read_paused
from warmline_demo.process import run_until_told, say
from warmline_demo.wire import Disconnected

PAUSE_LOOK_S = 2.0
PEOPLE = 5  # one of each language first; the rest of the work is left for whoever tries the demo


class Team:
    """Several desks over one HTTP client."""

    def __init__(self, base_url: str, tenant: str, people: int, seed: int | None) -> None:
        self._base_url = base_url.rstrip("/")
        self._tenant = tenant
        self._draw = random.Random(seed)  # noqa: S311 - moods, not secrets
        self._members = mixed(COLLEAGUES)[:people]
        self._paused = False

    async def run(self) -> None:
        """Work until cancelled."""
        async with httpx.AsyncClient(timeout=15.0, trust_env=False) as client, asyncio.TaskGroup() as group:
            group.create_task(self._watch_pause(client))
            group.create_task(self._schedule(client).keep(self._draw))
            for member in self._members:
                group.create_task(self._desk(client, member).work())

    async def _sign_in(self, member: Member) -> str:
        # Its own client: a shared cookie jar would mix up who is who.
        async with httpx.AsyncClient(timeout=15.0, trust_env=False) as alone:
            return await sign_in(alone, self._base_url, self._tenant, member.email, DEMO_PASSWORD)

    def _schedule(self, client: httpx.AsyncClient) -> Schedule:
        planned = [*mixed(COLLEAGUES)[: len(self._members) + 1], YOU]  # one of them does not come today
        supervisor = LEADERS[0]
        names = [member.name for member in planned]
        return Schedule(client, self._base_url, lambda: self._sign_in(supervisor), names, say)

    def _desk(self, client: httpx.AsyncClient, member: Member) -> Desk:
        async def enter() -> str:
            try:
                return await self._sign_in(member)
            except NotSignedIn as refused:
                raise Disconnected(f"not signed in, {refused}") from None

        socket = "ws" + self._base_url.removeprefix("http") + "/ws/desk"
        locale = member.locale if member.locale in ("ko", "ja") else "en"
        draw = random.Random(self._draw.randrange(2**32))  # noqa: S311
        return Desk(member.name, locale, socket, self._base_url, enter, lambda: self._paused, say, draw)

    async def _watch_pause(self, client: httpx.AsyncClient) -> None:
        while True:
            paused = await read_paused(client, self._base_url)
            if paused is not None:
                self._paused = paused
            await asyncio.sleep(PAUSE_LOOK_S)


def mixed(members: tuple[Member, ...]) -> list[Member]:
    """Return the members so that languages take turns."""
    by_locale: dict[str, list[Member]] = {}
    for member in members:
        by_locale.setdefault(member.locale, []).append(member)
    mixed: list[Member] = []
    while any(by_locale.values()):
        mixed += [waiting.pop(0) for waiting in by_locale.values() if waiting]
    return mixed


def main() -> None:
    parser = argparse.ArgumentParser(prog="warmline_demo.colleagues", description=__doc__)
    parser.add_argument("--url", required=True, help="where Warmline is")
    parser.add_argument("--tenant", default="onda")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many colleagues come to work")
    parser.add_argument("--seed", type=int, default=None)
    args = parser.parse_args()
    team = Team(args.url, args.tenant, args.people, args.seed)
    run_until_told(team.run(), f"colleagues: {args.people} come to work at {args.url}")
    say("colleagues: gone home")


if __name__ == "__main__":
    main()
