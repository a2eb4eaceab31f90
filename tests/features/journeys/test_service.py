"""A designer publishes what is proved, and nothing else."""

import pytest
from tests.features.journeys.conftest import PLATFORM, TASKS, greeting

from warmline.domain.journey.checker import check
from warmline.domain.journey.codec import read_plain
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

DESIGNER = Actor("Designer", new_id())
HI: dict[Locale, str] = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}


@pytest.fixture
async def desk(journeys: Journeys) -> Journeys:
    for key in ("hello.hi", "hello.bye"):
        await journeys.put_prompt("onda", DESIGNER, key, "written", HI)
    return journeys


async def test_a_proved_journey_is_published_and_an_unchanged_one_stays_at_its_version(
    desk: Journeys, signals: list[tuple[str, str, str]]
):
    first = await desk.publish("onda", DESIGNER, "hello", greeting())
    assert (first.id, first.version, first.published_by) == ("hello", 1, DESIGNER.agent_id)
    assert (await desk.publish("onda", DESIGNER, "hello", greeting())).version == 1
    changed = greeting(title="hello.hi")
    assert (await desk.publish("onda", DESIGNER, "hello", changed)).version == 2
    line, document, versions = await desk.one("onda", "hello", 1)
    assert (line.version, document.get("title"), len(versions)) == (1, None, 2)
    assert [one.version for one in await desk.all("onda")] == [2]
    assert [payload for _, _, payload in signals].count("journey") == 2


async def test_a_journey_with_a_missing_language_is_refused_with_the_checker_s_report(journeys: Journeys):
    with pytest.raises(Refused) as refusal:
        await journeys.publish("onda", DESIGNER, "hello", greeting())
    assert refusal.value.code == "journeys.not_publishable"
    assert "hello.hi" in str(refusal.value.details["report"])
    assert await journeys.all("onda") == []


async def test_a_path_that_ends_without_a_word_is_refused(desk: Journeys):
    document = greeting(sections={"start": [{"step": "say", "prompt": "hello.hi"}]})
    reports = await desk.check("onda", "hello", document)
    assert [one.ok for one in reports] == [False]
    assert reports[0].problems


async def test_a_module_that_would_break_its_users_is_not_published(desk: Journeys):
    module = greeting(id="ask", kind="module", sections={"start": [{"step": "return", "value": "yes"}]})
    await desk.publish("onda", DESIGNER, "ask", module)
    call, leave = {"step": "call", "module": "ask", "into": "answer"}, {"step": "goto", "section": "agent"}
    agent = [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}]
    user = greeting(sections={"start": [call, leave], "agent": agent})
    await desk.publish("onda", DESIGNER, "hello", user)
    looping = {"start": [{"step": "goto", "section": "start"}]}
    with pytest.raises(Refused) as refusal:
        await desk.publish("onda", DESIGNER, "ask", {**module, "sections": looping})
    assert refusal.value.code == "journeys.not_publishable"
    affected = await desk.check("onda", "ask", {**module, "sections": looping})
    assert [one.journey for one in affected] == ["ask (called)", "hello"]


@pytest.mark.parametrize(
    ("journey_id", "change", "field"),
    [
        ("other", {}, "document.id"),
        ("schema", {"id": "schema"}, "document.id"),
        ("hello", {"sections": {"start": [{"step": "dance"}]}}, "document"),
        ("hello", {"on_error": "never mind"}, "document"),
    ],
)
async def test_a_document_that_is_no_journey_names_the_place(
    desk: Journeys, journey_id: str, change: dict[str, object], field: str
):
    with pytest.raises(Refused) as refusal:
        await desk.check("onda", journey_id, greeting() | change)
    assert refusal.value.details["field"] == field


async def test_a_company_s_own_words_stand_in_place_of_the_platform_s(journeys: Journeys):
    before = {p.key: p for p in await journeys.prompts("onda")}
    key = next(name for name, prompt in before.items() if prompt.channel == "written")
    assert not before[key].own
    assert set(before[key].texts) == {"ko", "ja", "en"}
    await journeys.put_prompt("onda", DESIGNER, key, "written", HI)
    after = {(p.key, p.channel): p for p in await journeys.prompts("onda")}
    assert after[key, "written"].own
    assert after[key, "written"].texts == HI
    assert not {p.key: p for p in await journeys.prompts("rival")}[key].own


async def test_a_placeholder_that_cannot_be_read_is_refused(journeys: Journeys):
    with pytest.raises(Refused) as refusal:
        await journeys.put_prompt("onda", DESIGNER, "hello.hi", "written", {**HI, "ja": "{order.number"})
    assert refusal.value.details["field"] == "texts.ja"


async def test_another_company_s_journey_is_not_there(desk: Journeys):
    await desk.publish("onda", DESIGNER, "hello", greeting())
    with pytest.raises(Refused, match="not_found"):
        await desk.one("rival", "hello", None)
    assert await desk.all("rival") == []


