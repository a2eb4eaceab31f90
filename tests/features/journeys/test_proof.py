"""A change of texts is proved like a publication, for every journey that customers meet it in."""

import time

import pytest
from tests.features.journeys.conftest import PLATFORM, TASKS, greeting

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.document import CallModule, End, Goto, Journey, Say, TransferJourney
from warmline.features.journeys.proof import Ground, Proof, journeys_saying, leading_through, load_ground
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

DESIGNER = Actor("Designer", new_id())
HI: dict[Locale, str] = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}
END = (End("bye"),)
MODULE = Journey("m", END, {"start": (Say("deep"), Goto("start"))}, kind="module")
OUTER = Journey("a", END, {"start": (CallModule("m"), *END)})
FIRST = Journey("b", END, {"start": (TransferJourney("a"),)})
ALONE = Journey("c", END, {"start": END})
LIBRARY = {one.id: one for one in (MODULE, OUTER, FIRST, ALONE)}


def told(text: str) -> dict[Locale, str]:
    return {"ko": text, "ja": text, "en": text}


@pytest.fixture
async def published(journeys: Journeys) -> Journeys:
    """A module that greets, and a journey that calls it, both proved and published."""
    for key in ("hello.hi", "hello.bye", "deep.hi"):
        await journeys.put_prompt("onda", DESIGNER, key, "written", HI)
    say: dict[str, object] = {"step": "say", "prompt": "deep.hi"}
    module = greeting(id="ask", kind="module", sections={"start": [say, {"step": "return", "value": "yes"}]})
    await journeys.publish("onda", DESIGNER, "ask", module)
    call, leave = {"step": "call", "module": "ask", "into": "answer"}, {"step": "goto", "section": "agent"}
    agent = [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}]
    await journeys.publish("onda", DESIGNER, "hello", greeting(sections={"start": [call, leave], "agent": agent}))
    return journeys


@pytest.mark.parametrize("key", ["hello.bye", "deep.hi"])
async def test_a_text_with_a_variable_nobody_sets_is_refused_with_the_conversation_it_breaks(
    published: Journeys, key: str
):
    with pytest.raises(Refused) as refusal:
        await published.put_prompt("onda", DESIGNER, key, "written", told("Hi {never_set_anywhere}"), "ko")
    assert refusal.value.code == "journeys.prompt_breaks"
    assert (refusal.value.details["prompt"], refusal.value.details["journey"]) == (key, "hello")
    report = str(refusal.value.details["report"])
    assert "never_set_anywhere" in report
    assert "✗" in report
    texts = {p.key: p.texts for p in await published.prompts("onda")}
    assert texts[key] == HI


async def test_a_text_of_the_platform_s_own_is_proved_with_every_journey(published: Journeys):
    end = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
    ask = {"step": "ask", "into": "x", "prompt": "hello.hi", "expect": {"input": "text"}, "give_up": [end]}
    await published.publish(
        "onda", DESIGNER, "asks", greeting(id="asks", sections={"start": [ask, end], "agent": [end]})
    )
    with pytest.raises(Refused) as refusal:
        await published.put_prompt("onda", DESIGNER, "common.no_input", "written", told("Hello, {who}?"))
    assert refusal.value.code == "journeys.prompt_breaks"


async def test_what_only_callers_would_stumble_over_is_refused_before_it_is_published(published: Journeys):
    end = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
    ten = [{"value": f"v{number}", "label": "hello.hi", "then": [end]} for number in range(10)]
    menu = {"step": "menu", "prompt": "hello.hi", "options": ten, "give_up": [end]}  # more than there are keys
    document = greeting(id="many", sections={"start": [menu], "agent": [end]})
    with pytest.raises(Refused) as refusal:
        await published.publish("onda", DESIGNER, "many", document)
    assert "By telephone" in str(refusal.value.details["report"])
    assert "too_many_options" in str(refusal.value.details["report"])


async def test_a_written_text_that_callers_hear_too_is_proved_for_them(published: Journeys):
    end = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
    say = {"step": "say", "prompt": "hello.both"}
    await published.put_prompt("onda", DESIGNER, "hello.both", "written", HI)
    await published.put_prompt("onda", DESIGNER, "hello.both", "spoken", HI)
    await published.publish(
        "onda",
        DESIGNER,
        "both",
        greeting(id="both", sections={"start": [say, {"step": "goto", "section": "agent"}], "agent": [end]}),
    )
    with pytest.raises(Refused) as refusal:
        await published.put_prompt("onda", DESIGNER, "hello.both", "spoken", told("Hi {nobody}"))
    assert "nobody" in str(refusal.value.details["report"])


