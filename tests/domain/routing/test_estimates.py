"""Estimates follow recent handle times and the hands at work."""

import pytest

from warmline.domain.routing.estimates import LONGEST_S, USUAL_HANDLE_S, HandleTimes, per_position_s


def test_a_queue_without_history_is_assumed_usual():
    assert HandleTimes().mean_s("orders") == USUAL_HANDLE_S


def test_the_average_moves_towards_what_is_measured():
    times = HandleTimes()
    times.start("orders", 100)
    for _ in range(800):
        times.handled("orders", 200)
    assert times.mean_s("orders") == pytest.approx(200, abs=1)


def test_one_forgotten_conversation_does_not_spoil_the_estimate():
    times = HandleTimes()
    times.start("orders", 100)
    times.handled("orders", 1_000_000)
    assert times.mean_s("orders") < 100 + 0.05 * LONGEST_S + 1


def test_two_agents_with_three_chats_each_move_the_line_six_times_as_fast_as_one_call_at_a_time():
    assert per_position_s(300, [(3, 1), (3, 1)]) == 50
    assert per_position_s(300, [(1, 1)]) == 300


def test_agents_shared_with_another_crowded_queue_count_half():
    assert per_position_s(300, [(2, 2)]) == 300


def test_nobody_at_work_means_no_promise():
    assert per_position_s(300, []) is None
