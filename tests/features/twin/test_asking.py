import datetime as dt

from tests.features.twin.conftest import MONDAY, NINE_S, Diary

from warmline.features.twin.asking import day_for
from warmline.features.twin.request import Replay, Staff, WhatIf
from warmline.runtime.database import Database

LATER = dt.datetime(2026, 11, 5, tzinfo=dt.UTC)


async def test_a_recorded_day_is_read_and_a_forecast_one_foretold(diary: Diary, database: Database):
    await diary.queue("help")
    mina = await diary.agent("help")
    await diary.contact("help", NINE_S, wait_s=5, agent_id=mina, handle_s=60)
    for question in (Replay(MONDAY), WhatIf(MONDAY)):
        assert (await day_for(database, "onda", question, LATER)).expected == ()
    coming = await day_for(database, "onda", Staff(dt.date(2026, 11, 9), source="forecast"), LATER)
    assert coming.date == dt.date(2026, 11, 9)
    assert coming.expected[0].per_half_hour[18] == 1