@pytest.mark.parametrize("blank", [" ", "\u200b", "\u3164\n\u00ad", "\x07", "{name}"])
async def test_a_text_that_says_nothing_is_refused(published: Journeys, blank: str):
    with pytest.raises(Refused) as refusal:
        await published.put_prompt("onda", DESIGNER, "hello.hi", "written", {**HI, "ja": blank})
    assert refusal.value.details["field"] == "texts.ja"


async def test_what_was_broken_before_does_not_keep_a_text_from_being_mended(
    published: Journeys, database: Database
):
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE prompt SET text = 'Hi {nobody}' WHERE key IN ('hello.bye', 'deep.hi')")
    await published.put_prompt("onda", DESIGNER, "deep.hi", "written", told("Good day"))
    assert {p.key: p.texts for p in await published.prompts("onda")}["deep.hi"] == told("Good day")


async def test_a_text_nobody_says_yet_needs_no_proof(published: Journeys):
    await published.put_prompt("onda", DESIGNER, "hello.later", "written", told("See you, {name}."))
    assert "hello.later" in {p.key for p in await published.prompts("onda") if p.own}


async def test_a_journey_published_while_a_text_is_proved_is_proved_with_it_too(
    published: Journeys, database: Database
):
    end = {"step": "end", "prompt": "hello.new", "reason": "message_taken"}
    await published.put_prompt("onda", DESIGNER, "hello.new", "written", told("Hi."))
    late = greeting(id="late", sections={"start": [{"step": "goto", "section": "agent"}], "agent": [end]})
    meanwhile: list[str] = []

    async def signal(*_: str) -> None: ...

    racing = Journeys(database, check, PLATFORM, TASKS, signal)

    class Race(Proof):
        async def of_prompt(self, *args: object, **more: object) -> Report | None:  # pyright: ignore
            found = await super().of_prompt(*args, **more)  # pyright: ignore
            if "late" not in meanwhile:
                meanwhile.append("late")
                await published.publish("onda", DESIGNER, "late", late)
            return found

    racing._proof = Race(check, PLATFORM, TASKS)  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(Refused) as refusal:
        await racing.put_prompt("onda", DESIGNER, "hello.new", "written", told("Hi {name}."))
    assert refusal.value.details["journey"] == "late"


async def test_a_proof_that_takes_too_long_is_given_up(published: Journeys, database: Database):
    async with database.tenant("onda") as conn:
        ground = await load_ground(conn, "onda")
    twice = Ground(
        ground.published | {"again": ground.published["hello"] | {"id": "again"}},
        ground.queues, ground.calendars, ground.skills, ground.own, ground.entries,
    )  # fmt: skip

    def slow(*args: object, **more: object) -> Report:
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            pass
        return check(*args, **more)  # pyright: ignore

    proof = Proof(slow, PLATFORM, TASKS, at_most_s=0.01)
    with pytest.raises(Refused) as refusal:
        await proof.of_draft(twice, twice.library()["ask"], "en")
    assert refusal.value.code == "journeys.too_long"
    assert refusal.value.details["proved"] == 1


def test_a_prompt_concerns_all_who_come_to_it_through_modules_and_other_journeys():
    assert journeys_saying("deep", LIBRARY, platform=False) == ["a", "b"]
    assert journeys_saying("bye", LIBRARY, platform=False) == ["a", "b", "c"]
    assert journeys_saying("common.no_input", LIBRARY, platform=True) == ["a", "b", "c"]
    assert leading_through("m", LIBRARY) == ["a", "b"]


async def test_a_module_that_a_widget_begins_with_is_proved_as_a_beginning_too(
    published: Journeys, database: Database
):
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
            " VALUES ('onda', 'shop', '{}', '{}', '{}', 'hello')"
        )
    module = greeting(kind="module", sections={"start": [{"step": "return", "value": 1}]})
    with pytest.raises(Refused) as refusal:
        await published.publish("onda", DESIGNER, "hello", module)
    assert refusal.value.details["journey"] == "hello"
