"""RTCP that is written can be read, and nothing that comes from outside breaks the reader."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media.rtcp import ReportBlock, ntp_middle, read, report, round_trip_ms


def test_a_senders_report_is_read_as_it_was_written():
    block = ReportBlock(7, 25, 1000, 70_000, 80, 12345, 65536)
    heard = read(report(9, 1_700_000_000.25, (1600, 10, 1600), block, "warmline"))
    assert heard is not None
    assert heard.blocks == (block,)
    assert heard.middle == ntp_middle(1_700_000_000.25)


def test_a_mere_receiver_says_what_it_heard():
    heard = read(report(9, 0.0, None, ReportBlock(7, 0, -3, 5, 0, 0, 0), "warmline"))
    assert heard is not None
    assert heard.middle is None
    assert heard.blocks[0].lost == -3


def test_the_round_trip_is_what_remains_without_their_delay():
    sent = 1_700_000_000.0
    block = ReportBlock(7, 0, 0, 5, 0, ntp_middle(sent), int(0.5 * 65536))
    assert round_trip_ms(block, sent + 0.58) == pytest.approx(80, abs=1)
    assert round_trip_ms(ReportBlock(7, 0, 0, 5, 0, 0, 0), sent) is None


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_anything_may_arrive(data: bytes):
    heard = read(data)
    assert heard is None or len(heard.blocks) <= 31 * 50
