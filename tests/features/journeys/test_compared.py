"""Contacts get the versions that are being compared as well: what would break one of these is refused too."""

import pytest
from tests.features.journeys.conftest import greeting
from tests.features.journeys.test_proof import DESIGNER, HI, told

from warmline.domain.journey.codec import read_plain
from warmline.domain.journey.document import CallModule, End, Journey, Return, Say, TransferJourney
from warmline.features.experiments.service import Experiments, Wish
from warmline.features.journeys.compared import (
    choices,
    leads_to,
    provings,
    versions_of,
    with_versions,
    within_reach,
)
from warmline.features.journeys.service import Journeys
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

END = (End("bye"),)
BACK = (Return(),)
LEAVE = {"step": "goto", "section": "agent"}
AGENT = [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}]


def hello(*start: dict[str, object], **more: object) -> dict[str, object]:
    return greeting(sections={"start": [*start, LEAVE], "agent": AGENT, **more})


def say(prompt: str) -> dict[str, object]:
    return {"step": "say", "prompt": prompt}


def ask_topic(*parameters: str) -> dict[str, object]:
    return greeting(
        id="ask",
        kind="module",
        parameters=list(parameters),
        sections={"start": [{"step": "return", "value": "yes"}]},
    )


@pytest.fixture
async def comparing(journeys: Journeys, database: Database) -> Experiments:
    """Version 1 of a journey calls a module and says its own text, version 2 does neither; both are given out."""
    for key in ("hello.hi", "hello.bye", "old.hi"):
        await journeys.put_prompt("onda", DESIGNER, key, "written", HI)
    await journeys.publish("onda", DESIGNER, "ask", ask_topic())
    call: dict[str, object] = {"step": "call", "module": "ask"}
    await journeys.publish("onda", DESIGNER, "hello", hello(say("old.hi"), call))
    await journeys.publish("onda", DESIGNER, "hello", hello(say("hello.hi")))

    async def signal(*_: str) -> None: ...

    experiments = Experiments(database, journeys, signal)
    await experiments.begin("onda", DESIGNER, "hello", Wish(1, 2, 0.5, "contained", 3600, 0.1))
    return experiments


async def test_a_text_that_only_an_older_version_says_is_proved_while_that_is_given_out(
    comparing: Experiments, journeys: Journeys
):
    with pytest.raises(Refused) as refusal:
        await journeys.put_prompt("onda", DESIGNER, "old.hi", "written", told("Hi {nobody_set_this}"), "ko")
    assert refusal.value.code == "journeys.compared_breaks"
    assert (refusal.value.details["journey"], refusal.value.details["versions"]) == ("hello", "hello v1")
    report = str(refusal.value.details["report"])
    assert "비교 중인 버전으로 검사했어요: hello v1" in report
    assert "nobody_set_this" in report


async def test_once_the_comparison_is_over_the_text_may_be_written(
    comparing: Experiments, journeys: Journeys, database: Database
):
    (watched,) = await comparing.all("onda", "hello")
    await comparing.end("onda", DESIGNER, "hello", watched.split.id)
    await journeys.put_prompt("onda", DESIGNER, "old.hi", "written", told("Hi {nobody_set_this}"))
    assert {p.key: p.texts for p in await journeys.prompts("onda")}["old.hi"]["en"] == "Hi {nobody_set_this}"


async def test_a_module_that_only_an_older_version_calls_is_not_published_if_it_breaks_that_one(
    comparing: Experiments, journeys: Journeys
):
    with pytest.raises(Refused) as refusal:
        await journeys.publish("onda", DESIGNER, "ask", ask_topic("topic"))
    assert (refusal.value.code, refusal.value.details["versions"]) == ("journeys.compared_breaks", "hello v1")
    reports = await journeys.check("onda", "ask", ask_topic("topic"))
    assert [(one.journey, one.ok, one.versions) for one in reports] == [
        ("ask (called)", True, {}),
        ("hello", False, {"hello": 1}),
    ]


