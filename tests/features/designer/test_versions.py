"""What changed between versions, two people's work put together, and the way back."""

import pytest
from tests.features.designer.conftest import HI, hello
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.domain.journey.diff import Change
from warmline.features.designer.drafts import Drafts, empty
from warmline.features.designer.simulator import Libraries
from warmline.features.designer.versions import CUSTOMERS, Versions
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


@pytest.fixture
def versions(database: Database, journeys: Journeys) -> Versions:
    return Versions(database, journeys, Libraries(database, PLATFORM, TASKS))


async def test_versions_and_drafts_are_compared_by_name(
    versions: Versions, drafts: Drafts, journeys: Journeys, mina: Actor, ken: Actor
):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    await journeys.publish("onda", ken, "hello", hello("hello.hi", "hello.open"))
    draft = await drafts.create("onda", mina, "hello", "", document=hello("hello.open"), version=2)
    added = Change("added", "step", "start/1", None, "say")
    assert await versions.compare("onda", "hello", "1", "newest") == [added]
    removed = Change("removed", "step", None, "start/0", "say", own={"prompt": "hello.hi"}, near="start")
    assert await versions.compare("onda", "hello", "2", str(draft.line.id)) == [removed]
    from_nothing = await versions.compare("onda", "hello", "0", "1")
    assert {(one.kind, one.what) for one in from_nothing} == {("added", "section"), ("added", "step")}
    told = [(line.version, name) for line, name in await versions.lines("onda", "hello")]
    assert told == [(2, "Admin of Onda"), (1, "Designer of Onda")]
    for name, code in (("7", "not_found"), ("yesterday", "invalid"), (str(draft.line.owner), "not_found")):
        with pytest.raises(Refused) as refused:
            await versions.compare("onda", "hello", "1", name)
        assert refused.value.code == code
    with pytest.raises(Refused, match="no such version"):
        await versions.compare("rival", "hello", "1", "2")


async def test_a_draft_that_fell_behind_takes_in_the_newest_version_and_is_published(
    versions: Versions, drafts: Drafts, journeys: Journeys, mina: Actor, ken: Actor
):
    await journeys.publish("onda", mina, "hello", hello("hello.hi", "hello.hi"))
    draft = await drafts.create("onda", mina, "hello", "", version=1)
    mine = hello("hello.open", "hello.hi", "hello.hi")
    await drafts.save("onda", mina, "hello", draft.line.id, 1, document=mine)
    await journeys.publish("onda", ken, "hello", hello("hello.hi", "hello.hi", "hello.open"))
    merged = await versions.merge("onda", "hello", "1", str(draft.line.id), "newest", {})
    assert merged.conflicts == ()
    line = await drafts.save("onda", mina, "hello", draft.line.id, 2, document=merged.document, base_version=2)
    assert (await drafts.publish("onda", mina, "hello", draft.line.id, line.revision)).version == 3
    assert (await journeys.one("onda", "hello", 3))[1] == hello("hello.open", "hello.hi", "hello.hi", "hello.open")


async def test_what_both_changed_is_asked_and_decided(versions: Versions, journeys: Journeys, mina: Actor):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    mine, theirs = hello("hello.open"), hello("hello.bye")
    (conflict,) = (await versions.merge("onda", "hello", "newest", mine, theirs, {})).conflicts
    assert (conflict.kind, conflict.path, conflict.field) == ("field", "start/0", "prompt")
    decided = await versions.merge("onda", "hello", "newest", mine, theirs, {conflict.id: "theirs"})
    assert (decided.document, decided.conflicts) == (theirs, ())


async def test_going_back_publishes_the_old_words_anew_and_only_if_they_still_hold(
    versions: Versions, journeys: Journeys, database: Database, mina: Actor
):
    for prompts in (("hello.hi",), ("hello.open",)):
        await journeys.publish("onda", mina, "hello", hello(*prompts))
    line = await versions.rollback("onda", mina, "hello", 1, 2, "en")
    assert line.version == 3
    assert (await journeys.one("onda", "hello", None))[1] == hello("hello.hi")
    with pytest.raises(Refused) as same:
        await versions.rollback("onda", mina, "hello", 1, 3, "en")
    assert same.value.code == "designer.newest_already"
    with pytest.raises(Refused) as unseen:
        await versions.rollback("onda", mina, "hello", 2, 2, "en")
    assert unseen.value.code == "conflict"
    async with database.tenant("onda") as conn:
        await conn.execute("DELETE FROM prompt WHERE key = 'hello.open'")
        done = await conn.fetchval("SELECT detail FROM audit WHERE action = 'journey.rolled_back'")
    assert done == {"to": 1, "version": 3}
    with pytest.raises(Refused) as silent:
        await versions.rollback("onda", mina, "hello", 2, 3, "en")
    assert silent.value.code == "journeys.not_publishable"
    await journeys.put_prompt("onda", mina, "hello.open", "written", HI)
    assert (await versions.rollback("onda", mina, "hello", 2, 3, "en")).version == 4


async def test_customers_who_hear_other_words_or_go_another_way_are_counted(
    versions: Versions, drafts: Drafts, journeys: Journeys, mina: Actor
):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    draft = await drafts.create("onda", mina, "hello", "", version=1, document=hello("hello.hi", "hello.open"))
    same = await versions.ways("onda", "hello", "1", "newest")
    assert (same.customers, same.changed, same.examples) == (CUSTOMERS, 0, ())
    other = await versions.ways("onda", "hello", "1", str(draft.line.id))
    assert other.changed == CUSTOMERS
    assert len(other.examples[0].after) == len(other.examples[0].before) + 1
    await drafts.save("onda", mina, "hello", draft.line.id, 1, document=empty("hello") | {"title": 1})
    with pytest.raises(Refused) as half_drawn:
        await versions.ways("onda", "hello", "1", str(draft.line.id))
    assert half_drawn.value.code == "invalid"


async def test_a_comparison_or_merge_that_takes_too_long_is_given_up_and_frees_the_next_one(
    database: Database, journeys: Journeys
):
    old, mine, theirs = (hello(*(f"{name}.{n}" for n in range(400))) for name in ("a", "b", "c"))
    hurried = Versions(database, journeys, Libraries(database, PLATFORM, TASKS), at_most_s=0.02)
    for _ in range(3):
        with pytest.raises(Refused) as refused:
            await hurried.merge("onda", "hello", old, mine, theirs, {})
        assert refused.value.code == "designer.too_long"
    short = hello("hello.hi")
    patient = Versions(database, journeys, Libraries(database, PLATFORM, TASKS))
    assert (await patient.merge("onda", "hello", short, short, short, {})).conflicts == ()
