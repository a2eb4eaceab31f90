"""Alerts of the live board: raised in time, calm in the end, never flapping."""

from datetime import UTC, datetime, timedelta

import pytest

from warmline.features.desk.alerts import CALM, RAISE, Alert, AlertBook, usual_limits

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
WAITING = {"waiting": {"warn": 5, "alarm": 10}}


class Watch:
    """A queue whose numbers are looked at once a second."""

    def __init__(self, limits=WAITING) -> None:
        self.book = AlertBook()
        self.limits = limits
        self.now = START

    def see(self, seconds: float, **values: float | None) -> list[Alert]:
        alerts: list[Alert] = []
        for _ in range(int(seconds)):
            self.now += timedelta(seconds=1)
            alerts = self.book.look("orders", values, self.limits, self.now)
        return alerts


def test_a_long_line_warns_and_a_longer_one_alarms():
    watch = Watch()
    assert watch.see(60, waiting=4) == []
    [warning] = watch.see(RAISE.seconds + 1, waiting=5)
    assert (warning.level, warning.value, warning.limit) == ("warn", 5, 5)
    [alarm] = watch.see(RAISE.seconds + 1, waiting=12)
    assert (alarm.level, alarm.limit) == ("alarm", 10)
    assert alarm.since_at > warning.since_at


def test_a_spike_of_a_second_raises_nothing():
    watch = Watch()
    for _ in range(30):
        assert watch.see(2, waiting=9) == []
        assert watch.see(1, waiting=0) == []


def test_a_number_that_dances_around_its_limit_is_one_alert():
    watch = Watch({"waiting": {"warn": 20}})
    [first] = watch.see(10, waiting=20)
    for _ in range(40):
        [still] = watch.see(1, waiting=19)
        assert still.since_at == first.since_at
        [still] = watch.see(1, waiting=20)
        assert still.since_at == first.since_at


def test_an_alert_is_over_once_the_number_was_clearly_better_for_a_while():
    watch = Watch({"waiting": {"warn": 20}})
    watch.see(10, waiting=30)
    assert watch.see(CALM.seconds - 2, waiting=10)
    assert watch.see(1, waiting=30), "worse again: the calm begins anew"
    assert watch.see(CALM.seconds - 1, waiting=10)
    assert watch.see(3, waiting=10) == []


def test_an_alarm_that_eases_becomes_a_warning_first():
    watch = Watch()
    watch.see(10, waiting=12)
    [eased] = watch.see(CALM.seconds + 2, waiting=6)
    assert eased.level == "warn"


@pytest.mark.parametrize("metric", ["service_level", "available"])
def test_what_should_be_high_alerts_when_it_is_low(metric: str):
    watch = Watch({metric: {"warn": 80, "alarm": 60}})
    assert watch.see(30, **{metric: 95}) == []
    assert watch.see(10, **{metric: 75})[0].level == "warn"
    assert watch.see(10, **{metric: 50})[0].level == "alarm"
    assert watch.see(CALM.seconds + 2, **{metric: 95}) == []


def test_a_number_that_is_not_known_alerts_nobody():
    watch = Watch({"service_level": {"warn": 80}, "waiting": None})
    assert watch.see(30, service_level=None, waiting=99) == []


def test_without_limits_of_its_own_a_queue_alerts_on_long_waits():
    watch = Watch(usual_limits(60))
    assert watch.see(10, longest_wait_s=100) == []
    assert watch.see(10, longest_wait_s=130)[0].level == "warn"
    assert watch.see(10, longest_wait_s=301)[0].level == "alarm"
