"""DTLS-SRTP with a foreign client: keys agreed, certificates compared, what is lost repeated, floods held off."""

import asyncio
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL

from media.dtls_browser import Browser
from warmline.media.dtls import (
    HANDSHAKE_S,
    MTU_BYTES,
    RENEWED_AFTER_S,
    DtlsHandshake,
    DtlsServer,
    Fingerprint,
    datagrams,
    strongest,
)
from warmline.media.srtp import AES80, GCM, SrtpContext


def begun(server: DtlsServer, *expected: Fingerprint, now_s: float = 0.0) -> DtlsHandshake:
    handshake = server.begin(server.identity(0.0), expected, now_s)
    assert handshake is not None
    return handshake


def talk(browser: Browser, handshake: DtlsHandshake) -> None:
    to_us = browser.step()
    for _ in range(10):
        to_them = [answer for datagram in to_us for answer in handshake.received(datagram)]
        if not to_them:
            return
        assert all(len(datagram) <= MTU_BYTES for datagram in to_them)
        to_us = browser.step(*to_them)


@pytest.mark.parametrize(
    ("profiles", "agreed"),
    [
        (b"SRTP_AES128_CM_SHA1_80", AES80),
        (b"SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM", GCM),
    ],
)
def test_browser_and_engine_agree_on_keys_and_hear_each_other(profiles: bytes, agreed: object):
    browser, server = Browser(profiles), DtlsServer()
    handshake = begun(server, browser.fingerprint)
    talk(browser, handshake)
    assert handshake.failed == ""
    assert browser.connected
    assert handshake.keys is not None
    assert handshake.keys.profile is agreed
    packet = bytearray(b"\x80\x00" + bytes(10) + b"\x55" * 160 + bytes(32))
    us, them = SrtpContext(handshake.keys), SrtpContext(browser.keys())
    assert them.unprotect(packet, us.protect(packet, 172)) == 172
    assert us.unprotect(packet, them.protect(packet, 172)) == 172
    assert server.in_flight == 0


def test_a_certificate_other_than_the_one_in_the_sdp_gets_no_keys():
    browser, server = Browser(), DtlsServer()
    handshake = begun(server, Browser().fingerprint)
    talk(browser, handshake)
    assert handshake.keys is None
    assert "certificate" in handshake.failed
    assert server.in_flight == 0


def test_one_of_several_fingerprints_is_enough():
    browser = Browser()
    handshake = begun(DtlsServer(), Browser().fingerprint, browser.fingerprint)
    talk(browser, handshake)
    assert handshake.keys is not None


def test_no_common_way_to_encrypt_is_a_failure_not_silence_in_the_clear():
    browser, server = Browser(b"SRTP_AES128_CM_SHA1_32"), DtlsServer()
    handshake = begun(server, browser.fingerprint)
    talk(browser, handshake)
    assert handshake.keys is None
    assert handshake.failed


def test_a_last_answer_that_was_lost_is_sent_again():
    browser = Browser()
    handshake = begun(DtlsServer(), browser.fingerprint)
    flight = [answer for datagram in browser.step() for answer in handshake.received(datagram)]
    finished = browser.step(*flight)
    lost = [answer for datagram in finished for answer in handshake.received(datagram)]
    assert lost
    assert handshake.keys is not None
    again = [answer for datagram in finished for answer in handshake.received(datagram)]
    browser.step(*(again or lost))
    assert browser.connected


async def test_a_first_answer_that_was_lost_is_sent_again_in_time():
    browser = Browser()
    handshake = begun(DtlsServer(), browser.fingerprint)
    lost = [answer for datagram in browser.step() for answer in handshake.received(datagram)]
    assert handshake.waited(0.0) == [], "not before its time"
    again: list[bytes] = []
    async with asyncio.timeout(5):
        while not again:
            await asyncio.sleep(0.05)
            again = handshake.waited(1.0)
    assert sum(map(len, again)) == sum(map(len, lost))
    finished = browser.step(*again)
    browser.step(*[answer for datagram in finished for answer in handshake.received(datagram)])
    assert browser.connected
    assert handshake.keys is not None


