import datetime as dt
import math

import msgspec
import pytest
from tests.features.twin.conftest import MONDAY, busy_day

from warmline.features.twin.changes import Changes, Disturbance
from warmline.features.twin.needing import Goal
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


@pytest.mark.parametrize(
    "poor",
    [
        Replay(dt.date(1, 1, 1)), Replay(dt.date(9999, 12, 31)), Replay(MONDAY, seed=-1),
        Staff(MONDAY, goal=Goal(within_s=math.nan)), Staff(MONDAY, goal=Goal(within_s=math.inf)),
        Staff(MONDAY, goal=Goal(within_s=-5)), Staff(MONDAY, goal=Goal(breaks=5)),
        WhatIf(MONDAY, changes=Changes(volume=math.nan)),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused_with_its_bounds(poor: AnyQuestion):
    with pytest.raises(Refused) as refused:
        check(poor)
    assert refused.value.code == "twin_bounds"
    assert {"field", "low", "high"} <= refused.value.details.keys()


def test_an_outage_that_ends_before_it_begins_is_refused_before_anything_is_read():
    with pytest.raises(Refused):
        check(WhatIf(MONDAY, changes=Changes(outages=(Disturbance(600, 300),))))