async def test_what_is_pushed_together_is_proved_with_the_versions_given_out_too(
    comparing: Experiments, journeys: Journeys
):
    module = read_plain(ask_topic("topic"))
    newest = read_plain(hello(say("hello.bye")))
    with pytest.raises(Refused) as refusal:
        await journeys.publish_together("onda", DESIGNER, {"ask": (module, 1), "hello": (newest, 2)}, {}, dry=True)
    assert refusal.value.details["versions"] == "hello v1"
    broken = {("hello.hi", "written"): told("{nobody}!")}  # said by version 2, which will not be the newest
    with pytest.raises(Refused) as refusal:
        await journeys.publish_together("onda", DESIGNER, {"hello": (newest, 2)}, broken)
    assert refusal.value.details["versions"] == "hello v2"
    assert [one.version for one in await journeys.all("onda") if one.id == "hello"] == [2]


async def test_a_newer_version_is_published_while_two_older_ones_are_compared(
    comparing: Experiments, journeys: Journeys
):
    assert (await journeys.publish("onda", DESIGNER, "hello", hello(say("hello.bye")))).version == 3


async def test_what_was_broken_before_in_an_older_version_does_not_keep_a_text_from_being_mended(
    comparing: Experiments, journeys: Journeys, database: Database
):
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE prompt SET text = 'Hi {nobody}' WHERE key IN ('old.hi', 'hello.bye')")
    await journeys.put_prompt("onda", DESIGNER, "old.hi", "written", told("Good day"))
    assert {p.key: p.texts for p in await journeys.prompts("onda")}["old.hi"] == told("Good day")


MODULE = Journey("m", BACK, {"start": BACK}, kind="module")
CALLS = Journey("a", END, {"start": (CallModule("m"), *END)})
QUIET = Journey("a", END, {"start": (Say("hi"), *END)})
FIRST = Journey("b", END, {"start": (TransferJourney("a"),)})
LIBRARY = {"m": MODULE, "a": QUIET, "b": FIRST}
COMPARED = {"a": {1: CALLS}, "m": {4: MODULE, 5: MODULE}}


def test_every_choice_of_versions_that_one_contact_may_meet_is_proved_and_no_other():
    assert within_reach("b", LIBRARY, COMPARED) == ["b", "a", "m"]
    # The module is met in version 1 of `a` only.
    assert list(choices("b", LIBRARY, COMPARED)) == [{"a": 1}, {"a": 1, "m": 4}, {"a": 1, "m": 5}]
    assert list(choices("m", LIBRARY, {})) == []
    assert versions_of("a", LIBRARY, COMPARED) == [QUIET, CALLS]
    assert leads_to(CALLS) == {"m"}
    assert with_versions(LIBRARY, COMPARED, {"a": 1})["a"] == CALLS


def test_only_what_a_change_can_touch_is_proved():
    touched = provings(["b", "m"], LIBRARY, COMPARED, lambda name, known: "m" in leads_to(known["a"]))
    assert [(one.journey, one.versions) for one in touched if one.journey == "b"] == [
        ("b", {"a": 1}),
        ("b", {"a": 1, "m": 4}),
        ("b", {"a": 1, "m": 5}),
    ]
    assert [one.versions for one in provings(["b"], LIBRARY, {})] == [{}]


def test_more_choices_of_versions_than_can_be_proved_are_refused_before_they_are_gone_through():
    names = [f"m{number}" for number in range(40)]
    modules = {name: Journey(name, BACK, {"start": BACK}, kind="module") for name in names}
    front = Journey("front", END, {"start": (*(CallModule(name) for name in names), *END)})
    library = {"front": front, **modules}

    def compared(count: int) -> dict[str, dict[int, Journey]]:
        return {name: {1: modules[name]} for name in names[:count]}

    assert len(provings(["front"], library, compared(7))) == 128
    with pytest.raises(Refused) as refusal:
        provings(["front"], library, compared(40))
    assert refusal.value.code == "journeys.too_many_compared"
    assert refusal.value.details == {"journey": "front", "compared": 40}
