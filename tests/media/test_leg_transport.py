"""A transport is chosen by the profile of the description."""

import pytest

from warmline.kernel.errors import Refused
from warmline.media.leg_transport import Address, transport_for


class Wire:
    local: Address = ("127.0.0.1", 4000)

    def send(self, data: bytes, to: Address) -> None:
        raise AssertionError("a plain leg sends nothing of its own")

    def changed(self) -> None:
        raise AssertionError("a plain leg never changes")


def test_a_plain_leg_leaves_packets_as_they_are_and_is_ready_at_once():
    plain = transport_for("RTP/AVP", Wire(), offering=False)
    packet = bytearray(b"\x80\x00" + bytes(170))
    before = bytes(packet)
    assert plain.unprotect(packet, 172) == 172
    assert plain.protect(packet, 172) == 172
    assert packet == before
    assert plain.ready
    assert not plain.authenticates
    plain.datagram(b"\x00\x01", ("127.0.0.1", 9))
    plain.negotiated(["ice-lite"], ["candidate:1"])
    plain.tick(1.0)
    plain.close()
    assert (plain.session_lines(), plain.media_lines()) == ((), ())


def test_a_profile_nobody_speaks_is_refused():
    with pytest.raises(Refused, match=r"media\.unsupported"):
        transport_for("RTP/NEWS", Wire(), offering=True)
