"""A flood of refused calls is told in a few lines."""

import logging

import pytest
from tests.channels.voice.around import until

from warmline.channels.voice.sparing import Sparing

LOG = logging.getLogger("warmline.test.sparing")


async def test_a_thousand_refused_calls_are_two_lines_and_none_is_left_uncounted(caplog: pytest.LogCaptureFixture):
    sparing = Sparing(LOG, quiet_s=0.05)
    for _ in range(1_000):
        sparing.warn("A call could not be answered: %s", "media.no_ports")
    sparing.warn("A call could not be answered: %s", "media.no_worker")
    assert [one.getMessage() for one in caplog.records] == [
        "A call could not be answered: media.no_ports",
        "A call could not be answered: media.no_worker",
    ]
    await until(lambda: len(caplog.records) == 3)
    assert "media.no_ports (999 times in the last" in caplog.records[2].getMessage()


async def test_after_a_quiet_second_a_refusal_is_told_at_once_again(caplog: pytest.LogCaptureFixture):
    sparing = Sparing(LOG, quiet_s=0.01)
    sparing.warn("A call could not be answered: %s", "media.no_ports")
    await until(lambda: not sparing._more)
    sparing.warn("A call could not be answered: %s", "media.no_ports")
    assert len(caplog.records) == 2
