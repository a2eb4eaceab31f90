"""How many agents a half hour needs, queues alone and together."""

from datetime import UTC, datetime, timedelta

import pytest

from warmline.domain.staffing.needs import Pool, Service, agents_for, common_service, count_of, curves
from warmline.domain.staffing.requirement import Promise
from warmline.domain.staffing.volumes import HALF_HOUR, Volume, Volumes

NINE = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
CALLS = Service(Promise(0.8, 20))


def day(count: float, handle_s: float = 240) -> tuple[Volume, ...]:
    return tuple(Volume(NINE + n * HALF_HOUR, count, count * 0.8, count * 1.2, handle_s) for n in (0, 1, 3))


def test_the_textbook_help_desk_needs_54_and_a_quarter_more_on_shift_when_a_fifth_of_their_time_shrinks():
    service = {"orders": Service(Promise(0.8, 20), shrinkage=0.2)}
    (curve,) = curves(Volumes("x", {"orders": day(360)}), [Pool("p", ("orders",))], service, NINE, 4)
    assert [(need.agents, need.on_shift) for need in curve.needs] == [(54, 67.5), (54, 67.5), (0, 0.0), (54, 67.5)]
    assert curve.needs[0].work_h == pytest.approx(24)


def test_queues_that_share_agents_need_fewer_than_each_alone():
    volumes = Volumes("x", {"orders": day(30), "refunds": day(20, 300)})
    services = {"orders": CALLS, "refunds": CALLS}
    alone = curves(volumes, [Pool("a", ("orders",)), Pool("b", ("refunds",))], services, NINE, 4)
    (pooled,) = curves(volumes, [Pool("ab", ("orders", "refunds"))], services, NINE, 4)
    assert pooled.needs[0].agents < sum(curve.needs[0].agents for curve in alone)
    assert pooled.needs[0].contacts == 50
    assert pooled.needs[0].work_h == pytest.approx((30 * 240 + 20 * 300) / 3600)


def test_customers_together_get_the_strictest_promise_and_leave_at_their_common_rate():
    quick = Service(Promise(0.9, 10, max_abandon=0.05), patience_s=60, shrinkage=0.1, at_once=3)
    slow = Service(Promise(0.8, 60, max_occupancy=0.85), patience_s=None, shrinkage=0.3, at_once=2)
    both = common_service([(quick, 30), (slow, 10)])
    assert both.promise == Promise(0.9, 10, 0.05, 0.85)
    assert both.patience_s == pytest.approx(80)  # three of four leave at 1/60 a second
    assert both.shrinkage == pytest.approx(0.15)
    assert both.at_once == 2
    assert common_service([(slow, 0), (slow, 0)]).patience_s is None


def test_who_chats_with_three_at_once_serves_like_three_who_call():
    calls = agents_for(60, 300, CALLS)
    chats = agents_for(60, 300, Service(Promise(0.8, 20), at_once=3))
    assert chats == -(-calls // 3)
    assert agents_for(0, 300, CALLS) == 0


def test_planning_for_a_busy_day_needs_more_than_for_an_expected_one():
    volumes = Volumes("x", {"orders": day(100)})
    pools = [Pool("p", ("orders",))]
    usual, busy = (curves(volumes, pools, {}, NINE, 1, q)[0].needs[0] for q in ("expected", "p90"))
    assert busy.agents > usual.agents
    assert [count_of(volumes.queues["orders"][0], q) for q in ("p10", "expected", "p90")] == [80, 100, 120]


def test_half_hours_are_without_gaps_also_where_nobody_is_expected():
    (curve,) = curves(Volumes("x", {}), [Pool("p", ("orders",))], {}, NINE, 6)
    assert [need.start_at for need in curve.needs] == [NINE + timedelta(minutes=30 * n) for n in range(6)]
    assert not any(need.on_shift for need in curve.needs)


def test_shrinkage_that_leaves_nobody_is_refused():
    with pytest.raises(ValueError, match="Shrinkage"):
        curves(Volumes("x", {}), [], {"orders": Service(shrinkage=1.0)}, NINE, 1)
