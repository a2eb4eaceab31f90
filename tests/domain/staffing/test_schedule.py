"""Shifts find their agents fairly, no rule is broken, and what nobody can work says why."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from warmline.domain.staffing.rules import Worker, is_late, is_weekend, violations
from warmline.domain.staffing.schedule import Schedule, assign
from warmline.domain.staffing.shifts import Shift, local_at
from warmline.runtime.milp import match

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = date(2026, 11, 23)


def worker(name: str, *queues: str, **more: object) -> Worker:
    return replace(Worker(name, name.title(), frozenset(queues or ("orders",))), **more)


def shift(day: int = 0, start_h: int = 9, nth: int = 0, queue: str = "orders", hours: int = 8) -> Shift:
    start = local_at(MONDAY + timedelta(day), start_h * 60, SEOUL)
    return Shift(
        f"{queue}/{day}/{start_h}/{nth}", queue, (queue,), "day", start, start + timedelta(hours=hours), hours * 60
    )


def plan(shifts: list[Shift], workers: list[Worker], worked: tuple[Shift, ...] = ()) -> Schedule:
    return assign(shifts, workers, "Asia/Seoul", match, worked)


def test_a_week_of_two_shifts_a_day_is_shared_by_three():
    shifts = [shift(day, hour) for day in range(7) for hour in (8, 13)]
    made = plan(shifts, [worker(name) for name in ("mina", "yuki", "sora")])
    assert made.unfilled == ()
    per_agent = Counter(one.agent_id for one in made.shifts)
    assert sorted(per_agent.values()) == [4, 5, 5]
    lates = Counter(one.agent_id for one in made.shifts if is_late(one, SEOUL))
    assert max(lates.values()) - min(lates.values()) <= 1


def test_weekends_go_to_those_who_had_fewest():
    tired, fresh = worker("tired", weekend=4), worker("fresh", weekend=0)
    made = plan([shift(5), shift(6)], [tired, fresh])
    assert {one.agent_id for one in made.shifts} == {"fresh"}


def test_who_alone_speaks_a_queue_is_kept_for_it():
    both, one = worker("both", "orders", "refunds"), worker("one", "orders")
    made = plan([shift(queue="orders"), shift(queue="refunds")], [both, one])
    assert {s.pool_id: s.agent_id for s in made.shifts} == {"orders": "one", "refunds": "both"}


def test_a_shift_that_nobody_can_work_says_why():
    workers = [
        worker("away", days_off=frozenset({"2026-11-23"})), worker("other", "refunds"), worker("here"),
        worker("rests"),
    ]  # fmt: skip
    night_before = replace(shift(-1, 15, 9), agent_id="rests")
    made = plan([shift(0, 9, 0), shift(0, 9, 1)], workers, (night_before,))
    assert [one.agent_id for one in made.shifts].count("here") == 1
    (unfilled,) = made.unfilled
    assert unfilled.reasons == {"day_off": 1, "queue": 1, "overlap": 1, "rest": 1}


def test_a_shift_is_filled_by_an_exchange_when_no_one_is_free_for_it():
    # Mina alone may work on Tuesday morning, but she was given Monday night, which Yuki can work as well.
    mina = worker("mina", weekdays=frozenset({0, 1}))
    yuki = worker("yuki", weekdays=frozenset({0}), late=9)
    made = plan([shift(0, 15), shift(1, 8)], [mina, yuki])
    assert made.unfilled == ()
    assert [one.agent_id for one in made.shifts] == ["yuki", "mina"]


def test_shifts_that_have_an_agent_keep_them():
    kept = replace(shift(0, 9), agent_id="yuki")
    made = plan([kept, shift(0, 9, 1)], [worker("mina"), worker("yuki")])
    assert [one.agent_id for one in made.shifts] == ["yuki", "mina"]


def test_who_gets_fewer_hours_than_promised_is_named():
    made = plan([shift(0)], [worker("mina", week_min_min=960), worker("yuki")])
    assert {(one.agent_id, one.promised_min) for one in made.short} == {("mina", 960)}
    assert made.short[0].week == "2026-11-23"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from([6, 9, 12, 15, 22]), st.sampled_from("ab")), max_size=30
    ),
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "ab"]), st.integers(8, 40), st.integers(0, 6), st.integers(1, 6)),
        max_size=5,
    ),
)
def test_no_rule_is_ever_broken_and_every_shift_is_worked_or_explained(
    asked: list[tuple[int, int, str]], people: list[tuple[str, int, int, int]]
):
    shifts = [shift(day, hour, n, queue) for n, (day, hour, queue) in enumerate(asked)]
    workers = [
        worker(f"w{n}", *queues, week_max_min=hours * 60, days_at_most=days, weekdays=frozenset(range(7)) - {off})
        for n, (queues, hours, off, days) in enumerate(people)
    ]
    made = plan(shifts, workers)
    assert violations(workers, made.shifts, "Asia/Seoul") == []
    assert [one.id for one in made.shifts] == [one.id for one in shifts]
    assert {one.id for one in made.shifts if one.agent_id is None} == {one.shift_id for one in made.unfilled}
    for one in made.unfilled:
        assert sum(one.reasons.values()) == len(workers)
    assert not any(is_weekend(one, SEOUL) and one.agent_id is None for one in made.shifts) or made.unfilled
