"""Settings as they are read from the tables."""

from datetime import UTC, datetime, timedelta

from house import CSAT, FRONT, furnish
from warmline.features.contacts.settings_store import SettingsStore, platform_prompts
from warmline.kernel.ids import new_id


async def test_a_snapshot_holds_everything_of_this_tenant_and_nothing_of_another(database):
    await furnish(database)
    now = datetime.now(UTC)
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO calendar (tenant_id, id, name, time_zone, country, weekly)"
            " VALUES ('onda', 'seoul', '{}', 'Asia/Seoul', 'KR', $1)",
            {"mon": [["09:00", "18:00"]]},
        )
        for hours, enabled in ((1, True), (-1, True), (1, False)):
            await conn.execute(
                "INSERT INTO announcement (tenant_id, id, slot, texts, starts_at, ends_at, enabled)"
                " VALUES ('onda', $1, 'emergency', $2, $3, $4, $5)",
                new_id(), {"ko": "점검"}, now - timedelta(hours=2), now + timedelta(hours=hours), enabled,
            )  # fmt: skip
        await conn.execute(
            "UPDATE queue SET dispositions = $1 WHERE tenant_id = 'onda' AND id = 'orders'",
            [{"id": "sent", "name": {"ko": "재발송"}}, {"id": "lost", "name": {"ko": "분실"}}],
        )
        await conn.execute(
            "INSERT INTO contact_reason (tenant_id, id, name, person_after) VALUES"
            " ('onda', 'refund', '{}', 4), ('onda', 'complaint', '{}', NULL)"
        )
    store = SettingsStore(database, platform_prompts())
    onda = await store.load("onda", {})
    assert onda.journeys == {("front", 1): FRONT, ("csat", 1): CSAT}
    assert onda.queues["orders"].survey_journey_id == "csat"
    assert onda.queues["orders"].dispositions == ("sent", "lost")
    assert onda.calendars["seoul"].weekly["mon"] == (("09:00", "18:00"),)
    assert [one.texts for one in onda.announcements] == [{"ko": "점검"}]
    assert onda.prompts["ko"]["t.hello"] == "안녕하세요, 온다입니다."
    assert onda.prompts["ja"]["common.no_input"], "the platform's own words are there too"
    assert onda.person_after == {"refund": 4}
    assert onda.widgets["onda"].journey_id == "front"
    again = await store.load("onda", onda.journeys)
    assert again.journeys["front", 1] is onda.journeys["front", 1], "a published version is read once"
    rival = await store.load("rival", {})
    assert (rival.queues, rival.widgets, rival.journeys, rival.person_after) == ({}, {}, {}, {})


def test_what_the_contact_itself_says_is_among_the_texts_a_company_may_change():
    texts = platform_prompts()
    assert all(set(texts[locale]) == set(texts["en"]) for locale in texts)
    assert texts["ja"]["contact.callback_offer"].startswith("お待ちいただく代わりに")
