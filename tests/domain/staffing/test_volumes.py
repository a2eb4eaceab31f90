"""Expected work by queue and half hour."""

from datetime import UTC, datetime

import pytest

from warmline.domain.staffing.volumes import Volume, Volumes

NINE = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_twice_the_customers_are_twice_the_work_and_take_as_long_each():
    usual = Volumes("history", {"orders": (Volume(NINE, 30, 22, 38, 240),)})
    twice = usual.scaled(2)
    (one,) = twice.queues["orders"]
    assert (one.expected, one.p10, one.p90, one.handle_s) == (60, 44, 76, 240)
    assert one.work_s == 2 * usual.queues["orders"][0].work_s == 14_400
    assert twice.source == "history"


def test_fewer_than_nobody_cannot_be_expected():
    with pytest.raises(ValueError, match="multiplied"):
        Volumes("history", {}).scaled(-1)
