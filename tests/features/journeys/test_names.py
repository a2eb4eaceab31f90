"""A designer chooses from what there is: queues, skills, tasks, journeys and prompts, with what uses them."""

from tests.features.journeys.conftest import PLATFORM, greeting

from warmline.domain.journey.document import End, Journey, Say
from warmline.domain.journey.tasks import AnswerField, TaskSpec
from warmline.features.journeys.names import load_names, prompts_named, tasks_named
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

HI: dict[Locale, str] = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}
FIND = TaskSpec(
    answers=(
        {"status": AnswerField("text"), "eta": AnswerField("date", optional=True)},
        {"reason": AnswerField()},
    ),
    required=frozenset({"number"}),
    optional=frozenset({"locale"}),
    secret=frozenset({"pin"}),
)


async def test_a_designer_finds_queues_by_name_and_published_journeys_with_their_parameters(
    database: Database, journeys: Journeys
):
    actor = Actor("test")
    for key in ("hello.hi", "hello.bye"):
        await journeys.put_prompt("onda", actor, key, "written", HI)
    sections = {
        "start": [{"step": "reason", "intent": "refund"}, {"step": "announce", "slot": "news"},
                  {"step": "say", "prompt": "hello.hi"}, {"step": "goto", "section": "agent"}],
        "agent": [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}],
    }  # fmt: skip
    await journeys.publish("onda", actor, "hello", greeting(sections=sections, parameters=["caller_number"]))
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET name = $1 WHERE id = 'orders'", HI)
        await conn.execute("INSERT INTO skill (tenant_id, id, name) VALUES ('onda', 'refunds', $1)", HI)
        found = await load_names(conn, "onda", {"orders.find": FIND}, PLATFORM)
    assert [(one.id, one.name["ja"]) for one in found.queues] == [("orders", "こんにちは")]
    assert [(one.id, one.level) for one in found.skills] == [("refunds", 0)]
    assert [(one.id, one.kind, one.parameters) for one in found.journeys] == [
        ("hello", "journey", ("caller_number",))
    ]
    assert found.intents == ("refund",)
    assert found.slots == ("emergency", "news")
    used = {one.key: one.used_by for one in found.prompts}
    assert used["hello.hi"] == ("hello",)
    assert used["common.yes"] == ()
    assert not any("@" in key for key in used)


def test_a_task_tells_what_it_takes_and_every_kind_of_answer():
    (task,) = tasks_named({"orders.find": FIND})
    assert (task.declared, task.required, task.optional, task.secret) == (True, ("number",), ("locale",), ("pin",))
    assert task.fields == ("status", "eta", "reason")
    assert task.answers[0]["eta"].optional
    (free,) = tasks_named({"echo": TaskSpec()})
    assert (free.declared, free.required) == (False, ())


def test_a_text_that_is_named_but_not_written_yet_is_listed_with_who_names_it():
    bye = (End("hello.bye"),)
    library = {
        name: Journey(id=name, on_error=bye, sections={"start": (Say("hello.new"), *bye)}, title="hello.title")
        for name in ("b", "a")
    }
    found = {one.key: one.used_by for one in prompts_named(["other.one"], library)}
    assert found == {
        "hello.bye": ("a", "b"), "hello.new": ("a", "b"), "hello.title": ("a", "b"), "other.one": (),
    }  # fmt: skip