async def test_a_journey_cannot_call_a_backend_that_only_another_company_has(desk: Journeys, database: Database):
    async def signal(*_: str) -> None: ...

    shared = Journeys(database, check, PLATFORM, lambda company: TASKS if company == "rival" else {}, signal)
    end = [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}]
    find = {"step": "invoke", "task": "orders.find", "into": "order", "failed": end, "result": ["status"]}
    (report,) = await shared.check("onda", "hello", greeting(sections={"start": [find, *end], "agent": end}))
    assert [one.code for one in report.problems if one.section == "start"] == ["task_unknown"]
    (known,) = await desk.check("onda", "hello", greeting(sections={"start": [find, *end], "agent": end}))
    assert "task_unknown" not in {one.code for one in known.problems}


async def test_a_queue_asked_for_a_skill_that_nobody_has_is_refused_until_somebody_does(
    desk: Journeys, database: Database
):
    end = [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}]
    branches = {"nobody_staffed": end, "queue_full": end, "overflow": end}
    wait = {"step": "enqueue", "queue": "orders", "skills": {"refunds": 3}, **branches}
    document = greeting(sections={"start": [{"step": "goto", "section": "agent"}], "agent": [wait]})

    async def codes() -> list[str]:
        (report,) = await desk.check("onda", "hello", document)
        return [problem.code for problem in report.problems]

    assert await codes() == ["skill_unknown"]
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO skill (tenant_id, id, name) VALUES ('onda', 'refunds', '{}')")
    assert await codes() == ["skill_nobody_has"]
    async with database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO agent (tenant_id, id, email, name, roles, created_at)"
            " VALUES ('onda', $1, 'mina@onda.example', 'Mina', '{agent}', now())",
            DESIGNER.agent_id,
        )
        skill = "INSERT INTO agent_skill (tenant_id, agent_id, skill_id, level) VALUES ('onda', $1, 'refunds', 4)"
        await conn.execute(skill, DESIGNER.agent_id)
    assert await codes() == []
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET disabled_at = now() WHERE tenant_id = 'onda'")
    assert await codes() == ["skill_nobody_has"]


async def test_a_refusal_to_publish_speaks_the_designer_s_language(desk: Journeys):
    document = greeting(sections={"start": [{"step": "say", "prompt": "hello.hi"}]})
    with pytest.raises(Refused) as refusal:
        await desk.publish("onda", DESIGNER, "hello", document, "ja")
    assert "ボット: こんにちは" in str(refusal.value.details["report"])
    assert "公開できません" in str(refusal.value.details["report"])


@pytest.mark.parametrize("name", ["schema", "Hello there", "../hello"])
async def test_what_is_pushed_together_has_names_that_addresses_can_have(desk: Journeys, name: str):
    journey = read_plain(greeting() | {"id": name})
    with pytest.raises(Refused) as refusal:
        await desk.publish_together("onda", DESIGNER, {name: (journey, 0)}, {})
    assert refusal.value.details["field"] == "document.id"


UNFIT = {
    "a language left out": ("hello.hi", {"ko": "안녕", "ja": "こんにちは"}, "en"),
    "a text too long": ("hello.hi", {**HI, "ja": "あ" * 4_001}, "ja"),
    "a letter that cannot be kept": ("hello.hi", {**HI, "ko": "안녕\x00"}, "ko"),
    "half a letter": ("hello.hi", {**HI, "ko": "안녕\ud83d"}, "ko"),
    "a placeholder left open": ("hello.hi", {**HI, "en": "Hello {name"}, "en"),
    "nothing but a placeholder": ("hello.hi", {**HI, "en": "{name}"}, "en"),
    "a key no address has": ("Hello Hi", HI, "key"),
    "a key without end": (f"hello.{'i' * 200}", HI, "key"),
}


@pytest.mark.parametrize("texts", UNFIT.values(), ids=UNFIT)
@pytest.mark.parametrize("dry", [True, False])
async def test_what_is_pushed_together_says_what_the_page_would_let_it_say(
    desk: Journeys, texts: tuple[str, dict[Locale, str], str], dry: bool
):
    key, each, where = texts
    with pytest.raises(Refused) as page:
        await desk.put_prompt("onda", DESIGNER, key, "written", each)
    with pytest.raises(Refused) as pushed:
        await desk.publish_together("onda", DESIGNER, {}, {(key, "written"): each}, dry=dry)
    assert page.value.code == pushed.value.code == "invalid"
    assert page.value.details["reason"] == pushed.value.details["reason"]
    assert str(pushed.value.details["field"]).endswith(where)
    assert {p.key: p.texts for p in await desk.prompts("onda")}["hello.hi"] == HI
