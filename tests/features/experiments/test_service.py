"""Two versions share the customers of a journey; what is said about them comes from the record."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.features.experiments.conftest import Shop

from house import CSAT
from warmline.domain.contact.commands import AcceptOffer, AgentEnds, CustomerEnds, CustomerMessage, MakeOffer
from warmline.domain.contact.events import ContactOpened
from warmline.domain.contact.model import ContactStatus
from warmline.domain.experiment.assignment import arm_of
from warmline.features.experiments import store
from warmline.features.experiments.service import Experiments, Wish
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now

DESIGNER = Actor("Designer", new_id())
WISH = Wish(version_a=1, version_b=3, share=0.5, metric="contained", within_s=60, difference=0.2)


async def _opened_with(shop: Shop, contact_id: UUID) -> int | None:
    opened = (await shop.house.rooms.chat.history("onda", contact_id, 0))[0].event
    assert isinstance(opened, ContactOpened)
    return opened.journey_version


async def test_every_customer_gets_the_version_of_their_lot_and_keeps_it(shop: Shop):
    split = (await shop.experiments.begin("onda", DESIGNER, "front", WISH)).split
    assert ("onda", "settings", "split") in shop.signals
    seen: set[int] = set()
    for _ in range(24):
        contact = await shop.visit()
        arm = arm_of(split.id, contact.id, 0.5)
        expected = 3 if arm == "b" else 1
        assert contact.journey is not None
        assert contact.journey.frames[-1].version == expected
        assert await _opened_with(shop, contact.id) == expected
        seen.add(expected)
    assert seen == {1, 3}
    under_way = await shop.visit()
    await shop.experiments.end("onda", DESIGNER, "front", split.id)
    kept = await shop.house.rooms.service.load("onda", under_way.id)
    assert kept.journey is not None
    assert kept.journey.frames[-1].version == split.lots.version_of(under_way.id)
    after = await shop.visit()
    assert await _opened_with(shop, after.id) == 3, "everybody new gets what is published last"


async def test_outcomes_are_counted_in_the_arm_they_belong_to_once_they_are_settled(shop: Shop):
    await shop.visit("bye")  # before it began: not part of it
    split = (await shop.experiments.begin("onda", DESIGNER, "front", WISH)).split
    expected = {"a": [0, 0], "b": [0, 0]}
    for number in range(16):
        contact = await shop.visit("bye" if number % 4 else "agent")
        arm = arm_of(split.id, contact.id, 0.5)
        expected[arm][0] += 1
        expected[arm][1] += bool(number % 4)
    (watched,) = await shop.experiments.all("onda", "front")
    assert (watched.comparison.a.contacts, watched.comparison.b.contacts) == (0, 0)
    assert watched.unsettled == 16
    shop.later = timedelta(seconds=120)
    (watched,) = await shop.experiments.all("onda", "front")
    found = watched.comparison
    assert [found.a.contacts, found.a.successes] == expected["a"]
    assert [found.b.contacts, found.b.successes] == expected["b"]
    assert (watched.unsettled, watched.apart) == (0, 0)
    assert found.verdict == "undecided"


async def test_who_gives_up_quickly_is_no_quick_success(shop: Shop):
    split = (await shop.experiments.begin("onda", DESIGNER, "front", replace(WISH, metric="short"))).split
    left = await shop.visit()
    await shop.house.rooms.service.command("onda", left.id, CustomerEnds())
    await shop.visit("bye")
    shop.later = timedelta(seconds=120)
    (watched,) = await shop.experiments.all("onda", "front")
    assert watched.split.id == split.id
    assert watched.comparison.a.contacts + watched.comparison.b.contacts == 2
    assert watched.comparison.a.successes + watched.comparison.b.successes == 1


async def _helped(shop: Shop) -> UUID:
    """A customer is helped by a person who ends the contact: they are asked how it was."""
    contact = await shop.visit("agent")
    mina, offer = new_id(), new_id()
    for command in (
        MakeOffer(offer, mina, utc_now() + timedelta(seconds=20)),
        AcceptOffer(mina, "Mina", offer),
        AgentEnds(mina),
    ):
        contact = (await shop.house.rooms.service.command("onda", contact.id, command)).contact
    assert contact.status is ContactStatus.SURVEY
    return contact.id


async def test_a_customer_whose_survey_is_still_open_has_not_kept_silent(shop: Shop):
    await shop.experiments.begin("onda", DESIGNER, "front", replace(WISH, metric="satisfied"))
    slow, silent = await _helped(shop), await _helped(shop)
    await shop.visit("bye")  # nobody asked: no answer for good
    shop.later = timedelta(seconds=120)
    (watched,) = await shop.experiments.all("onda", "front")
    counted = watched.comparison.a.contacts + watched.comparison.b.contacts
    assert (counted, watched.unsettled) == (1, 2)
    for contact, answer in ((slow, CustomerMessage("late", "5", "5")), (silent, CustomerEnds())):
        await shop.house.rooms.service.command("onda", contact, answer)
    (watched,) = await shop.experiments.all("onda", "front")
    counted = watched.comparison.a.contacts + watched.comparison.b.contacts
    assert (counted, watched.unsettled) == (3, 0)
    assert watched.comparison.a.successes + watched.comparison.b.successes == 1


async def test_what_settled_late_is_counted_behind_what_was_told_before(shop: Shop):
    now = utc_now()
    await shop.experiments.begin("onda", DESIGNER, "front", replace(WISH, metric="satisfied"))
    first = await _helped(shop)
    second = await shop.visit("bye")
    await shop.house.rooms.service.command("onda", first, CustomerMessage("late", "5", "5"))
    async with shop.house.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET ended_at = $2 WHERE id = $1", first, now + timedelta(hours=1))
        found = await store.entries(
            conn, "onda", "front", "satisfied", 60, now, now + timedelta(minutes=5), now + timedelta(hours=2)
        )
        early = await store.entries(
            conn, "onda", "front", "satisfied", 60, now, now + timedelta(minutes=5), now + timedelta(minutes=30)
        )
    assert [(one.contact_id, one.success) for one in found] == [(second.id, False), (first, True)]
    assert [(one.contact_id, one.success) for one in early] == [(second.id, False), (first, None)]


async def test_a_plan_is_made_from_the_record_or_says_that_there_is_none(shop: Shop):
    plan = await shop.experiments.plan("onda", "front", WISH)
    assert (plan.base, plan.base_known, plan.days) == (0.5, False, None)
    for number in range(40):
        await shop.visit("bye" if number < 30 else "agent")
    shop.later = timedelta(seconds=120)
    known = await shop.experiments.plan("onda", "front", WISH)
    assert (known.base, known.base_known) == (0.75, True)
    assert known.needed < plan.needed
    assert known.days == pytest.approx(known.needed / 40), "the record is a day old at most"
    with pytest.raises(Refused) as refusal:
        await shop.experiments.plan("onda", "front", replace(WISH, difference=0.8))
    assert refusal.value.details["field"] == "difference"


async def test_figures_of_a_comparison_that_is_over_are_counted_once_and_stay_as_they_were(shop: Shop):
    split = (await shop.experiments.begin("onda", DESIGNER, "front", WISH)).split
    await shop.visit("bye")
    await shop.experiments.end("onda", DESIGNER, "front", split.id)
    early = (await shop.experiments.all("onda", "front"))[0]
    assert early.unsettled == 1, "its outcome is awaited after the end, too"
    shop.later = timedelta(seconds=120)
    final = (await shop.experiments.all("onda", "front"))[0]
    assert final.comparison.a.successes + final.comparison.b.successes == 1
    async with shop.house.database.tenant("onda") as conn:
        await conn.execute("UPDATE contact SET disconnect_reason = 'customer_left'")
    assert (await shop.experiments.all("onda", "front")) == [final]

    async def nobody_hears(tenant_id: str, name: str, payload: str) -> None:
        shop.signals.append((tenant_id, name, payload))

    anew = Experiments(shop.house.database, shop.journeys, nobody_hears, shop.now)
    (counted,) = await anew.all("onda", "front")
    assert counted.comparison.a.successes + counted.comparison.b.successes == 0, "the record was asked again"


async def test_a_second_comparison_waits_for_the_first_to_end(shop: Shop):
    first = await shop.experiments.begin("onda", DESIGNER, "front", WISH)
    with pytest.raises(Refused) as refusal:
        await shop.experiments.begin("onda", DESIGNER, "front", WISH)
    assert refusal.value.code == "experiments.open"
    ended = await shop.experiments.end("onda", DESIGNER, "front", first.split.id)
    again = await shop.experiments.end("onda", DESIGNER, "front", first.split.id)
    assert ended.split.ended_at == again.split.ended_at
    await shop.experiments.begin("onda", DESIGNER, "front", WISH)
    assert len(await shop.experiments.all("onda", "front")) == 2


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (replace(WISH, version_b=1), "invalid"),
        (replace(WISH, version_b=9), "invalid"),
        (replace(WISH, version_b=2), "experiments.version_unsound"),
    ],
)
async def test_no_customer_is_sent_into_a_version_that_is_not_there_or_not_sound(
    shop: Shop, wish: Wish, code: str
):
    with pytest.raises(Refused) as refusal:
        await shop.experiments.begin("onda", DESIGNER, "front", wish)
    assert refusal.value.code == code
    assert await shop.experiments.all("onda", "front") == []


async def test_surveys_are_not_split_because_their_version_is_not_drawn(shop: Shop):
    async with shop.house.database.tenant("onda") as conn:
        await conn.execute("INSERT INTO journey VALUES ('onda', 'csat', 2, $1, NULL, $2)", CSAT, utc_now())
    with pytest.raises(Refused) as refusal:
        await shop.experiments.begin("onda", DESIGNER, "csat", WISH)
    assert refusal.value.code == "experiments.not_splittable"


async def test_what_nobody_began_cannot_be_ended(shop: Shop):
    with pytest.raises(Refused) as refusal:
        await shop.experiments.end("onda", DESIGNER, "front", new_id())
    assert refusal.value.code == "not_found"
