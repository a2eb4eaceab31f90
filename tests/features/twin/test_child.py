import io
import subprocess
import sys

import msgspec
from msgspec.structs import replace
from tests.features.twin.conftest import MONDAY, busy_day, tiny

from warmline.features.twin.changes import Changes
from warmline.features.twin.child import Line, Wish, answer
from warmline.features.twin.request import Replay, WhatIf, Work, carry_out, encode
from warmline.features.twin.running import never_stop


def lines(work: Work, stop: Wish) -> list[Line]:
    output = io.BytesIO()
    answer(work, output, stop)
    return [msgspec.json.decode(line, type=Line) for line in output.getvalue().splitlines()]


def test_progress_is_told_with_the_half_hour_and_the_report_comes_last():
    work = Work(Replay(MONDAY, 3), busy_day())
    *progress, last = lines(work, Wish())
    expected = carry_out(work, never_stop)
    assert expected is not None
    assert last.report is not None
    assert encode(last.report) == encode(expected)
    assert (last.over, last.stopped) == (True, False)
    assert (progress[0].share, progress[0].at) == (0.0, "00:00")


def test_a_wish_to_stop_is_obeyed():
    wish = Wish()
    wish.make()
    (_, last) = lines(Work(Replay(MONDAY, 200), busy_day()), wish)
    assert (last.over, last.stopped, last.report) == (True, True, None)


def test_a_refusal_is_passed_on():
    (last,) = lines(Work(Replay(MONDAY, 3), replace(tiny(), presence=())), Wish())
    assert (last.refused, last.details) == ("twin_nobody_there", {"day": "2026-11-02"})


def test_a_question_that_takes_more_memory_than_it_may_is_refused_and_says_so():
    work = Work(WhatIf(MONDAY, 1, changes=Changes(volume=20)), busy_day(per_hour=4_000))
    ended = subprocess.run(
        [sys.executable, "-c", "from warmline.features.twin.child import main; main(30)"],
        input=msgspec.json.encode(work), capture_output=True, check=True,
    )  # fmt: skip
    last = msgspec.json.decode(ended.stdout.splitlines()[-1], type=Line)
    assert (last.refused, last.details, last.over) == ("twin_too_big", {"most_mb": 30}, True)
