import msgspec
import pytest
from tests.features.twin.conftest import MONDAY, busy_day

from warmline.features.twin.changes import Changes
from warmline.features.twin.request import AnyQuestion, Replay, Staff, WhatIf, Work, carry_out, check, encode
from warmline.features.twin.running import never_stop
from warmline.kernel.errors import Refused

QUESTIONS: list[AnyQuestion] = [
    Replay(MONDAY, 2), WhatIf(MONDAY, 2, changes=Changes(agents=1)), Staff(MONDAY, 2),
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: type(one).__name__)
def test_a_question_travels_as_json_and_its_answer_is_the_same_everywhere(question: AnyQuestion):
    work = Work(question, busy_day())
    there = msgspec.json.decode(msgspec.json.encode(work), type=Work)
    assert there == work
    mine, theirs = carry_out(work, never_stop), carry_out(there, never_stop)
    assert mine is not None
    assert theirs is not None
    assert encode(mine) == encode(theirs)


def test_more_runs_than_anybody_waits_for_are_refused():
    with pytest.raises(Refused):
        check(Replay(MONDAY, 0))
    with pytest.raises(Refused):
        carry_out(Work(Replay(MONDAY, 10_000), busy_day()), never_stop)
