"""A private calendar: whoever has the address sees one agent's shifts, until it is revoked."""

import pytest
from tests.features.staffing.conftest import BOSS, MIDNIGHT, Company
from tests.features.staffing.test_roster import draft

from warmline.features.staffing.feeds import Feeds
from warmline.features.staffing.rooms import StaffingRooms
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


async def test_the_address_shows_ones_own_shifts_in_ones_own_language(
    rooms: StaffingRooms, company: Company, database: Database
):
    feeds = Feeds(database, now=lambda: MIDNIGHT)
    await rooms.rosters.add("onda", BOSS, draft(company), None)
    await rooms.rosters.add("onda", BOSS, draft(company, "yuki"), None)
    token = await feeds.create("onda", company["mina"])
    text = await feeds.calendar(f"{token}.ics")
    assert text.count("BEGIN:VEVENT") == 1
    assert "X-WR-CALNAME:勤務 · Mina" in text
    assert "昼休み 13:00–14:00" in text
    assert await feeds.calendar(token) == text
    assert await feeds.since("onda", company["mina"]) == MIDNIGHT
    async with database.tenant("onda") as conn:
        kept = await conn.fetchval("SELECT token_hash FROM calendar_feed")
    assert kept is not None
    assert token.encode() not in kept


async def test_a_new_address_ends_the_old_one_and_revoking_ends_all(company: Company, database: Database):
    feeds = Feeds(database)
    old = await feeds.create("onda", company["mina"])
    new = await feeds.create("onda", company["mina"])
    with pytest.raises(Refused, match="not_found"):
        await feeds.calendar(old)
    assert "BEGIN:VCALENDAR" in await feeds.calendar(new)
    await feeds.revoke("onda", company["mina"])
    assert await feeds.since("onda", company["mina"]) is None
    with pytest.raises(Refused, match="not_found"):
        await feeds.calendar(new)


async def test_who_left_the_company_has_no_calendar_and_guesses_find_none(company: Company, database: Database):
    feeds = Feeds(database)
    token = await feeds.create("onda", company["mina"])
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET disabled_at = now() WHERE id = $1", company["mina"])
    other = token.replace("onda.", "rival.")
    for guess in (token, other, "onda", "onda." + "x" * 43, "../onda.x", token + ".txt", "onda.\x00"):
        with pytest.raises(Refused, match="not_found"):
            await feeds.calendar(guess)
