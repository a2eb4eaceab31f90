"""From a question to the day it is about, read from the installation."""

from datetime import datetime

from warmline.features.twin.day import Day
from warmline.features.twin.foretelling import foretold
from warmline.features.twin.request import AnyQuestion, Replay
from warmline.features.twin.store import read_day
from warmline.runtime.database import Database


async def day_for(database: Database, tenant_id: str, question: AnyQuestion, now: datetime) -> Day:
    """Return the recorded day, or the forecast one. Raises Refused where nothing is known of it."""
    if isinstance(question, Replay) or question.source == "recorded":
        return await read_day(database, tenant_id, question.date, now)
    return await foretold(database, tenant_id, question.date, now)
