"""Files of a roster: no cell runs, every calendar reads it."""

from datetime import UTC, datetime

from tests.features.staffing.conftest import BOSS, MIDNIGHT, MONDAY, Company
from tests.features.staffing.test_roster import draft

from warmline.domain.staffing.rules import Breach
from warmline.features.staffing.files import RULES, roster_calendar, roster_csv, words_in
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.settings import QueueRow
from warmline.kernel.locale import LOCALES

QUEUES = [QueueRow("orders", {"ko": "주문", "ja": "ご注文", "en": "Orders"}, 0.8, 20)]
NOW = datetime(2026, 11, 20, tzinfo=UTC)


async def test_a_name_that_would_run_as_a_formula_is_only_text(rooms: StaffingRooms, company: Company):
    await rooms.rosters.add("onda", BOSS, draft(company), None)
    await rooms.rosters.add("onda", BOSS, draft(company, None, 10, 4), None)
    roster = await rooms.rosters.roster("onda", MONDAY, MONDAY)
    sheet = roster_csv(roster, {str(company["mina"]): "=HYPERLINK(0)"}, QUEUES, "en")
    lines = sheet.removeprefix("\ufeff").split("\r\n")
    assert lines[0].startswith("Date,Agent,Start,End")
    assert lines[1] == "2026-11-23,'=HYPERLINK(0),09:00,18:00,13:00–14:00,,8.0,Orders,full,"
    assert lines[2].startswith("2026-11-23,(nobody),10:00,14:00")
    assert "ご注文" in roster_csv(roster, {}, QUEUES, "ja")


async def test_a_calendar_names_agents_queues_and_pauses(rooms: StaffingRooms, company: Company):
    await rooms.rosters.add("onda", BOSS, draft(company), None)
    await rooms.rosters.add("onda", BOSS, draft(company, None, 10, 4), None)
    roster = await rooms.rosters.roster("onda", MONDAY, MONDAY)
    text = roster_calendar(roster, {str(company["mina"]): "한미나"}, QUEUES, "ko", NOW)
    assert text.count("BEGIN:VEVENT") == 1  # what nobody works is in nobody's calendar
    assert "SUMMARY:근무: 한미나" in text
    assert "DESCRIPTION:주문\\n점심 13:00–14:00" in text
    assert f"DTSTART:{MIDNIGHT:%Y%m%d}T" not in text
    assert "DTSTART:20261123T000000Z" in text


def test_every_rule_has_its_words_in_three_languages():
    for locale in LOCALES:
        assert set(RULES[locale]) == {rule.value for rule in Breach}
    assert words_in("ja", QUEUES).queue("orders") == "ご注文"
    assert words_in("ja", QUEUES).queue("gone") == "gone"
