import math

import pytest

from warmline.features.twin.outcome import checked, compared, range_of, worst


def test_a_range_is_a_mean_with_student_s_interval():
    found = range_of([1.0, 2.0, 3.0])
    assert found is not None
    # t(0.975, 2) = 4.302653, s = 1, n = 3
    assert found.mean == 2
    assert found.high == pytest.approx(2 + 4.302653 / math.sqrt(3), rel=1e-6)
    assert range_of([]) is None


def test_one_run_has_no_bounds_and_judges_nobody():
    one = checked("service_level", 0.5, [0.8])
    assert one.twin is not None
    assert (one.twin.low, one.twin.high, one.within) == (None, None, None)


def test_one_day_may_lie_further_from_the_mean_than_the_mean_is_unsure():
    samples = [0.70, 0.75, 0.80, 0.85, 0.90] * 4
    inside, outside = checked("service_level", 0.72, samples), checked("service_level", 0.40, samples)
    assert inside.twin is not None
    assert inside.twin.low is not None
    assert inside.twin.low > 0.72  # outside of the mean's interval, yet a day like others
    assert (inside.within, outside.within) == (True, False)


def test_equal_runs_forgive_only_what_counting_blurs():
    assert checked("wait_p90_s", 40.0, [40.3] * 5).within is True
    assert checked("wait_p90_s", 40.0, [50.0] * 5).within is False
    assert checked("service_level", 0.5, [0.5] * 5).within is True


def test_what_was_not_measured_is_not_judged():
    assert checked("wait_p90_s", None, [1.0, 2.0]).within is None
    assert checked("wait_p90_s", 1.0, []).within is None


def test_pairs_show_a_difference_that_means_alone_would_hide():
    before = [0.2, 0.5, 0.9, 0.4, 0.7]
    after = [each + 0.05 for each in before]
    found = compared(before, after)
    assert found.clear
    assert found.difference is not None
    assert found.difference.mean == pytest.approx(0.05)


def test_runs_without_a_figure_on_one_side_are_left_out_of_the_difference():
    found = compared([0.1, None, 0.3], [0.2, 0.9, None])
    assert found.difference is not None
    assert (found.difference.mean, found.difference.low, found.clear) == (pytest.approx(0.1), None, False)


def test_waits_that_cannot_be_measured_because_nobody_was_answered_are_the_worst():
    after = [worst("wait_p90_s", None, 1.0)] * 3
    found = compared([10.0, 12.0, 11.0], after)
    assert (found.after, found.difference, found.clear, found.beyond, found.sign) == (None, None, True, 1, 1)
    back = compared(after, [10.0, 12.0, 11.0])
    assert (back.before, back.clear, back.sign) == (None, True, -1)
    assert compared([10.0, 12.0], [9.0, math.inf]).sign == 0  # once better, once worse
    assert compared([10.0], [math.inf]).sign == 0  # one run proves nothing
    assert compared([math.inf] * 3, [math.inf] * 3).sign == 0


def test_only_news_for_customers_has_a_worst_and_only_when_customers_came():
    assert worst("service_level", None, 0.5) == -math.inf
    assert worst("wait_p90_s", None, None) is None
    assert worst("wait_p90_s", None, 0.0) is None
    assert worst("occupancy", None, 1.0) is None
    assert worst("wait_p90_s", 12.0, 1.0) == 12.0
