"""SRTP in place: what one side protects the other reads; everything forged, replayed or spoiled is dropped."""

import struct

import pylibsrtp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media.srtp import AES32, AES80, GCM, SrtpContext, SrtpKeys, SrtpProfile

PROFILES = [AES80, AES32, GCM]


def pair(profile: SrtpProfile) -> tuple[SrtpContext, SrtpContext]:
    length = profile.key_bytes + profile.salt_bytes
    ours, theirs = bytes(range(length)), bytes(range(100, 100 + length))
    return (
        SrtpContext(SrtpKeys(profile, send=ours, receive=theirs)),
        SrtpContext(SrtpKeys(profile, send=theirs, receive=ours)),
    )


def rtp(number: int, payload: bytes = b"\x55" * 160) -> bytes:
    return struct.pack("!BBHII", 0x80, 0, number, number * 160, 0xCAFE) + payload


def room(packet: bytes) -> bytearray:
    return bytearray(packet) + bytearray(64)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.dtls)
def test_what_one_side_says_the_other_hears(profile: SrtpProfile):
    us, them = pair(profile)
    for number in range(1, 20):
        buffer = room(rtp(number))
        length = us.protect(buffer, 172)
        assert length > 172
        assert b"\x55" * 8 not in bytes(buffer[:length]), "the audio is not readable on the way"
        assert them.unprotect(buffer, length) == 172
        assert bytes(buffer[:172]) == rtp(number)
    assert (them.counts.forged, them.counts.replayed, them.counts.malformed) == (0, 0, 0)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.dtls)
def test_reports_travel_encrypted_too(profile: SrtpProfile):
    us, them = pair(profile)
    report = struct.pack("!BBHI", 0x80, 200, 6, 0xCAFE) + b"\x11" * 20
    buffer = room(report)
    length = us.protect_rtcp(buffer, len(report))
    assert b"\x11" * 8 not in bytes(buffer[:length])
    assert them.unprotect_rtcp(buffer, length) == len(report)
    assert bytes(buffer[: len(report)]) == report


@pytest.mark.parametrize("profile", [AES80, GCM], ids=lambda p: p.dtls)
def test_a_packet_sent_again_by_somebody_else_is_heard_once(profile: SrtpProfile):
    us, them = pair(profile)
    buffer = room(rtp(7))
    length = us.protect(buffer, 172)
    recorded = bytes(buffer[:length])
    assert them.unprotect(room(recorded), length) == 172
    assert them.unprotect(room(recorded), length) is None
    assert them.counts.replayed == 1


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.dtls)
def test_every_changed_bit_is_noticed(profile: SrtpProfile):
    us, them = pair(profile)
    buffer = room(rtp(7))
    length = us.protect(buffer, 172)
    for at in range(1, length):
        spoiled = room(bytes(buffer[:length]))
        spoiled[at] ^= 0x10
        assert them.unprotect(spoiled, length) is None, f"byte {at}"
    assert them.counts.forged + them.counts.malformed + them.counts.replayed == length - 1
    assert them.unprotect(buffer, length) == 172, "and the true one is still heard"


def test_what_libsrtps_own_methods_protect_is_understood():
    us, them = pair(AES80)
    key = bytes(range(30))
    policy = pylibsrtp.Policy(key=key, ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    foreign = pylibsrtp.Session(policy).protect(rtp(1))
    assert them.unprotect(room(foreign), len(foreign)) == 172
    buffer = room(rtp(1))
    assert bytes(buffer[: us.protect(buffer, 172)]) == foreign


def test_a_buffer_without_room_for_the_tag_is_our_own_mistake_and_told():
    us, _ = pair(AES80)
    with pytest.raises(ValueError, match="no room"):
        us.protect(bytearray(rtp(1)), 172)


def test_keys_show_in_no_log():
    keys = SrtpKeys(AES80, send=b"S" * 30, receive=b"R" * 30)
    assert "SSS" not in repr(keys)
    assert "RRR" not in repr(keys)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(PROFILES))
def test_noise_is_dropped_and_counted(noise: bytes, profile: SrtpProfile):
    _, them = pair(profile)
    assert them.unprotect(bytearray(noise), len(noise)) is None
    assert them.unprotect_rtcp(bytearray(noise), len(noise)) is None
    assert them.counts.forged + them.counts.malformed + them.counts.replayed == 2
