"""Statistics of a stream are those of RFC 3550."""

import pytest

from warmline.media.reception import Reception, mos


def _stream(reception: Reception, seqs: list[int], ssrc: int = 7) -> None:
    for seq in seqs:
        reception.arrived(ssrc, seq & 0xFFFF, seq * 160, seq * 0.02)


def test_lost_packets_are_counted_across_the_turn_of_the_numbers():
    reception = Reception(8000)
    _stream(reception, [seq for seq in range(65500, 65600) if seq % 10])
    assert reception.lost_share == pytest.approx(0.1, abs=0.02)
    assert reception.jitter_ms == pytest.approx(0, abs=1e-6)


def test_a_packet_that_comes_late_is_not_lost_and_one_that_comes_twice_counts_once():
    reception = Reception(8000)
    _stream(reception, [1, 2, 4, 3, 5])
    assert reception.lost == 0
    assert not reception.arrived(7, 5, 800, 0.1)
    assert not reception.arrived(7, 3, 480, 0.1)
    assert reception.received_in_all == 5


def test_a_telephone_that_begins_anew_is_a_new_stream():
    reception = Reception(8000)
    _stream(reception, [1, 2, 3])
    _stream(reception, [30_000, 30_001])
    _stream(reception, [5, 6], ssrc=8)
    assert reception.restarts == 2
    assert reception.lost == 0
    assert reception.received_in_all == 7


def test_jitter_follows_the_wobble_of_arrivals():
    reception = Reception(8000)
    for seq in range(500):
        reception.arrived(7, seq, seq * 160, seq * 0.02 + (0.01 if seq % 2 else 0.0))
    assert reception.jitter_ms == pytest.approx(10, abs=1)


def test_the_share_lost_since_the_last_report_is_told_in_256ths():
    reception = Reception(8000)
    _stream(reception, [seq for seq in range(100) if seq % 4])
    assert reception.since_last_report() == pytest.approx(64, abs=3)
    assert reception.since_last_report() == 0


def test_a_good_line_scores_above_4_and_a_bad_one_below_3():
    assert mos("PCMU", 0.0, 1.0, 30.0) > 4.2
    assert mos("PCMU", 0.15, 40.0, 400.0) < 3.0
    assert mos("PCMU", 1.0, 500.0, 3000.0) == 1.0
    assert mos("G722", 0.05, 5.0, None) < mos("G722", 0.01, 5.0, None)
