"""Two designers draw the same journey; nobody's work is overwritten."""

import asyncio
from uuid import uuid4

import pytest
from tests.features.designer.conftest import hello, id_of

from warmline.features.designer.drafts import MOST_DRAFTS, Drafts, empty
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database


async def test_who_saves_second_is_told_who_was_first_and_nothing_is_lost(drafts: Drafts, mina: Actor, ken: Actor):
    draft = await drafts.create("onda", mina, "hello", "Greeting")
    seen = draft.line.revision
    await drafts.save("onda", mina, "hello", draft.line.id, seen, document=hello("hello.hi"))
    with pytest.raises(Refused) as refused:
        await drafts.save("onda", ken, "hello", draft.line.id, seen, document=hello("hello.open"))
    assert refused.value.code == "designer.draft_newer"
    assert refused.value.details["by"] == "Designer of Onda"
    assert refused.value.details["revision"] == seen + 1
    kept = await drafts.one("onda", "hello", draft.line.id)
    assert kept.document == hello("hello.hi")


async def test_a_save_whose_answer_was_lost_may_be_sent_again(drafts: Drafts, mina: Actor):
    draft = await drafts.create("onda", mina, "hello", "")
    first = await drafts.save("onda", mina, "hello", draft.line.id, 1, document=hello("hello.hi"))
    again = await drafts.save("onda", mina, "hello", draft.line.id, 1, document=hello("hello.hi"))
    assert (first.revision, again.revision) == (2, 2)


async def test_a_draft_begun_once_more_under_its_id_is_the_same_draft_as_it_is_by_now(
    drafts: Drafts, database: Database, mina: Actor
):
    id = uuid4()
    first = await drafts.create("onda", mina, "hello", "", document=hello("hello.hi"), wanted_id=id)
    await drafts.save("onda", mina, "hello", id, 1, document=hello("hello.open"))
    again = await drafts.create("onda", mina, "hello", "", document=hello("hello.hi"), wanted_id=id)
    assert (first.line.id, again.line.id, again.line.revision) == (id, id, 2)
    assert again.document == hello("hello.open"), "what was saved since is not lost"
    assert len(await drafts.all("onda", "hello")) == 1
    async with database.tenant("onda") as conn:
        noted = await conn.fetchval("SELECT count(*) FROM audit WHERE action = 'draft.created'")
    assert noted == 1


async def test_the_same_request_sent_twice_at_once_begins_one_draft(drafts: Drafts, mina: Actor):
    id = uuid4()
    made = await asyncio.gather(
        *(drafts.create("onda", mina, "hello", "", document=hello("hello.hi"), wanted_id=id) for _ in range(5))
    )
    assert {one.line.id for one in made} == {id}
    assert len(await drafts.all("onda", "hello")) == 1


async def test_nobody_is_given_a_colleagues_draft_by_asking_under_its_id(drafts: Drafts, mina: Actor, ken: Actor):
    taken = (await drafts.create("onda", mina, "hello", "", document=hello("hello.hi"))).line.id
    for who, journey_id in ((ken, "hello"), (mina, "other")):
        with pytest.raises(Refused) as refused:
            await drafts.create("onda", who, journey_id, "", wanted_id=taken)
        assert refused.value.code == "conflict"
    assert [one.owner for one in await drafts.all("onda", None)] == [id_of(mina)]


async def test_positions_are_kept_apart_from_the_document(drafts: Drafts, mina: Actor):
    draft = await drafts.create("onda", mina, "hello", "", document=hello("hello.hi"))
    place = {"start/0": {"x": 40, "y": 12.5}}
    await drafts.save("onda", mina, "hello", draft.line.id, 1, positions=place)
    kept = await drafts.one("onda", "hello", draft.line.id)
    assert kept.positions == place
    assert kept.document == hello("hello.hi")
    assert kept.line.revision == 2


async def test_two_who_part_ways_have_a_draft_each(drafts: Drafts, mina: Actor, ken: Actor):
    first = await drafts.create("onda", mina, "hello", "Mina's", document=hello("hello.hi"))
    await drafts.create("onda", ken, "hello", "Ken's", document=hello("hello.open"))
    lines = await drafts.all("onda", "hello")
    assert [(one.name, one.owner) for one in lines] == [("Ken's", id_of(ken)), ("Mina's", id_of(mina))]
    assert await drafts.all("rival", None) == []
    with pytest.raises(Refused, match="no such draft"):
        await drafts.one("rival", "hello", first.line.id)


async def test_a_draft_gets_another_name_while_a_colleague_draws_in_it_and_nothing_of_theirs_is_in_the_way(
    drafts: Drafts, mina: Actor, ken: Actor
):
    draft = await drafts.create("onda", mina, "hello", "Copy")
    renamed = await drafts.rename("onda", ken, "hello", draft.line.id, "Copy", "Winter sale")
    assert (renamed.name, renamed.revision, renamed.updated_by) == ("Winter sale", 1, id_of(mina))
    saved = await drafts.save("onda", mina, "hello", draft.line.id, 1, document=hello("hello.hi"))
    assert (saved.name, saved.revision) == ("Winter sale", 2)
    again = await drafts.rename("onda", ken, "hello", draft.line.id, "Copy", "Winter sale")
    assert again.name == "Winter sale", "an answer may have been lost on its way"


async def test_of_two_who_rename_a_draft_the_second_is_told_the_name_it_has_by_then(
    drafts: Drafts, mina: Actor, ken: Actor
):
    draft = await drafts.create("onda", mina, "hello", "Copy")
    await drafts.rename("onda", mina, "hello", draft.line.id, "Copy", "Winter sale")
    with pytest.raises(Refused) as refused:
        await drafts.rename("onda", ken, "hello", draft.line.id, "Copy", "Summer sale")
    assert refused.value.code == "designer.draft_renamed"
    assert refused.value.details["name"] == "Winter sale"
    with pytest.raises(Refused, match="no such draft"):
        await drafts.rename("onda", ken, "other", draft.line.id, "Winter sale", "Summer sale")
    with pytest.raises(Refused) as stale:
        await drafts.save("onda", ken, "hello", draft.line.id, 9, name="Summer sale")
    assert stale.value.code == "designer.draft_newer"


