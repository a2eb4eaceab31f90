"""The payload is found whatever a sender puts around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media.rtp_packet import HEADER, payload_bounds


def _packet(first: int, *parts: bytes) -> bytearray:
    return bytearray(HEADER.pack(first, 0, 1, 160, 7) + b"".join(parts))


def test_sources_an_extension_and_padding_are_no_audio():
    audio = b"a" * 160
    extension = b"\xbe\xde\x00\x01" + b"e" * 4
    packet = _packet(0x80 | 0x20 | 0x10 | 2, b"s" * 8, extension, audio, b"\x00\x00\x03")
    start, end = payload_bounds(packet, len(packet))
    assert packet[start:end] == audio


@settings(deadline=None)
@given(st.integers(0x80, 0xBF), st.binary(max_size=60))
def test_whatever_a_packet_claims_its_payload_lies_in_it_or_is_none(first: int, rest: bytes):
    packet = _packet(first, rest)
    start, end = payload_bounds(packet, len(packet))
    assert start > end or 12 <= start <= end <= len(packet)
