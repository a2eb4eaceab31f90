import datetime as dt

from tests.features.twin.conftest import MONDAY, NINE_S, Diary

from warmline.features.twin.asking import day_for, ground_for, last_usable
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


async def test_the_last_day_that_can_be_played_has_contacts_and_people(diary: Diary, database: Database):
    assert await last_usable(database, "onda", LATER) is None
    await diary.queue("help")
    mina = await diary.agent("help")
    await diary.contact("help", NINE_S, wait_s=5, agent_id=mina, handle_s=60)
    await diary.contact("help", NINE_S + 86_400, wait_s=5)  # nobody worked on Tuesday
    assert await last_usable(database, "onda", LATER) == MONDAY
    at_noon_on_monday = diary.at(12 * 3_600)
    assert await last_usable(database, "onda", at_noon_on_monday) == MONDAY  # today, for want of a whole day
    assert await last_usable(database, "onda", diary.at(8 * 3_600)) is None


async def test_a_described_day_needs_no_history_but_takes_the_people_of_the_last_day_there_was(
    diary: Diary, database: Database
):
    tomorrow = WhatIf(dt.date(2026, 11, 6), source="forecast")
    await diary.queue("help")
    mina = await diary.agent("help")
    day, known = await ground_for(database, "onda", tomorrow, LATER)
    assert (day.date, day.presence_source, len(day.presence), known) == (tomorrow.date, "everybody", 1, False)
    await diary.contact("help", NINE_S, wait_s=5, agent_id=mina, handle_s=60)
    assert (await ground_for(database, "onda", WhatIf(MONDAY), LATER))[1]
    sunday, known = await ground_for(database, "onda", WhatIf(dt.date(2026, 11, 1)), LATER)
    assert (sunday.presence_source, known) == ("work", False)
