"""Facts stay fresh."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest

from house import House
from warmline.domain.hours.calendar import Calendar
from warmline.domain.journey.interface import Wanted
from warmline.features.contacts.facts import TenantFacts
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id


async def test_a_changed_setting_is_known_after_its_signal(house: House, feed):
    facts = await house.rooms.facts.of("onda")
    assert facts.policy("orders").wrap_up_s == 60
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET wrap_up_s = 5 WHERE id = 'orders'")
    await feed.signal("onda", "settings", "")
    assert (await house.rooms.facts.of("onda")).policy("orders").wrap_up_s == 5


async def test_facts_answer_what_journeys_ask(house: House):
    facts = await house.rooms.facts.of("onda")
    assert facts.journey("front", None)[1] == 1
    assert facts.prompt("t.agent", "ja", "webchat") == "担当者"
    assert facts.prompt("nothing", "ja", "webchat") is None
    assert facts.queue("orders", None).staffed
    assert not facts.queue("nowhere", None).staffed
    assert facts.announcements("emergency", "ko", datetime.now(UTC)) == []
    assert facts.policy("nowhere") is facts.policy(None)
    with pytest.raises(KeyError):
        facts.journey("nothing", None)
    with pytest.raises(KeyError):
        facts.hours("nowhere", datetime.now(UTC))


async def test_what_is_published_is_found_as_what_it_is(house: House):
    facts = await house.rooms.facts.of("onda")
    assert facts.published("front", "journey") == facts.journey("front", None)
    for name, kind, called in (
        ("front", "guide", "guide"),
        ("front", "help", "help page"),
        ("no", "help", "help page"),
    ):
        with pytest.raises(Refused) as refusal:
            facts.published(name, kind)
        assert refusal.value.details["what"] == called


async def test_staffing_that_ends_is_told_to_those_who_care(house: House):
    heard: list[tuple[str, str]] = []
    house.rooms.facts.on_staffing.append(lambda tenant, queue: heard.append((tenant, queue)))
    house.rooms.facts.queues_told("onda", '{"queue_id":"orders","epoch":1,"turn":5,"waiting":1,"staffed":0}')
    house.rooms.facts.queues_told("onda", '{"queue_id":"orders","epoch":1,"turn":6,"waiting":1,"staffed":0}')
    assert heard == [("onda", "orders")]


async def test_widgets_are_found_by_key_across_companies(house: House):
    facts = house.rooms.facts
    assert facts.widget("onda").tenant_id == "onda"
    assert facts.widget("nobody") is None
    assert facts.known_origin("https://shop.example")
    assert not facts.known_origin("https://evil.example")
    assert facts.upload_limit("onda") == 10_485_760
    assert facts.upload_limit("nobody") == 0


async def test_after_a_lost_ear_everything_is_read_again(house: House):
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET max_waiting = 1 WHERE id = 'orders'")
    house.rooms.facts.all_changed()
    async with asyncio.timeout(5):
        facts = await house.rooms.facts.of("onda")
    assert facts.settings.queues["orders"].max_waiting == 1


async def test_nobody_who_speaks_the_customer_s_language_means_nobody_staffed(house: House):
    facts = await house.rooms.facts.of("onda")
    facts.settings = msgspec.structs.replace(facts.settings, languages=frozenset({"ko", "ja"}))
    facts = TenantFacts(facts.settings, facts.stats)
    facts.stats.receive(
        '{"queue_id":"orders","epoch":9,"turn":1,"waiting":0,"staffed":1,"skills":["ko","orders"],"kinds":["53"]}'
    )
    assert facts.queue("orders", None, Wanted("ko")).staffed
    assert not facts.queue("orders", None, Wanted("ja")).staffed
    assert facts.queue("orders", None, Wanted("en")).staffed  # nobody at all speaks it: anybody may try
    assert facts.queue("orders", None, Wanted("ko", {"orders": 3})).staffed
    assert not facts.queue("orders", None, Wanted("ko", {"orders": 4})).staffed


async def test_while_settings_are_being_read_again_nobody_is_given_the_old_ones(house: House):
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET max_waiting = 7 WHERE id = 'orders'")
    house.rooms.facts.settings_changed("onda")
    await asyncio.sleep(0)  # lets the reading begin
    assert house.rooms.facts.ready("onda") is None
    assert (await house.rooms.facts.of("onda")).settings.queues["orders"].max_waiting == 7


async def test_a_closed_queue_takes_nobody_new_and_still_serves_those_in_line(house: House):
    facts = await house.rooms.facts.of("onda")
    orders = msgspec.structs.replace(facts.settings.queues["orders"], calendar_id="never")
    settings = msgspec.structs.replace(
        facts.settings,
        queues={**facts.settings.queues, "orders": orders},
        calendars={**facts.settings.calendars, "never": Calendar("Asia/Seoul", "", {})},
    )
    closed = TenantFacts(settings, facts.stats)
    waiting = new_id()
    facts.stats.receive(
        f'{{"queue_id":"orders","epoch":9,"turn":1,"waiting":1,"staffed":1,"ids":["{waiting.hex}"]}}'
    )
    assert not closed.queue("orders", None).staffed
    assert closed.queue("orders", waiting).staffed
    assert closed.queue("general", None).staffed == facts.queue("general", None).staffed
    assert closed.policy("orders").queue("orders").calendar is not None