def test_a_handshake_that_takes_too_long_makes_room_for_others():
    server = DtlsServer(in_flight_at_most=2)
    first, second = begun(server), begun(server)
    assert server.begin(server.identity(0.0), (), 0.0) is None, "the browser's hello is dropped, and comes again"
    assert first.waited(HANDSHAKE_S - 1) == []
    assert not first.done
    first.waited(HANDSHAKE_S)
    assert first.failed
    assert server.in_flight == 1
    second.close()
    second.close()
    assert server.in_flight == 0


def test_pages_of_one_address_that_stall_leave_room_for_everybody_else():
    server = DtlsServer(in_flight_at_most=9, from_one_at_most=2)
    identity = server.identity(0.0)

    def begin(source: str) -> DtlsHandshake | None:
        return server.begin(identity, (), 0.0, source)

    stalling = [begin("198.51.100.7") for _ in range(5)]
    assert [one is not None for one in stalling] == [True, True, False, False, False]
    assert begin("203.0.113.1") is not None
    six = [begin(f"2001:db8:1:1::{n}") for n in range(3)]
    assert six[2] is None, "a household has 2^64 addresses"
    assert begin("2001:db8:2:1::1") is not None
    assert stalling[0] is not None
    stalling[0].waited(HANDSHAKE_S)
    assert begin("198.51.100.7") is not None
    assert HANDSHAKE_S <= 8


def test_the_end_of_a_leg_is_told_to_the_browser():
    browser = Browser()
    handshake = begun(DtlsServer(), browser.fingerprint)
    talk(browser, handshake)
    goodbye = handshake.close()
    assert goodbye
    browser.ssl.bio_write(goodbye[0])
    with pytest.raises(SSL.ZeroReturnError):
        browser.ssl.recv(1)


def test_a_browser_that_closes_is_noticed():
    browser = Browser()
    handshake = begun(DtlsServer(), browser.fingerprint)
    talk(browser, handshake)
    browser.ssl.shutdown()
    handshake.received(browser.ssl.bio_read(65536))
    assert handshake.closed


def test_the_identity_is_renewed_every_day_and_each_worker_has_its_own():
    server = DtlsServer()
    first = server.identity(0.0)
    assert server.identity(RENEWED_AFTER_S / 2) is first
    second = server.identity(RENEWED_AFTER_S)
    assert second.fingerprint != first.fingerprint
    assert DtlsServer().identity(0.0).fingerprint != first.fingerprint


def test_of_several_fingerprints_the_sha_256_ones_count():
    values = ["sha-1 AA:BB", "sha-512 11:22", "SHA-256 aa:bb", "sha-256 CC:DD", "nonsense"]
    assert strongest(values) == (Fingerprint("sha-256", "AA:BB"), Fingerprint("sha-256", "CC:DD"))
    assert strongest(["sha-512 11:22", "md5 00"]) == (Fingerprint("sha-512", "11:22"),)
    assert strongest(["sha-1 AA:BB", "md5 00"]) == ()


def test_records_are_never_cut():
    record = b"\x16\xfe\xfd" + bytes(8) + (500).to_bytes(2, "big") + bytes(500)
    assert [len(datagram) for datagram in datagrams(record * 5, 1200)] == [1026, 1026, 513]
    assert datagrams(b"") == []


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=4))
def test_noise_never_raises_and_never_makes_keys(noise: list[bytes]):
    handshake = begun(DtlsServer())
    for datagram in noise:
        handshake.received(datagram)
    assert handshake.keys is None


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 7))
def test_a_spoiled_hello_never_raises_and_never_makes_keys(at: int, bit: int):
    browser = Browser()
    hello = bytearray(browser.step()[0])
    hello[at % len(hello)] ^= 1 << bit
    handshake = begun(DtlsServer(), browser.fingerprint)
    handshake.received(hello)
    handshake.received(secrets.token_bytes(30))
    assert handshake.keys is None
