import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import busy_day, tiny

from warmline.features.twin.replaying import replay
from warmline.features.twin.running import never_stop


def test_a_tiny_day_replayed_exactly_gives_the_figures_counted_by_hand():
    report = replay(tiny(), 5, 1, never_stop, exact=True)
    assert report is not None
    overall = report.parts[0].total
    by_hand = {"came": 4, "service_level": 2 / 4, "abandonment": 1 / 4, "wait_p50_s": 0, "occupancy": 180 / 3_600}
    for metric, value in by_hand.items():
        assert overall[metric].real == pytest.approx(value), metric
        twin = overall[metric].twin
        assert twin is not None, metric
        assert twin.mean == pytest.approx(value), metric
        assert overall[metric].within, metric
    assert overall["wait_p90_s"].real == 40
    assert report.verdict.word == "agrees"
    assert [half_hour.at for half_hour in report.parts[0].half_hours] == ["09:00", "09:30"]
    assert report.parts[0].within_share == 1.0


def test_a_day_that_never_was_like_this_is_told_apart():
    day = busy_day()
    slow = tuple(
        replace(stay, until_s=stay.at_s + 900) if stay.ending == "answered" else stay for stay in day.stays
    )
    report = replay(replace(day, stays=slow), 8, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "differs"
    assert report.parts[0].total["service_level"].within is False


def test_the_same_seed_gives_the_same_report_and_each_queue_its_own_part():
    one, two = (replay(busy_day(), 3, 9, never_stop) for _ in range(2))
    assert one == two
    assert one is not None
    assert [part.queue_id for part in one.parts] == [None, "help", "money"]
    assert one != replay(busy_day(), 3, 10, never_stop)


def test_a_stopped_replay_tells_what_it_knows():
    report = replay(busy_day(), 10, 1, lambda share, _: share < 0.4)
    assert report is not None
    assert (report.runs, report.wanted_runs, report.complete) == (4, 10, False)
    assert replay(busy_day(), 10, 1, lambda share, _: False) is None
