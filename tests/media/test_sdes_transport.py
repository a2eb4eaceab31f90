"""A desk phone with SRTP: keys change hands in the SDP, holds and moves do not interrupt the audio."""

import base64

import pytest

from warmline.kernel.errors import Refused
from warmline.media import sdes
from warmline.media.leg_transport import Address, transport_for
from warmline.media.sdes_transport import SdesTransport
from warmline.media.srtp import SrtpContext

PACKET = b"\x80\x00" + bytes(10) + b"\x55" * 160


class Wire:
    def __init__(self) -> None:
        self.local: Address = ("192.0.2.1", 30000)
        self.changes = 0

    def send(self, data: bytes, to: Address) -> None:
        raise AssertionError("an SDES leg sends nothing of its own")

    def changed(self) -> None:
        self.changes += 1


def line_of(seed: int, tag: int = 1) -> str:
    key = base64.b64encode(bytes([seed]) * 30).decode()
    return f"crypto:{tag} AES_CM_128_HMAC_SHA1_80 inline:{key}"


def phone_of(line: str, transport: SdesTransport) -> SrtpContext:
    """The telephone that has this line in its SDP, and has read ours."""
    theirs, ours = sdes.read(line.removeprefix("crypto:")), transport.media_lines()
    assert theirs is not None
    keys = sdes.accepted([theirs], [ours[0].removeprefix("crypto:")])
    assert keys is not None
    return SrtpContext(keys)


def hears(listener: SrtpContext | SdesTransport, speaker: SrtpContext | SdesTransport, number: int) -> bool:
    packet = bytearray(PACKET) + bytearray(144)
    packet[2:4] = number.to_bytes(2, "big")
    length = speaker.protect(packet, 172)
    return listener.unprotect(packet, length) == 172


def answered(line: str) -> tuple[SdesTransport, Wire]:
    wire = Wire()
    transport = SdesTransport(wire, offering=False)
    transport.negotiated([], ["crypto:9 F8_128_HMAC_SHA1_80 inline:abc", line])
    return transport, wire


def test_a_phone_calls_and_both_hear_each_other():
    transport, wire = answered(line_of(1, tag=4))
    assert transport.ready
    assert wire.changes == 1
    assert transport.media_lines()[0].startswith("crypto:4 AES_CM_128_HMAC_SHA1_80 inline:")
    phone = phone_of(line_of(1, tag=4), transport)
    assert hears(transport, phone, 1)
    assert hears(phone, transport, 1)
    assert transport.thrown_away == 0


def test_we_call_a_phone_and_both_hear_each_other():
    transport = SdesTransport(Wire(), offering=True)
    offer = [line.removeprefix("crypto:") for line in transport.media_lines()]
    assert not transport.ready
    theirs = sdes.choose(offer[1:])
    assert theirs is not None
    mine, keys = sdes.answered(theirs)
    transport.negotiated([], ["crypto:" + mine.line()])
    assert transport.ready
    assert hears(transport, SrtpContext(keys), 1)
    assert len(transport.media_lines()) == 1, "a later offer of ours names the key in use"


def test_before_an_answer_nothing_leaves_and_nothing_is_heard():
    transport = SdesTransport(Wire(), offering=True)
    packet = bytearray(PACKET) + bytearray(144)
    assert transport.protect(packet, 172) == 0
    assert transport.unprotect(packet, 172) is None


def test_a_hold_that_repeats_the_key_does_not_interrupt():
    transport, wire = answered(line_of(1))
    phone = phone_of(line_of(1), transport)
    assert hears(transport, phone, 1)
    before = transport.media_lines()
    transport.negotiated([], [line_of(1)])
    assert transport.media_lines() == before
    assert wire.changes == 1
    assert hears(transport, phone, 2)
    assert hears(phone, transport, 1)


def test_a_moved_phone_with_a_new_key_is_heard_and_hears_on():
    transport, _ = answered(line_of(1))
    first = phone_of(line_of(1), transport)
    assert hears(first, transport, 1)
    transport.negotiated([], [line_of(2, tag=3)])
    second = phone_of(line_of(2, tag=3), transport)
    assert hears(transport, second, 7)
    assert not hears(transport, first, 8)
    assert hears(first, transport, 2), "our own key and its counter stay"
    assert transport.thrown_away == 1


@pytest.mark.parametrize("lines", [[], ["crypto:1 NULL inline:abc"], ["sendrecv"]])
def test_an_offer_without_a_key_we_understand_is_refused(lines: list[str]):
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        SdesTransport(Wire(), offering=False).negotiated([], lines)


def test_an_answer_that_takes_none_of_our_keys_is_refused():
    transport = SdesTransport(Wire(), offering=True)
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        transport.negotiated([], [line_of(1, tag=9)])


def test_the_engine_finds_this_transport_by_its_profile_and_closing_forgets_the_keys():
    transport = transport_for("RTP/SAVP", Wire(), False)
    assert isinstance(transport, SdesTransport)
    transport.negotiated([], [line_of(1)])
    transport.datagram(b"\x00\x01", ("192.0.2.9", 9))
    transport.tick(1.0)
    transport.close()
    assert not transport.ready
    assert transport.media_lines() == []
