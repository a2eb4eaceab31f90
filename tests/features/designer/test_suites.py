"""Nothing is published that breaks a conversation somebody kept."""

from datetime import UTC, datetime

import pytest
from tests.features.designer.conftest import hello, said
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.domain.journey.case import Case, Expectation
from warmline.domain.journey.checker import check
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.stage import Scenery
from warmline.features.designer.cases import Cases
from warmline.features.designer.simulator import Libraries, read_draft
from warmline.features.designer.suites import Suites
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
END = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
MENU = {"step": "menu", "prompt": "hello.hi", "give_up": [END], "options": [
    {"value": "open", "label": "hello.open", "then": said("hello.open")}, {"value": "bye", "label": "hello.bye"},
]}  # fmt: skip
OPTIONS = [{"value": one, "label": f"hello.{one}"} for one in ("open", "bye")]
SILENT = {**MENU, "options": OPTIONS}
ASKING = hello() | {"sections": {"start": [MENU, END], "agent": [END]}}


def case(name: str = "who asks for hours hears them", **expect: object) -> Case:
    wanted = Expectation("message_taken", **expect)  # pyright: ignore[reportArgumentType]
    return Case(name, "hello", Scenery(MORNING), (Deed(tap="open"),), wanted)


@pytest.fixture
def cases(database: Database, journeys: Journeys) -> Cases:
    return Cases(database)


@pytest.fixture
def suites(database: Database, cases: Cases) -> Suites:
    return Suites(Libraries(database, PLATFORM, TASKS), cases)


@pytest.fixture
async def guarded(database: Database, suites: Suites, journeys: Journeys) -> Journeys:
    """The journeys of a house that holds its saved conversations before it publishes."""

    async def signal(tenant_id: str, name: str, payload: str) -> None:
        assert (tenant_id, name) == ("onda", "settings"), payload

    made = Journeys(database, check, PLATFORM, TASKS, signal, rehearse=suites.gate)
    await made.publish("onda", Actor("setup"), "hello", ASKING)
    return made


async def test_a_journey_that_breaks_a_saved_conversation_is_not_published(
    guarded: Journeys, cases: Cases, mina: Actor
):
    await cases.keep("onda", mina, case(said=("hello.hi", "hello.open", "hello.bye")), "script")
    broken = hello() | {"sections": {"start": [SILENT, END], "agent": [END]}}
    with pytest.raises(Refused) as refusal:
        await guarded.publish("onda", mina, "hello", broken, "ja")
    assert refusal.value.code == "journeys.case_fails"
    assert refusal.value.details["case"] == "who asks for hours hears them"
    assert "hello.open" in str(refusal.value.details["why"])
    assert "お客様" in str(refusal.value.details["report"])
    assert [one.version for one in await guarded.all("onda")] == [1]
    fine = hello() | {"sections": {"start": [*said("hello.hi"), MENU, END], "agent": [END]}}
    assert (await guarded.publish("onda", mina, "hello", fine)).version == 2


async def test_a_module_must_not_break_the_conversations_of_journeys_that_call_it(
    guarded: Journeys, cases: Cases, mina: Actor
):
    module = hello(kind="module") | {"id": "greet", "sections": {"start": said("hello.open")}}
    await guarded.publish("onda", mina, "greet", module)
    calling = {"start": [{"step": "call", "module": "greet"}, MENU, END], "agent": [END]}
    await guarded.publish("onda", mina, "hello", hello() | {"sections": calling})
    await cases.keep("onda", mina, case(said=("hello.open", "hello.hi")), "script")
    with pytest.raises(Refused, match="case_fails"):
        await guarded.publish("onda", mina, "greet", module | {"sections": {"start": said("hello.bye")}})


async def test_a_suite_tells_each_result_and_the_branches_nobody_takes(
    suites: Suites, cases: Cases, guarded: Journeys, mina: Actor
):
    good = await cases.keep("onda", mina, case(), "script")
    bad = await cases.keep("onda", mina, case("nobody says goodbye", unsaid=("hello.bye",)), "script")
    ran = await suites.run("onda", read_draft(ASKING))
    passed = [(one.id, verdict.failure is None) for one, verdict in ran.results]
    assert passed == [(good.id, True), (bad.id, False)]
    assert "start/0/option:open" in ran.coverage.entered
    assert ran.coverage.missing == ("agent", "start/0/give_up", "start/0/option:bye")
    assert ran.per_minute > 0


async def test_random_customers_find_what_kept_conversations_do_not_reach(
    suites: Suites, cases: Cases, guarded: Journeys, mina: Actor
):
    await cases.keep("onda", mina, case(), "script")
    found = await suites.generate("onda", read_draft(ASKING), 40, 5, None)
    fresh = {block for one in found for block in one.fresh}
    assert "hello#start/0/option:bye" in fresh
    assert "hello#start/0/option:open" not in fresh
    for one in found:
        await cases.keep("onda", mina, one.case, "random", 5)
    ran = await suites.run("onda", read_draft(ASKING))
    assert all(verdict.failure is None for _, verdict in ran.results)
    assert len(ran.coverage.entered) > 2


async def test_saved_conversations_that_take_too_long_let_nothing_be_published_and_say_so(
    database: Database, guarded: Journeys, cases: Cases, mina: Actor
):
    await cases.keep("onda", mina, case(), "script")
    hasty = Suites(Libraries(database, PLATFORM, TASKS), cases, suite_at_most_s=0, customers_at_most_s=0)

    async def signal(*_: str) -> None: ...

    publishing = Journeys(database, check, PLATFORM, TASKS, signal, rehearse=hasty.gate)
    changed = hello() | {"sections": {"start": [*said("hello.hi"), MENU, END], "agent": [END]}}
    with pytest.raises(Refused) as refusal:
        await publishing.publish("onda", mina, "hello", changed)
    assert (refusal.value.code, refusal.value.details["total"]) == ("designer.suite_too_long", 1)
    assert [one.version for one in await publishing.all("onda")] == [1]
    with pytest.raises(Refused) as slow:
        await hasty.generate("onda", read_draft(ASKING), 2000, 5, None)
    assert (slow.value.code, slow.value.details["total"]) == ("designer.customers_too_long", 2000)
