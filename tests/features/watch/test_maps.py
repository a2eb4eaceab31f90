"""A journey's map counts what the event log tells, exactly."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.features.watch.conftest import BLOCKS, LINES, STEPS, Town

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.features.watch.maps import UNDER_WAY, Map, Maps
from warmline.kernel.errors import Refused
from warmline.ports import chat
from warmline.runtime.clock import utc_now

TODAY = (datetime.now(UTC).date() - timedelta(days=1), datetime.now(UTC).date() + timedelta(days=1))
Place = tuple[str, str]  # journey, path


class Told:
    """What one contact's events tell by themselves: the places passed, in order, and how it left each journey."""

    def __init__(self, events: Sequence[chat.Told]) -> None:
        self.visits: list[tuple[Place | None, Place]] = []
        self.exits: list[tuple[Place, str]] = []
        self.here: Place | None = None
        self.channel = self.locale = ""
        for stored in events:
            self._hear(stored.event)

    def _hear(self, event: e.AnyEvent) -> None:
        match event:
            case e.ContactOpened(channel=channel, locale=locale):
                self.channel, self.locale = channel, locale
            case e.JourneyMoved(journey_id=journey_id, section=section):
                self._visit((journey_id, section))
            case e.MessageSent(author="bot", prompt=prompt) if prompt in BLOCKS:
                self._visit(BLOCKS[prompt])
            case e.MessageSent(author="bot", prompt=prompt) if prompt in STEPS:
                if self.here != STEPS[prompt]:
                    self._visit(STEPS[prompt])
            case e.ContactQueued(why="journey") if self.here is not None:
                self._visit((self.here[0], LINES[self.here[0]]))
            case e.AgentJoined():
                self._leave("person")
            case e.ContactEnded(reason=reason):
                self._leave(reason.value)
            case _:
                pass

    def _visit(self, place: Place) -> None:
        self.visits.append((self.here, place))
        self.here = place

    def _leave(self, how: str) -> None:
        if self.here is not None:
            self.exits.append((self.here, how))
        self.here = None


async def tell(town: Town) -> dict[UUID, Told]:
    """Read everybody's events."""
    return {one: Told(await town.rooms.chat.history("onda", one, 0)) for one in town.contacts}


def check(found: Map, told: list[Told]) -> None:
    """The map of a journey says what these contacts' events say, number for number."""
    journey_id = found.journey_id
    entered: Counter[str] = Counter()
    per_contact: defaultdict[str, Counter[int]] = defaultdict(Counter)
    ways: Counter[tuple[str | None, str]] = Counter()
    onward: Counter[tuple[str, str]] = Counter()
    exits: Counter[tuple[str, str]] = Counter()
    now: Counter[str] = Counter()
    for number, one in enumerate(told):
        for before, (journey, path) in one.visits:
            if journey == journey_id:
                entered[path] += 1
                per_contact[path][number] += 1
                origin = before and (before[1] if before[0] == journey_id else f"{before[0]}#{before[1]}")
                ways[origin, path] += 1
            if before is not None and before[0] == journey_id != journey:
                onward[before[1], journey] += 1
        exits.update((path, how) for (journey, path), how in one.exits if journey == journey_id)
        if one.here is not None and one.here[0] == journey_id:
            now[one.here[1]] += 1
    assert {one.path: one.entered for one in found.places if one.entered} == entered
    assert {one.path: one.contacts for one in found.places if one.contacts} == {
        path: len(times) for path, times in per_contact.items()
    }
    assert {one.path: one.repeated for one in found.places if one.repeated} == {
        path: many for path, times in per_contact.items() if (many := sum(n > 1 for n in times.values()))
    }
    assert {(one.from_path, one.path): one.times for one in found.ways} == ways
    assert {(one.path, one.journey_id): one.times for one in found.onward} == onward
    assert {(one.path, one.how): one.times for one in found.exits} == exits
    assert {one.path: one.now for one in found.places if one.now} == now
    dropped = Counter({path: times for (path, how), times in exits.items() if how == "customer_left"})
    assert {one.path: one.dropped for one in found.places if one.dropped} == dropped
    assert sum(one.contacts for one in found.ends) == found.contacts
    assert found.contacts == len({number for times in per_contact.values() for number in times})
    assert (found.begun, found.now) == (sum(n for (origin, _), n in ways.items() if origin is None), now.total())


async def test_every_number_of_the_map_is_what_the_event_log_tells_of_many_customers(town: Town):
    chance = random.Random(5)
    for _ in range(90):
        await town.wander(chance, chance.randint(0, 12))
    told = list((await tell(town)).values())
    maps = Maps(town.database)
    for journey_id in ("front", "number", "returns", "csat"):
        found = await maps.map("onda", journey_id, *TODAY)
        assert found.contacts > 5, journey_id
        check(found, told)
        for channel in ("webchat", "email"):
            of_channel = [one for one in told if one.channel == channel]
            check(await maps.map("onda", journey_id, *TODAY, channel=channel), of_channel)
        in_japanese = [one for one in told if one.locale == "ja"]
        check(await maps.map("onda", journey_id, *TODAY, locale="ja"), in_japanese)


