"""One stream goes out whatever it is made of: numbers and times never jump back."""

import itertools
import socket

import pytest

from warmline.media.leg_out import OutStream
from warmline.media.leg_transport import Address, PlainTransport
from warmline.media.rtp_packet import HEADER


class Wire:
    local: Address = ("127.0.0.1", 0)

    def send(self, data: bytes, to: Address) -> None: ...

    def changed(self) -> None: ...


@pytest.fixture
def line():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as theirs,
    ):
        theirs.bind(("127.0.0.1", 0))
        theirs.settimeout(2)
        out = OutStream(ours, PlainTransport(Wire(), offering=False))
        out.remote = theirs.getsockname()
        yield out, lambda: HEADER.unpack_from(theirs.recv(2000))


def _relay(out: OutStream, stream: object, seq: int, timestamp: int, now: float) -> None:
    buffer = bytearray(12) + b"x" * 160
    out.relay(stream, seq, timestamp, 0, buffer, 12, 172, now)


def test_frames_of_our_own_count_by_one_and_a_pause_shows_in_the_time(line):
    out, came = line
    for now in (1.0, 1.02, 1.04, 2.04):
        out.frame_out(b"x" * 160, now)
    headers = [came() for _ in range(4)]
    assert [h[1] for h in headers] == [128, 0, 0, 0]
    assert [(b[2] - a[2]) & 0xFFFF for a, b in itertools.pairwise(headers)] == [1, 1, 1]
    assert [(b[3] - a[3]) & 0xFFFFFFFF for a, b in itertools.pairwise(headers)] == [160, 160, 8000]


def test_a_source_that_is_switched_goes_on_in_number_and_time_with_a_marker(line):
    out, came = line
    out.frame_out(b"x" * 160, 1.0)
    first, second = object(), object()
    _relay(out, first, 500, 10_000, 1.02)
    _relay(out, first, 501, 10_160, 1.04)
    _relay(out, second, 65535, 4_000_000_000, 1.06)
    out.frame_out(b"x" * 160, 1.08)
    headers = [came() for _ in range(5)]
    assert [(b[2] - a[2]) & 0xFFFF for a, b in itertools.pairwise(headers)] == [1] * 4
    assert [(b[3] - a[3]) & 0xFFFFFFFF for a, b in itertools.pairwise(headers)] == [160] * 4
    assert [h[1] for h in headers] == [128, 128, 0, 128, 128]
    assert len({h[4] for h in headers}) == 1


def test_gaps_and_order_of_a_relayed_stream_stay_visible(line):
    out, came = line
    stream = object()
    for seq in (10, 12, 11, 15):
        _relay(out, stream, seq, seq * 160, 1.0 + seq * 0.02)
    headers = [came() for _ in range(4)]
    assert [(h[2] - headers[0][2]) & 0xFFFF for h in headers] == [0, 2, 1, 5]
    out.frame_out(b"x" * 160, 1.32)
    assert (came()[2] - headers[3][2]) & 0xFFFF == 1


def test_a_leap_of_the_sources_clock_does_not_reach_the_listener(line):
    out, came = line
    stream = object()
    _relay(out, stream, 10, 1600, 1.0)
    _relay(out, stream, 11, 900_000_000, 1.02)
    headers = [came() for _ in range(2)]
    assert (headers[1][3] - headers[0][3]) & 0xFFFFFFFF == 160


def test_all_packets_of_a_key_have_the_time_of_its_first(line):
    out, came = line
    out.frame_out(b"x" * 160, 1.0)
    for i in range(4):
        out.event_out(101, b"\x05\x0a\x00\xa0", i == 0, 1.02 + i * 0.02)
    out.frame_out(b"x" * 160, 1.1)
    headers = [came() for _ in range(6)]
    assert [(h[3] - headers[0][3]) & 0xFFFFFFFF for h in headers] == [0, 160, 160, 160, 160, 800]
    assert [h[1] for h in headers[1:5]] == [128 | 101, 101, 101, 101]


def test_a_side_that_is_gone_is_counted_not_raised(line):
    out, _ = line
    out.remote = ("127.0.0.1", 0)
    out.frame_out(b"x", 1.0)
    assert out.unsent == 1
