"""The map shows why customers come and what is missing; tags that a journey breaks are refused with the report."""

from datetime import date

import pytest
from msgspec.structs import replace
from tests.features.reasons.conftest import Signals, contact, misheard

from warmline.domain.journey.checker import check
from warmline.domain.journey.tasks import Tasks, TasksOf
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.journeys.proof import Proof
from warmline.features.reasons.gaps import Entry, Gap
from warmline.features.reasons.service import Reasons
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline_demo.content import library as demo

ADMIN = Actor("Admin", new_id())
NAME = {"ko": "매장", "ja": "店舗", "en": "Stores"}
DAY = date(2026, 11, 2)


async def test_the_map_sorts_by_volume_and_marks_the_gaps(reasons: Reasons, shop: Database):
    for _ in range(3):
        await contact(shop, "gift_card")
    await contact(shop, "refund", contained=True)
    await contact(shop, None)
    found = await reasons.map("onda", DAY, DAY)
    assert [line.id for line in found.items[:2]] == ["gift_card", "refund"]
    lines = {line.id: line for line in found.items}
    assert lines["gift_card"].gaps == (Gap("uncatalogued"),)
    assert lines["exchange"].gaps == (Gap("no_journey"),)
    assert lines["refund"].gaps == ()
    assert "refund" in lines["refund"].declared_in
    assert [one.channel for one in lines["refund"].channels] == ["webchat"]
    assert found.undeclared.volume == 1
    usual = await reasons.map("onda", None, None)
    assert (usual.last - usual.first).days == 27


async def test_the_map_tells_how_often_customers_of_a_reason_were_not_understood(reasons: Reasons, shop: Database):
    await misheard(shop, await contact(shop, "refund"), handed=True)
    await misheard(shop, await contact(shop, None))
    day = date(2026, 11, 2)
    found = await reasons.map("onda", day, day)
    lines = {line.id: line.unheard for line in found.items}
    assert (lines["refund"].times, lines["refund"].contacts, lines["refund"].handed) == (1, 1, 1)
    assert (lines["order_status"].times, found.unheard.times, found.unheard.handed) == (0, 2, 1)


async def test_a_reason_is_added_changed_and_taken_away(reasons: Reasons, signals: Signals):
    entry = Entry("gift_card", NAME, journey_id="store-hours")
    await reasons.create("onda", ADMIN, entry)
    with pytest.raises(Refused) as taken:
        await reasons.create("onda", ADMIN, entry)
    assert taken.value.code == "reasons.taken"
    changed = await reasons.change("onda", ADMIN, replace(entry, needs=("number",)))
    assert changed.version == 2
    with pytest.raises(Refused) as stale:
        await reasons.change("onda", ADMIN, entry)
    assert stale.value.code == "conflict"
    with pytest.raises(Refused) as moved:
        await reasons.remove("onda", ADMIN, "gift_card", 1)
    assert moved.value.code == "conflict"
    await reasons.remove("onda", ADMIN, "gift_card", 2)
    with pytest.raises(Refused) as gone:
        await reasons.remove("onda", ADMIN, "gift_card", None)
    assert gone.value.code == "not_found"
    assert signals == [("onda", "settings", "contact_reason")] * 3


async def test_a_tag_that_a_published_journey_breaks_is_refused_with_the_report(reasons: Reasons, shop: Database):
    async with shop.tenant("onda") as conn:
        before = await conn.fetchval("SELECT tags FROM contact_reason WHERE id = 'store_hours'")
        await conn.execute(
            "UPDATE journey SET document = jsonb_set(document, '{pii}', '[]') WHERE id = 'password-reset'"
        )
        await conn.execute("DELETE FROM contact_reason WHERE id = 'password_reset'")
    entry = Entry("password_reset", NAME, tags=("PIPA",), level=2, journey_id="password-reset")
    with pytest.raises(Refused) as refusal:
        await reasons.create("onda", ADMIN, entry, "ko")
    assert refusal.value.code == "reasons.breaks"
    assert refusal.value.details["journey"] == "password-reset"
    assert "email" in str(refusal.value.details["report"])
    await reasons.create("onda", ADMIN, replace(entry, tags=()))
    assert before == []


async def test_a_task_that_only_another_company_has_is_a_gap_here(shop: Database):
    async def signal(*_: str) -> None: ...

    async def gaps(tasks: Tasks | TasksOf) -> set[str]:
        proof = Proof(check, platform_prompts(), tasks)
        found = await Reasons(shop, proof, tasks, signal).map("onda", DAY, DAY)
        return {gap.kind for line in found.items for gap in line.gaps}

    assert "task_unknown" not in await gaps(demo.TASKS)
    assert "task_unknown" in await gaps(lambda company: demo.TASKS if company == "rival" else {})