async def test_each_number_leads_to_exactly_the_contacts_it_counts(town: Town):
    chance = random.Random(11)
    for _ in range(40):
        await town.wander(chance, chance.randint(0, 10))
    maps = Maps(town.database)
    found = await maps.map("onda", "front", *TODAY)

    async def whose(what, path=None, which=None):
        return await maps.contacts("onda", "front", *TODAY, what, path, which, limit=500)

    for spot in found.places:
        came = await whose("entered", spot.path)
        assert (len(came), sum(one.times for one in came)) == (spot.contacts, spot.entered)
        assert len(await whose("repeated", spot.path)) == spot.repeated
        assert len(await whose("now", spot.path)) == spot.now
        assert sum(one.times for one in await whose("dropped", spot.path)) == spot.dropped
    for way in found.ways:
        assert sum(one.times for one in await whose("way", way.path, way.from_path)) == way.times
    for out in found.exits:
        assert sum(one.times for one in await whose("left", out.path, out.how)) == out.times
    for end in found.ends:
        assert len(await whose("end", None, end.how)) == end.contacts
    assert {one.contact_id for one in await whose("entered")} <= set(town.contacts)
    assert len(await maps.contacts("onda", "front", *TODAY, "entered", None, None, limit=3)) == 3


async def test_a_customer_in_line_is_seen_there_until_a_person_answers(town: Town):
    maps = Maps(town.database)
    it = await town.open()
    await town.tap(it.id, "agent")
    waiting = {one.path: one.now for one in (await maps.map("onda", "front", *TODAY)).places}
    assert waiting["agent/0"] == 1
    await town.answer(it.id)
    answered = await maps.map("onda", "front", *TODAY)
    assert (answered.now, [(one.how, one.contacts) for one in answered.ends]) == (0, [("person", 1)])
    (line,) = [one for one in answered.places if one.path == "agent/0"]
    assert (line.stays, line.left, line.dropped) == (1, 1, 0)
    assert line.median_s is not None
    assert 0 <= line.median_s <= (line.p90_s or 0) < 60


async def test_solving_it_alone_is_containment_and_who_is_still_under_way_counts_for_nothing_yet(town: Town):
    maps = Maps(town.database)
    await town.open()
    assert (await maps.map("onda", "front", *TODAY)).containment is None
    for value in ("bye", "bye", "agent"):
        await town.tap((await town.open()).id, value)
    assert (await maps.map("onda", "front", *TODAY)).containment == 1.0
    await town.answer(town.contacts[-1])
    found = await maps.map("onda", "front", *TODAY)
    assert found.containment == pytest.approx(2 / 3)
    assert {one.how: one.contacts for one in found.ends} == {"contained": 2, "person": 1, UNDER_WAY: 1}


async def test_a_contact_handed_on_to_another_journey_counts_in_both_and_ends_as_it_ended_there(town: Town):
    maps = Maps(town.database)
    it = await town.open()
    await town.tap(it.id, "returns")
    await town.tap(it.id, "done")
    front, returns = [await maps.map("onda", one, *TODAY) for one in ("front", "returns")]
    assert [(one.path, one.journey_id) for one in front.onward] == [("start/1/option:returns", "returns")]
    assert [one.how for one in front.ends] == [one.how for one in returns.ends] == ["contained"]
    assert (front.begun, returns.begun) == (1, 0)


async def test_whoever_has_waited_since_before_the_period_is_on_the_map_of_now(town: Town):
    it = await town.open()
    await town.tap(it.id, "agent")
    long_ago = date(2026, 1, 5)
    found = await Maps(town.database).map("onda", "front", long_ago, long_ago)
    assert [(one.path, one.entered, one.now) for one in found.places] == [("agent/0", 0, 1)]


async def test_versions_are_told_apart(town: Town):
    await town.open()
    async with town.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " SELECT tenant_id, id, 2, document, $1 FROM journey WHERE tenant_id = 'onda' AND id = 'front'",
            utc_now(),
        )
    town.rooms.facts.settings_changed("onda")
    for _ in range(2):
        await town.open("email", "ja")
    maps = Maps(town.database)
    counts = {one: (await maps.map("onda", "front", *TODAY, version=one)).contacts for one in (None, 1, 2)}
    assert counts == {None: 3, 1: 1, 2: 2}
    seen = (await maps.map("onda", "front", *TODAY)).seen
    assert [(one.version, one.channel, one.locale, one.contacts) for one in seen] == [
        (2, "email", "ja", 2),
        (1, "webchat", "ko", 1),
    ]


async def test_passages_of_an_erased_customer_say_no_more_than_where_somebody_went(town: Town):
    it = await town.open()
    await town.tap(it.id, "order")
    await town.say(it.id, "4711")
    await town.do(it.id, c.CustomerEnds())
    async with town.database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT * FROM journey_passage WHERE contact_id = $1", it.id)
    told = {str(value) for row in rows for key, value in row.items() if key not in ("contact_id", "at")}
    assert "4711" not in " ".join(told)
    assert str(it.customer_id) not in told


async def test_a_journey_nobody_published_and_an_impossible_period_are_refused(town: Town):
    maps = Maps(town.database)
    with pytest.raises(Refused) as unknown:
        await maps.map("onda", "nowhere", *TODAY)
    assert unknown.value.code == "not_found"
    with pytest.raises(Refused) as backwards:
        await maps.map("onda", "front", TODAY[1], TODAY[0])
    assert backwards.value.code == "invalid"