async def test_a_draft_behind_the_newest_version_is_not_published_until_it_is_merged(
    drafts: Drafts, journeys: Journeys, mina: Actor, ken: Actor
):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    draft = await drafts.create("onda", mina, "hello", "", version=1)
    assert draft.document == hello("hello.hi")
    await journeys.publish("onda", ken, "hello", hello("hello.hi", "hello.open"))
    with pytest.raises(Refused) as refused:
        await drafts.publish("onda", mina, "hello", draft.line.id, 1)
    assert refused.value.code == "designer.draft_behind"
    assert (refused.value.details["base"], refused.value.details["newest"]) == (1, 2)
    merged = hello("hello.open", "hello.hi", "hello.open")
    saved = await drafts.save("onda", mina, "hello", draft.line.id, 1, document=merged, base_version=2)
    line = await drafts.publish("onda", mina, "hello", draft.line.id, saved.revision)
    assert (line.version, line.published_by) == (3, id_of(mina))
    assert (await drafts.one("onda", "hello", draft.line.id)).line.base_version == 3


async def test_what_is_published_is_what_was_seen_and_proved(drafts: Drafts, mina: Actor, ken: Actor):
    silent = hello("hello.hi") | {"sections": {"start": [{"step": "say", "prompt": "hello.hi"}]}}
    draft = await drafts.create("onda", mina, "hello", "", document=silent)
    with pytest.raises(Refused) as unproved:
        await drafts.publish("onda", mina, "hello", draft.line.id, 1)
    assert unproved.value.code == "journeys.not_publishable"
    await drafts.save("onda", ken, "hello", draft.line.id, 1, document=hello("hello.hi"))
    with pytest.raises(Refused) as unseen:
        await drafts.publish("onda", mina, "hello", draft.line.id, 1)
    assert unseen.value.code == "designer.draft_newer"


async def test_a_version_published_between_the_look_and_the_write_is_not_covered_up(
    drafts: Drafts, journeys: Journeys, mina: Actor, ken: Actor
):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    await journeys.publish("onda", ken, "hello", hello("hello.open"))
    with pytest.raises(Refused) as refused:
        await journeys.publish("onda", mina, "hello", hello("hello.hi", "hello.hi"), newest=1)
    assert refused.value.code == "conflict"
    assert (await journeys.one("onda", "hello", None))[1] == hello("hello.open")


async def test_only_the_owner_or_an_administrator_throws_a_draft_away(
    drafts: Drafts, database: Database, mina: Actor, ken: Actor
):
    draft = await drafts.create("onda", mina, "hello", "")
    with pytest.raises(Refused) as refused:
        await drafts.delete("onda", ken, "hello", draft.line.id, any_owner=False)
    assert refused.value.code == "designer.draft_not_yours"
    await drafts.delete("onda", ken, "hello", draft.line.id, any_owner=True)
    assert await drafts.all("onda", "hello") == []
    async with database.tenant("onda") as conn:
        done = await conn.fetch(
            "SELECT action FROM audit WHERE subject = $1 ORDER BY seq", f"draft:{draft.line.id}"
        )
    assert [row["action"] for row in done] == ["draft.created", "draft.deleted"]


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"id": "other", "sections": {}, "on_error": []}, "document.id"),
        ({"id": "hello", "sections": [], "on_error": []}, "document.sections"),
        ({"id": "hello", "sections": {"start": [1]}, "on_error": []}, "document"),
        ({"id": "hello", "sections": {}}, "document"),
        ({"id": "hello", "sections": {}, "on_error": [], "title": "\x00"}, "document"),
        ({"id": "hello", "sections": {}, "on_error": [], "title": "\ud800"}, "document"),
        ({"id": "hello", "sections": {}, "on_error": [], "title": "x" * 2_000_001}, "document"),
    ],
)
async def test_what_the_designer_could_not_open_is_not_saved(
    drafts: Drafts, mina: Actor, document: dict[str, object], field: str
):
    with pytest.raises(Refused) as refused:
        await drafts.create("onda", mina, "hello", "", document=document)
    assert (refused.value.code, refused.value.details["field"]) == ("invalid", field)


async def test_half_drawn_is_kept_and_a_base_never_goes_back(drafts: Drafts, journeys: Journeys, mina: Actor):
    await journeys.publish("onda", mina, "hello", hello("hello.hi"))
    half = empty("hello") | {"sections": {"start": [{"step": "say"}]}}
    draft = await drafts.create("onda", mina, "hello", "", version=1, document=half)
    assert draft.document == half
    for version, code in ((0, "invalid"), (7, "not_found")):
        with pytest.raises(Refused) as refused:
            await drafts.save("onda", mina, "hello", draft.line.id, 1, base_version=version)
        assert refused.value.code == code


async def test_a_journey_takes_no_endless_number_of_drafts(drafts: Drafts, mina: Actor, database: Database):
    await drafts.create("onda", mina, "hello", "")
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey_draft SELECT tenant_id, gen_random_uuid(), journey_id, owner, name, base_version,"
            " revision, document, positions, updated_by, updated_at FROM journey_draft, generate_series(2, $1)",
            MOST_DRAFTS,
        )
    with pytest.raises(Refused) as refused:
        await drafts.create("onda", mina, "hello", "one more")
    assert refused.value.code == "designer.too_many_drafts"
