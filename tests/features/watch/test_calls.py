"""How long a module took is told at the step that called it, in the map of the journey that calls."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.features.watch.conftest import FRONT, NUMBER, Town

from warmline.domain.contact import commands as c
from warmline.domain.journey.authoring import v
from warmline.domain.journey.document import CallModule, End, Goto, Journey, Say, When
from warmline.features.watch.calls import call_from
from warmline.features.watch.maps import Map, Maps

TODAY = (datetime.now(UTC).date() - timedelta(days=1), datetime.now(UTC).date() + timedelta(days=1))
CALL = "start/1/option:order/1"


async def front_of(town: Town, version: int | None = None, channel: str | None = None) -> Map:
    return await Maps(town.database).map("onda", "front", *TODAY, version, channel)


async def passed_after(town: Town, contact_id: object, n: int, later_s: int) -> None:
    """Let a contact have come to its n-th place so long after its first."""
    async with town.database.tenant("onda") as conn:
        await conn.execute(
            "UPDATE journey_passage p SET at = f.at + make_interval(secs => $3) FROM journey_passage f"
            " WHERE p.contact_id = $1 AND p.n = $2 AND f.contact_id = $1 AND f.n = 1",
            contact_id, n, later_s,
        )  # fmt: skip


async def test_the_step_that_calls_a_module_tells_how_long_customers_were_in_it(town: Town):
    it = await town.open()  # start, its menu
    await town.tap(it.id, "order")  # the option's block; then the module: its start, and the question it waits at
    await town.say(it.id, "4711")  # back: the section "status", and the question there
    for n, later_s in ((3, 10), (4, 10), (5, 10), (6, 52), (7, 52)):
        await passed_after(town, it.id, n, later_s)
    (call,) = (await front_of(town)).calls
    assert (call.path, call.module, call.times, call.contacts, call.stays) == (CALL, "number", 1, 1, 1)
    assert (call.median_s, call.p90_s) == (42, 42)
    assert (await front_of(town, 2)).calls == []
    assert (await front_of(town, channel="voice")).calls == []
    assert (await Maps(town.database).map("onda", "number", *TODAY)).calls == []


async def test_who_is_still_in_a_module_has_been_called_and_has_not_taken_a_time_yet(town: Town):
    it = await town.open()
    await town.tap(it.id, "order")
    (call,) = (await front_of(town)).calls
    assert (call.times, call.stays, call.median_s) == (1, 0, None)
    await town.do(it.id, c.CustomerEnds())
    (call,) = (await front_of(town)).calls
    assert (call.times, call.stays) == (1, 1), "leaving is an end of it, too"


async def test_coming_back_to_a_module_counts_again_and_its_map_counts_as_often(town: Town):
    it = await town.open()
    for turn in ("1111", "2222"):
        await town.tap(it.id, "order")
        await town.say(it.id, turn)
        await town.tap(it.id, "yes")
    (call,) = (await front_of(town)).calls
    assert (call.times, call.contacts, call.stays) == (2, 1, 2)
    found = await Maps(town.database).map("onda", "number", *TODAY)
    assert sum(one.entered for one in found.places if one.path == "start") == call.times


@pytest.mark.parametrize(
    ("place", "module", "path"),
    [
        ("start/1/option:order", "number", CALL),
        ("start/1", "number", None),  # the menu waits: whoever goes on from it is in one of its options first
        ("start/1/option:agent", "number", None),
        ("start/1/option:order", "other", None),
        ("start/9/then", "number", None),
        ("gone", "number", None),
    ],
)
def test_a_document_says_which_step_calls_from_a_place(place: str, module: str, path: str | None):
    assert call_from(FRONT, place, module) == path


def test_behind_a_branch_that_is_over_the_steps_after_it_come():
    journey = Journey(
        id="j",
        on_error=(End("w.sorry"),),
        sections={
            "start": (
                When(v.x == "1", then=(Say("w.hello"),), otherwise=(Goto("agent"),)),
                CallModule(NUMBER.id),
                End("w.thanks"),
            ),
            "agent": (CallModule(NUMBER.id), End("w.thanks")),
        },
    )
    assert call_from(journey, "start/0/then", NUMBER.id) == "start/1"
    assert call_from(journey, "start/0/otherwise", NUMBER.id) is None
    assert call_from(journey, "agent", NUMBER.id) == "agent/0"
