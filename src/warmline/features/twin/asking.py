"""From a question to the day it is about, read from the installation."""

import datetime as dt
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from warmline.features.twin.building import world_of
from warmline.features.twin.day import Day, Present
from warmline.features.twin.foretelling import foretold
from warmline.features.twin.request import AnyQuestion, Replay
from warmline.features.twin.store import last_day, planned_presence, read_day
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


async def day_for(database: Database, tenant_id: str, question: AnyQuestion, now: datetime) -> Day:
    """Return the recorded day, or the forecast one. Raises Refused where nothing is known of it."""
    if isinstance(question, Replay) or question.source == "recorded":
        return await read_day(database, tenant_id, question.date, now)
    return await foretold(database, tenant_id, question.date, now)


DAYS_LOOKED_AT = 14  # days with contacts, back in time


async def last_usable(database: Database, tenant_id: str, now: datetime) -> dt.date | None:
    """Return the last whole day with contacts and people, else today if it has both; None: there is none."""
    _, today, day = await last_day(database, tenant_id, now)
    for _ in range(DAYS_LOOKED_AT):
        if day is None:
            break
        if is_usable(await read_day(database, tenant_id, day, now)):
            return day
        _, _, day = await last_day(database, tenant_id, now, day)
    return today if is_usable(await read_day(database, tenant_id, today, now)) else None


async def ground_for(database: Database, tenant_id: str, question: AnyQuestion, now: datetime) -> tuple[Day, bool]:
    """Return a day whose people and terms a described day has, and whether it can be compared with.

    Without a recorded or forecast day: people as planned, else as on the last day that can be played, else
    everybody all day.
    """
    try:
        day = await day_for(database, tenant_id, question, now)
    except Refused:
        pass
    else:
        if is_usable(day):
            return day, True
    like = await last_usable(database, tenant_id, now)
    today = now.astimezone(ZoneInfo((await last_day(database, tenant_id, now))[0])).date()
    day = await read_day(database, tenant_id, like or min(question.date, today), now)
    day = replace(day, date=question.date, seen_until_s=None)
    planned = await planned_presence(database, tenant_id, question.date)
    if planned:
        day = replace(day, presence=planned, presence_source="shifts")
    elif like is None:
        everybody = tuple(Present(agent.id, 0.0, day.length_s) for agent in day.agents)
        day = replace(day, presence=everybody, presence_source="everybody")
    return day, False


def is_usable(day: Day) -> bool:
    """Whether the day can be played: somebody came and somebody was there."""
    try:
        world_of(day)
    except Refused:
        return False
    return True
