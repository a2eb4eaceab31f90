"""Time is always aware and in UTC."""

from datetime import timedelta

from warmline.runtime.clock import utc_now


def test_now_is_in_utc() -> None:
    assert utc_now().utcoffset() == timedelta(0)
