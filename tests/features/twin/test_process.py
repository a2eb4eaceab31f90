import asyncio

import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import MONDAY, busy_day, tiny

from warmline.features.twin.child import Line
from warmline.features.twin.process import simulate_apart
from warmline.features.twin.request import Replay, Work, carry_out
from warmline.features.twin.running import never_stop
from warmline.kernel.errors import Refused


async def test_the_other_process_gives_the_answer_this_one_would():
    work = Work(Replay(MONDAY, 3), busy_day())
    told: list[Line] = []
    last = await simulate_apart(work, told.append, asyncio.Event())
    assert last.report == carry_out(work, never_stop)
    assert told


async def test_stopped_in_the_middle_it_tells_what_it_knows():
    stop = asyncio.Event()

    def tell(line: Line) -> None:
        if (line.share or 0) > 0.02:
            stop.set()

    last = await simulate_apart(Work(Replay(MONDAY, 200), busy_day(8, per_hour=120)), tell, stop)
    assert last.stopped
    assert last.report is not None
    assert 0 < last.report.runs < 200


async def test_the_end_of_its_time_stops_it_too():
    last = await simulate_apart(
        Work(Replay(MONDAY, 200), busy_day(8, per_hour=400)), lambda _: None, asyncio.Event(), time_at_most_s=1.5
    )
    assert last.stopped


async def test_a_refusal_over_there_is_a_refusal_here():
    with pytest.raises(Refused) as refused:
        await simulate_apart(
            Work(Replay(MONDAY, 3), replace(tiny(), presence=())), lambda _: None, asyncio.Event()
        )
    assert refused.value.code == "twin_nobody_there"


async def test_stopped_before_it_could_listen_it_has_nothing_to_tell():
    stop = asyncio.Event()
    stop.set()
    last = await simulate_apart(Work(Replay(MONDAY, 200), busy_day()), lambda _: None, stop)
    assert (last.stopped, last.report) == (True, None)
