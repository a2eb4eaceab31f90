"""Designers see what customers said that no choice knew, and nothing that tells who said it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from tests.features.watch.conftest import Town

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus
from warmline.features.customers.privacy import Privacy
from warmline.features.customers.service import Customers
from warmline.features.security.audit import Actor
from warmline.features.watch.unheard import Said, Sought, Unheard, phrases_of, read_unheard
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring

TODAY = datetime.now(UTC).date()
DAYS = Sought(TODAY - timedelta(days=1), TODAY + timedelta(days=1))


async def seen(town: Town, keyring: Keyring, sought: Sought = DAYS) -> Unheard:
    return await read_unheard(town.database, keyring, "onda", sought)


async def words_kept(database: Database) -> int:
    async with database.tenant("onda") as conn:
        return await conn.fetchval("SELECT count(words) FROM journey_misunderstanding WHERE tenant_id = 'onda'")


async def test_words_that_mean_the_same_are_one_phrase_with_how_many_customers_said_it(
    town: Town, keyring: Keyring
):
    for text in ("내 택배 어디?", "내 택배 어디!", "선물 포장"):
        await town.say((await town.open()).id, text)
    silent = await town.open()
    await town.do(silent.id, c.CustomerSilent())
    (menu,) = (await seen(town, keyring)).steps
    assert (menu.journey_id, menu.path, menu.version, menu.prompt) == ("front", "start/1", 1, "w.menu")
    assert (menu.no_match, menu.no_input, menu.contacts, menu.handed) == (3, 1, 4, 0)
    assert [(one.times, one.contacts, one.locale) for one in menu.phrases] == [(2, 2, "ko"), (1, 1, "ko")]
    assert menu.phrases[0].text.startswith("내 택배 어디")
    assert (menu.read, menu.others) == (3, 0)


async def test_each_step_is_told_apart_and_what_is_looked_at_can_be_narrowed(town: Town, keyring: Keyring):
    order = await town.open()
    await town.tap(order.id, "order")
    await town.say(order.id, "잘 모르겠어요")
    japanese = await town.open("email", "ja")
    await town.say(japanese.id, "ギフト包装")
    places = {(one.journey_id, one.path): one for one in (await seen(town, keyring)).steps}
    assert set(places) == {("front", "start/1"), ("number", "start/0")}
    assert places["number", "start/0"].phrases == [], (
        "a number is no choice: that nobody understood is all there is"
    )
    narrowed = {
        "journey_id": ("number", [("number", "start/0")]),
        "channel": ("email", [("front", "start/1")]),
        "locale": ("ko", [("number", "start/0")]),
        "version": (2, []),
        "reason": ("order_status", []),
    }
    for name, (value, found) in narrowed.items():
        told = await seen(town, keyring, msgspec.structs.replace(DAYS, **{name: value}))
        assert [(one.journey_id, one.path) for one in told.steps] == found, name
    before = msgspec.structs.replace(
        DAYS, first=DAYS.first - timedelta(days=9), last=DAYS.first - timedelta(days=8)
    )
    assert (await seen(town, keyring, before)).steps == []


async def test_numbers_and_addresses_of_a_customer_are_nowhere_to_be_read(town: Town, keyring: Keyring):
    await town.say((await town.open()).id, "주문 2611-3407 때문에요, mina@example.com")
    (menu,) = (await seen(town, keyring)).steps
    assert [one.text for one in menu.phrases] == ["주문 ••• 때문에요, •••"]
    async with town.database.tenant("onda") as conn:
        sealed = await conn.fetchval("SELECT words FROM journey_misunderstanding WHERE tenant_id = 'onda'")
    assert "주문".encode() not in sealed


async def test_the_words_go_with_the_customer_and_the_count_stays(town: Town, keyring: Keyring, feed: Feed):
    it = await town.open()
    await town.say(it.id, "선물 포장")
    await town.do(it.id, c.CustomerEnds())
    assert await words_kept(town.database) == 1
    async with town.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO customer (tenant_id, id, known, locale, created_at, updated_at)"
            " VALUES ('onda', $1, 0, 'ko', now(), now())",
            it.customer_id,
        )
    customers = Customers(town.database, keyring)
    await Privacy(town.database, keyring, customers).erase("onda", Actor("test"), it.customer_id)
    assert await words_kept(town.database) == 0
    (menu,) = (await seen(town, keyring)).steps
    assert (menu.no_match, menu.phrases) == (1, [])


async def test_words_under_a_key_that_is_gone_are_left_out(town: Town, keyring: Keyring):
    it = await town.open()
    await town.say(it.id, "선물 포장")
    await keyring.erase("onda", it.customer_id)
    (menu,) = (await seen(town, keyring)).steps
    assert (menu.no_match, menu.read, menu.phrases) == (1, 0, [])


async def test_a_customer_whose_reason_has_little_patience_is_handed_over_and_the_step_is_told_so(
    town: Town, keyring: Keyring, feed: Feed
):
    async with town.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact_reason (tenant_id, id, name, person_after) VALUES"
            " ('onda', 'order_status', '{}', 2)"
        )
    await town.rooms.facts._load("onda", None)
    part = {"queue_id": "orders", "epoch": 1, "turn": 2, "waiting": 0, "staffed": 3}
    town.rooms.facts.queues_told("onda", msgspec.json.encode(part).decode())
    it = await town.open()
    await town.tap(it.id, "order")
    await town.say(it.id, "1234")
    await town.say(it.id, "그런 것 같기도")
    assert (await town.say(it.id, "글쎄요")).status is ContactStatus.QUEUED
    told = await seen(town, keyring, msgspec.structs.replace(DAYS, reason="order_status"))
    (again,) = told.steps
    assert (again.path, again.no_match, again.handed) == ("status/1", 2, 1)
    (why,) = [one.event for one in await feed.history("onda", it.id) if isinstance(one.event, e.HandedOver)]
    assert (why.times, why.intent) == (2, "order_status")


async def test_a_step_that_is_no_longer_in_the_journey_has_no_question_but_its_words(town: Town, keyring: Keyring):
    await town.say((await town.open()).id, "선물 포장")
    async with town.database.tenant("onda") as conn:
        await conn.execute("UPDATE journey_misunderstanding SET path = 'gone/7' WHERE tenant_id = 'onda'")
    (gone,) = (await seen(town, keyring)).steps
    assert gone.prompt is None


async def test_days_in_the_wrong_order_are_refused(town: Town, keyring: Keyring):
    with pytest.raises(Refused):
        await seen(town, keyring, Sought(TODAY, TODAY - timedelta(days=1)))


def test_the_same_words_in_another_language_are_another_phrase():
    at = datetime(2026, 11, 22, tzinfo=UTC)

    def said(text: str, locale: str, minute: int, contact: int = 1) -> Said:
        return Said(UUID(int=contact), at + timedelta(minutes=minute), locale, text)

    found = phrases_of(
        [
            said("Gift wrap", "en", 1),
            said("ＧＩＦＴ　ＷＲＡＰ!", "en", 2),
            said("gift wrap", "ja", 3, 2),
            said("!!", "en", 0),
        ]
    )
    assert [(one.text, one.locale, one.times, one.contacts) for one in found] == [
        ("ＧＩＦＴ　ＷＲＡＰ!", "en", 2, 1), ("gift wrap", "ja", 1, 1), ("!!", "en", 1, 1),
    ]  # fmt: skip
