"""What an operation declares is what journeys are proved with."""

from warmline.connectors.http.config import Operation, ResultField
from warmline.connectors.http.declared import spec_of
from warmline.domain.journey.tasks import AnswerField

FIND = Operation(
    "GET", "/orders/{number}", ("number",),
    fields=(ResultField("status", required=True), ResultField("due", "date")),
    answers={200: {"found": True}, 404: {"found": False}},
    impersonal=("number",),
    secret=("number",),
)  # fmt: skip


def test_what_a_good_answer_always_holds_another_answer_need_not():
    good, missing = spec_of(FIND).answers
    assert good == {
        "status": AnswerField("text"),
        "due": AnswerField("date", optional=True),
        "found": AnswerField(constant=(True,)),
    }  # fmt: skip
    assert missing["status"].optional
    assert missing["found"].constant == (False,)


def test_every_argument_is_required_and_an_answer_without_fields_is_still_declared():
    spec = spec_of(FIND)
    assert (spec.required, spec.optional, spec.impersonal) == ({"number"}, frozenset(), {"number"})
    assert spec.secret == {"number"}
    assert spec_of(Operation("POST", "/ping", answers={202: {}})).answers == ({},)
