"""Seeing before switching on."""

from datetime import UTC, datetime

import pytest

from warmline.features.admin.previews import holidays_of, who_hears
from warmline.features.admin.schemas_telling import AnnouncementBody
from warmline.runtime.database import Database

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}
SPEAKS = {"sections": {"start": [{"step": "announce", "slot": "emergency"}]}}


async def _publish(database: Database, journeys: dict[str, dict[str, object]]) -> None:
    async with database.tenant("onda") as conn:
        for name, document in journeys.items():
            await conn.execute("INSERT INTO journey VALUES ('onda', $1, 1, $2, NULL, now())", name, document)
        for key in ("shop", "quiet"):
            await conn.execute(
                "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
                " VALUES ('onda', $1, $2, $2, '{https://shop.example}', $1)",
                key, NAME,
            )  # fmt: skip


async def test_an_announcement_in_a_module_is_heard_by_all_who_come_through_it(database: Database):
    await _publish(
        database,
        {
            "notices": SPEAKS,
            "desk": {"sections": {"start": [{"step": "call", "module": "notices"}]}},
            "shop": {"sections": {"start": [{"step": "transfer", "journey": "desk"}]}},
            "quiet": {"sections": {"start": [{"step": "say", "prompt": "x"}]}},
        },
    )
    body = AnnouncementBody.model_validate(
        {
            "slot": "emergency",
            "texts": NAME,
            "starts_at": "2026-11-01T00:00:00Z",
            "ends_at": "2026-11-02T00:00:00Z",
        }
    )
    preview = await who_hears(database, "onda", body, datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert preview.journeys == ["desk", "notices"]
    assert [w.key for w in preview.widgets] == ["shop"]
    assert preview.valid_now
    later = await who_hears(database, "onda", body, datetime(2026, 11, 2, tzinfo=UTC))
    assert not later.valid_now


async def test_a_notice_of_any_kind_is_heard_in_the_lines_it_is_meant_for(database: Database):
    enqueue = {"sections": {"start": [{"step": "enqueue", "queue": "orders"}]}}
    await _publish(database, {"shop": enqueue, "quiet": {"sections": {"start": [{"step": "say", "prompt": "x"}]}}})
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', $1)", NAME)
    body = AnnouncementBody.model_validate(
        {
            "slot": "holiday",
            "texts": NAME,
            "scope": {"queues": ["orders"]},
            "starts_at": "2026-11-01T00:00:00Z",
            "ends_at": "2026-11-02T00:00:00Z",
        }
    )
    preview = await who_hears(database, "onda", body, datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert [queue.id for queue in preview.queues] == ["orders"]
    assert [w.key for w in preview.widgets] == ["shop"]
    assert (preview.journeys, preview.waiting_now) == ([], 0)


@pytest.mark.parametrize(
    ("country", "day", "locale", "name"),
    [
        ("KR", "2026-10-09", "ko", "한글날"),
        ("JP", "2026-11-03", "ja", "文化の日"),
        ("US", "2026-07-04", "en", "Independence Day"),
    ],
)
def test_public_holidays_are_named_as_people_call_them(country: str, day: str, locale: str, name: str):
    named = {str(h.date): dict(h.name) for h in holidays_of(country, 2026)}
    assert named[day][locale] == name
