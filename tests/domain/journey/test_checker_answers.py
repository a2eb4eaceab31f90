"""Every kind of answer a backend declares is tried, and every field that it may leave out."""

from warmline.domain.journey.checker_answers import results
from warmline.domain.journey.checker_values import Decisive
from warmline.domain.journey.document import Compare, End, Invoke, Journey, Step, Var, When
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.tasks import AnswerField, TaskSpec

END = (End("bye"),)
FIND = Invoke("orders.find", "order", END, result=("found", "status", "due", "note"))
SPEC = TaskSpec(
    (
        {"found": AnswerField(constant=(True,)), "status": AnswerField("text"), "due": AnswerField("date"),
         "note": AnswerField("text", optional=True)},
        {"found": AnswerField(constant=(False,)), "status": AnswerField("text", optional=True)},
    )
)  # fmt: skip


def _results(*looks: Step, spec: TaskSpec = SPEC) -> list[dict[str, object]]:
    journey = Journey("j", END, {"start": (FIND, *looks)})
    return results(FIND, spec, Decisive([journey]))


def _look(name: str, op: str, right: object = None) -> When:
    return When(Compare(Var(f"order.{name}"), op, right), then=END)  # pyright: ignore


def test_what_may_be_missing_is_missing_once_and_what_is_not_found_has_nothing_else():
    found, lacking, nobody, bare = _results()
    assert (found["found"], found["status"], found["due"], found["note"]) == (True, "…", "2026-11-26", "…")
    assert lacking == found | {"note": None}
    assert nobody == {"found": False, "status": "…", "due": None, "note": None}
    assert bare == nobody | {"status": None}


def test_a_field_that_is_always_there_is_never_empty_even_where_a_condition_asks():
    assert {row["status"] for row in _results(_look("status", "is_set")) if row["found"]} == {
        "something else",
        "…",
    } - {"…"}


def test_a_field_that_conditions_look_at_is_empty_or_each_of_the_values_they_tell_apart():
    notes = {row["note"] for row in _results(_look("note", "==", "gift")) if row["found"]}
    assert notes == {"gift", "something else", None}


def test_a_date_that_conditions_look_at_is_the_day_before_the_day_and_the_day_after():
    days = {row["due"] for row in _results(_look("due", "<", "2026-01-01")) if row["found"]}
    assert days == {"2025-12-31", "2026-01-01", "2026-01-02"}


def test_an_undeclared_answer_is_of_no_known_kind():
    (row,) = _results(spec=TaskSpec())
    assert all(isinstance(value, Unknown) for value in row.values())
