"""The demo's supervisor writes a schedule where there is none, so that roster and adherence show something.

Over the public staffing API: nothing is written while any published shift covers the moment.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import httpx

from warmline_demo.colleagues.sign_in import NotSignedIn
from warmline_demo.wire import Frame, backoff, record, records, texts

HALF_HOUR = timedelta(minutes=30)
ALREADY = timedelta(hours=1)  # a shift has been on for so long when somebody first looks
LENGTH = timedelta(hours=8)
LUNCH_FROM = timedelta(hours=3)  # the first one's; the others take turns, so that few are out at once
LUNCHES = 6
DAY = timedelta(days=1)
LOOK_EVERY_S = 1800.0


class NoAnswer(Exception):
    """The house does not let the schedule be read or written; the text says how."""


class Schedule:
    """Shifts for people of these names. `enter` signs a supervisor in and returns the Cookie header."""

    def __init__(
        self, client: httpx.AsyncClient, base_url: str, enter: Callable[[], Awaitable[str]], names: Sequence[str],
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._client = client
        self._base_url = base_url
        self._enter = enter
        self._names = names
        self._say = say

    async def keep(self, draw: random.Random) -> None:
        """See to it that there always is one, until cancelled."""
        waits = backoff(draw, 2.0, 60.0)
        while True:
            try:
                until_at = await self.look(datetime.now(UTC))
            except (NotSignedIn, NoAnswer, httpx.HTTPError, ValueError):
                await asyncio.sleep(next(waits))
                continue
            waits = backoff(draw, 2.0, 60.0)
            left_s = (until_at - datetime.now(UTC)).total_seconds()
            await asyncio.sleep(min(max(left_s, 1.0), LOOK_EVERY_S))

    async def look(self, now: datetime) -> datetime:
        """Write shifts unless somebody's covers `now`; return until when it is covered.

        Raises NotSignedIn, NoAnswer, httpx.HTTPError, and ValueError for what is no schedule.
        """
        headers = {"Cookie": await self._enter(), "Origin": self._base_url}
        headers["X-CSRF-Token"] = texts((await self._ask("GET", "/auth/me", headers)).get("csrf"))
        # Days are those of the company's own zone, up to a day away from UTC's.
        days = {"from": f"{now - 2 * DAY:%Y-%m-%d}", "to": f"{now + DAY:%Y-%m-%d}"}
        roster = await self._ask("GET", "/staffing/shifts", headers, params=days)
        ends = [
            moment(one.get("end_at"))
            for one in records(roster.get("shifts"))
            if moment(one.get("start_at")) <= now
        ]
        if ends and max(ends) > now:
            return max(ends)
        people = records((await self._ask("GET", "/staffing/contracts", headers)).get("items"))
        known = {texts(one.get("name")): one for one in people}
        shifts = shifts_for([known[name] for name in self._names if name in known], now, max(ends, default=None))
        for shift in shifts:
            await self._ask("POST", "/staffing/shifts", headers, json=shift)
        self._say(f"colleagues: {len(shifts)} shifts are on the schedule")
        return max((moment(shift["end_at"]) for shift in shifts), default=now + LENGTH)

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], *, params: dict[str, str] | None = None,
        json: Frame | None = None,
    ) -> Frame:  # fmt: skip
        url = f"{self._base_url}/api{path}"
        answer = await self._client.request(method, url, headers=headers, params=params, json=json)
        if answer.is_error:
            raise NoAnswer(f"{path} is refused with {answer.status_code}")
        return record(answer.json())


def shifts_for(people: Sequence[Frame], now: datetime, ended_at: datetime | None) -> list[Frame]:
    """Return a shift around `now` for each of the contracts, none before the last ones `ended_at`."""
    start_at = now - ALREADY
    start_at = start_at.replace(minute=start_at.minute // 30 * 30, second=0, microsecond=0)
    if ended_at is not None:
        start_at = max(start_at, ended_at)
    return [_shift(person, start_at, number) for number, person in enumerate(people)]


def _shift(person: Frame, start_at: datetime, number: int) -> Frame:
    lunch_at = start_at + LUNCH_FROM + number % LUNCHES * HALF_HOUR
    lunch = {"kind": "lunch", "start_at": lunch_at.isoformat(), "end_at": (lunch_at + HALF_HOUR).isoformat()}
    return {
        "agent_id": person["agent_id"],
        "start_at": start_at.isoformat(),
        "end_at": (start_at + LENGTH).isoformat(),
        "queues": person["queues"],
        "pauses": [lunch],
    }


def moment(text: object) -> datetime:
    """Return the moment a field holds. Raises ValueError."""
    return datetime.fromisoformat(texts(text))
