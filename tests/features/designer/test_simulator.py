"""A designer tries a draft: the company's texts and hours are real, its backends are not called."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from tests.features.designer.conftest import hello
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.stage import Scenery
from warmline.domain.journey.tasks import AnswerField, TaskSpec
from warmline.features.designer.simulator import RETURNED, Libraries, Simulator, read_draft
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
END = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
PIN = {"step": "ask", "into": "pin", "prompt": "hello.hi", "sensitivity": "secret", "give_up": [END],
       "expect": {"input": "digits", "min_length": 4, "max_length": 4}}  # fmt: skip


def draft(*steps: Mapping[str, object], **changes: object) -> dict[str, object]:
    return hello(**changes) | {"sections": {"start": [*steps, END], "agent": [END]}}


@pytest.fixture
def libraries(database: Database, journeys: Journeys) -> Libraries:
    return Libraries(database, PLATFORM, TASKS)


async def test_a_draft_speaks_the_company_s_own_words_in_the_customer_s_language(libraries: Libraries):
    journey = read_draft(draft({"step": "say", "prompt": "hello.hi"}))
    told = await Simulator(libraries).play("onda", journey, Scenery(NIGHT, locale="ja"), [])
    assert [line.text for line in told.lines if line.kind == "spoken"] == ["こんにちは", "こんにちは"]
    assert (told.ended, told.locale) == ("message_taken", "ja")
    assert told.trail == ("hello#start", "hello#start/0", "hello#start/1")


async def test_hours_follow_the_company_s_calendar_at_the_moment_chosen(libraries: Libraries, database: Database):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO calendar (tenant_id, id, name, time_zone, country, weekly) VALUES"
            " ('onda', 'shop', '{}', 'Asia/Seoul', 'KR', $1)",
            {"mon": [["09:00", "18:00"]]},
        )
    journey = read_draft(draft({"step": "hours", "calendar": "shop", "closed": [END], "open": [PIN]}))
    simulator = Simulator(libraries)
    noon = await simulator.play("onda", journey, Scenery(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)), [])
    assert (noon.ended, noon.calendars) == (None, ("shop",))
    assert (await simulator.play("onda", journey, Scenery(NIGHT), [])).ended == "message_taken"
    forced = await simulator.play("onda", journey, Scenery(NIGHT, hours={"shop": "open"}), [])
    assert forced.awaited.kind == "input"


async def test_what_is_awaited_is_told_and_a_secret_is_nowhere_but_in_what_the_designer_typed(
    libraries: Libraries,
):
    journey = read_draft(draft(PIN, PIN))
    told = await Simulator(libraries).play("onda", journey, Scenery(NIGHT), [Deed(say="4711")])
    assert told.awaited.secret
    assert [one.name for one in told.awaited.pending] == ["journey.input"]
    assert told.variables == {"pin": "••••"}
    assert "4711" not in str(told.lines)


async def test_a_backend_answers_with_stand_ins_and_each_can_be_chosen(libraries: Libraries):
    find = {"step": "invoke", "task": "orders.find", "into": "order", "failed": [END], "result": ["status"]}
    ask = {"step": "when", "condition": {"cond": "compare", "left": {"value": "var", "path": "order.status"},
                                         "op": "==", "right": "shipped"}, "then": [PIN]}  # fmt: skip
    journey, simulator = read_draft(draft(find, ask)), Simulator(libraries)
    first = await simulator.play("onda", journey, Scenery(NIGHT), [])
    statuses = [row["status"] for row in first.answers["orders.find"]]
    assert "shipped" in statuses
    choice = {"orders.find": statuses.index("shipped")}
    assert (await simulator.play("onda", journey, Scenery(NIGHT, choices=choice), [])).awaited.kind == "input"
    down = await simulator.play("onda", journey, Scenery(NIGHT, faults={"orders.find": "down"}), [])
    assert "hello#start/0/failed" in down.trail
    assert down.case.scenery.answers["orders.find"][0].outcome == "timed_out"


async def test_what_another_company_s_backend_answers_is_not_known_here(database: Database, journeys: Journeys):
    theirs = TaskSpec(({"tier": AnswerField(constant=("platinum of the rival",))},))
    libraries = Libraries(database, PLATFORM, lambda company: {"crm.find": theirs} if company == "rival" else {})
    find = {"step": "invoke", "task": "crm.find", "into": "who", "failed": [END], "result": ["tier"]}
    journey = read_draft(draft(find))
    seen = [
        (await Simulator(libraries).play(one, journey, Scenery(NIGHT), [])).answers for one in ("onda", "rival")
    ]
    assert seen == [{"crm.find": ({"tier": "…"},)}, {"crm.find": ({"tier": "platinum of the rival"},)}]


async def test_a_module_on_trial_comes_back_without_the_journey_that_called_it(libraries: Libraries):
    module = draft(PIN, kind="module") | {"sections": {"start": [PIN, {"step": "return", "value": "x"}]}}
    told = await Simulator(libraries).play("onda", read_draft(module), Scenery(NIGHT), [Deed(say="1234")])
    assert told.ended == RETURNED
    assert all(place.startswith("hello#") for place in told.trail)


async def test_a_published_version_can_be_tried_and_what_is_not_there_is_refused(
    libraries: Libraries, journeys: Journeys
):
    for title in ("hello.hi", "hello.bye"):
        await journeys.publish("onda", Actor("setup"), "hello", hello("hello.hi", title=title))
    assert (await libraries.chosen("onda", None, "hello", 1)).title == "hello.hi"
    assert (await libraries.chosen("onda", None, "hello", None)).title == "hello.bye"
    with pytest.raises(Refused, match="not_found"):
        await libraries.chosen("onda", None, "hello", 9)
    with pytest.raises(Refused, match="not_found"):
        await libraries.chosen("rival", None, "hello", 1)
    with pytest.raises(Refused) as refusal:
        await libraries.chosen("onda", {"id": "hello"}, None, None)
    assert refusal.value.code == "invalid"


async def test_what_the_machine_could_not_do_is_told_in_the_designer_s_language(libraries: Libraries):
    journey = read_draft(draft({"step": "say", "prompt": "hello.nowhere"}))
    told = await Simulator(libraries).play("onda", journey, Scenery(NIGHT), [], "ko")
    assert told.problems == ("`hello.nowhere` 문구를 말하는데 내용이 없어요.",)


async def test_a_rehearsed_customer_comes_to_a_person_as_soon_as_the_company_s_reason_says(
    libraries: Libraries, database: Database
):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact_reason (tenant_id, id, name, person_after) VALUES ('onda', 'pin', '{}', 2)"
        )
    journey = read_draft(draft({"step": "reason", "intent": "pin"}, {**PIN, "attempts": 9}))
    unheard = [Deed(say="hm"), Deed(say="hm")]
    told = await Simulator(libraries).play("onda", journey, Scenery(NIGHT), unheard)
    assert "common.handing_over" in [line.name for line in told.lines]
    assert told.ended == "message_taken"
