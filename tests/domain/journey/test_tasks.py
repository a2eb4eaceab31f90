"""Tasks declare what they answer."""

from warmline.domain.journey.tasks import AnswerField, TaskSpec, always, by_company


def test_a_task_names_the_fields_of_all_its_answers_once():
    spec = TaskSpec(
        ({"found": AnswerField(constant=(True,)), "name": AnswerField("text")}, {"found": AnswerField()})
    )
    assert spec.fields == ("found", "name")


def test_a_task_may_always_answer_the_same_fields():
    assert always(("a", "b")).fields == ("a", "b")
    assert not any(field.optional for field in always(("a",)).answers[0].values())


def test_each_company_has_tasks_of_its_own_or_all_have_the_same():
    mine = {"crm.find": TaskSpec()}
    assert by_company(mine)("acme") == by_company(mine)("rival") == mine
    own = by_company(lambda company: mine if company == "acme" else {})
    assert (own("acme"), own("rival")) == (mine, {})
