"""A journey can be tried without its backends: they answer each way that can make a difference."""

from warmline.domain.journey.document import Compare, End, Invoke, Journey, SendLink, Var, Verify, When
from warmline.domain.journey.stand_ins import MOST, stand_in_answers
from warmline.domain.journey.tasks import AnswerField, TaskSpec

END = (End("bye"),)
FIND = Invoke("orders.find", "order", END, result=("found", "status", "eta"))
SPEC = TaskSpec(
    (
        {"found": AnswerField("flag", constant=(True,)), "status": AnswerField("text"),
         "eta": AnswerField("date", optional=True)},
        {"found": AnswerField("flag", constant=(False,))},
    )
)  # fmt: skip
ASKS = When(Compare(Var("order.status"), "==", "shipped"), END)


def journey(*steps: object) -> dict[str, Journey]:
    return {"j": Journey("j", END, {"start": steps})}  # pyright: ignore[reportArgumentType]


def test_the_fullest_answer_comes_first_and_every_way_is_there():
    rows = stand_in_answers(journey(FIND, ASKS), {"orders.find": SPEC})["orders.find"]
    assert rows[0]["found"] is True
    assert rows[0]["eta"] == "2026-11-26"
    assert {row["status"] for row in rows if row["found"]} >= {"shipped"}
    assert any(row["found"] is False for row in rows)
    assert len(rows) <= MOST


def test_an_answer_without_the_customers_id_is_not_the_first_that_is_tried():
    known = When(Compare(Var("person.ref"), "!=", ""), END)
    rows = stand_in_answers(journey(Invoke("who", "person", END, result=("ref",)), known), {})["who"]
    assert rows[0]["ref"] not in ("", None)
    assert "" in {row["ref"] for row in rows}


def test_of_more_answers_than_people_choose_from_each_way_of_each_field_stays():
    states = ("preparing", "shipped", "delivered", "cancelled", "lost")
    whys = ("", "weather", "customs", "strike", "other")
    told = tuple(When(Compare(Var("order.status"), "==", one), END) for one in states)
    why = tuple(When(Compare(Var("order.why"), "==", one), END) for one in whys)
    late = When(Compare(Var("order.late"), "==", True), END)
    none = When(Compare(Var("order.found"), "==", False), END)
    find = Invoke("orders.find", "order", END, result=("found", "status", "why", "late"))
    spec = TaskSpec(
        (
            {"found": AnswerField("flag", constant=(True,)), "late": AnswerField("flag"),
             "status": AnswerField("text"), "why": AnswerField("text")},
            {"found": AnswerField("flag", constant=(False,))},
        )
    )  # fmt: skip
    rows = stand_in_answers(journey(find, none, *told, *why, late), {"orders.find": spec})["orders.find"]
    assert len(rows) == MOST
    assert {row["found"] for row in rows} == {True, False}
    assert {row["status"] for row in rows if row["late"] is False} >= set(states)
    assert {row["why"] for row in rows if row["late"] is True} >= set(whys)
    assert rows[0]["found"] is True
    assert rows[0]["why"] != ""


def test_a_proof_of_identity_can_be_right_wrong_or_locked():
    found = stand_in_answers(
        journey(Verify("account_pin", Var("x"), END, END, level=3), SendLink("x", END, END)), {}
    )
    assert [(row["level"], row["locked"]) for row in found["identity.check_pin"]] == [
        (3, False),
        (0, False),
        (0, True),
    ]
    assert found["identity.send_code"][0]["locked"] is False
    assert found["messages.send_link"] == ({"sent": True},)
