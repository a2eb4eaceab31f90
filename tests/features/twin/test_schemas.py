import pytest
from pydantic import ValidationError
from tests.features.twin.conftest import MONDAY

from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.needing import Goal
from warmline.features.twin.request import Replay, Staff, WhatIf
from warmline.features.twin.schemas import QuestionDoc


def test_each_kind_of_question_reaches_the_twin_as_it_was_asked():
    replayed = QuestionDoc.model_validate({"kind": "replay", "date": "2026-11-02", "exact": True})
    changes = {
        "agents": 2, "queue_id": "help", "volume": 1.2, "outages": [{"from_s": 10, "until_s": 20}],
        "promotions": [{"from_s": 30, "until_s": 40, "factor": 3}],
    }  # fmt: skip
    asked = QuestionDoc.model_validate({"kind": "what_if", "date": "2026-11-02", "changes": changes, "seed": 4})
    staffed = QuestionDoc.model_validate(
        {"kind": "staff", "date": "2026-11-02", "share": 0.9, "source": "forecast"}
    )
    assert replayed.question() == Replay(MONDAY, exact=True)
    expected = Changes("help", 2, 1.2, outages=(Disturbance(10, 20),), promotions=(Promotion(30, 40, 3),))
    assert asked.question() == WhatIf(MONDAY, seed=4, changes=expected)
    assert staffed.question() == Staff(MONDAY, goal=Goal(0.9), source="forecast")


@pytest.mark.parametrize("wrong", [{"runs": 0}, {"runs": 999}, {"changes": {"volume": -1}}, {"sede": 1}])
def test_what_makes_no_sense_is_refused_at_the_door(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        QuestionDoc.model_validate({"kind": "what_if", "date": "2026-11-02"} | wrong)
