"""A browser's transport from offer to audio: nothing for strangers, reloads and new networks keep the leg."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.dtls_browser import Browser
from warmline.kernel.errors import Refused
from warmline.media.dtls import DtlsServer
from warmline.media.ice import CONSENT_S
from warmline.media.leg_transport import Address, transport_for
from warmline.media.srtp import SrtpContext
from warmline.media.webrtc_transport import WebRtcTransport

HOME: Address = ("192.0.2.10", 50000)
MOBILE: Address = ("198.51.100.9", 40000)
STRANGER: Address = ("203.0.113.66", 666)


class Wire:
    """What the leg gives its transport; keeps what is sent."""

    def __init__(self) -> None:
        self.local: Address = ("192.0.2.1", 30000)
        self.sent: list[tuple[bytes, Address]] = []
        self.changes = 0

    def send(self, data: bytes, to: Address) -> None:
        self.sent.append((data, to))

    def changed(self) -> None:
        self.changes += 1

    def taken(self) -> list[bytes]:
        sent, self.sent = [data for data, _ in self.sent], []
        return sent


def opened(browser: Browser, server: DtlsServer | None = None) -> tuple[WebRtcTransport, Wire]:
    wire = Wire()
    transport = WebRtcTransport(wire, offering=False, server=server or DtlsServer())
    transport.negotiated([], browser.lines())
    transport.tick(0.0)
    return transport, wire


def connect(browser: Browser, transport: WebRtcTransport, wire: Wire, source: Address = HOME) -> None:
    transport.datagram(browser.check(list(transport.media_lines())), source)
    wire.taken()
    to_us = browser.step()
    for _ in range(10):
        for datagram in to_us:
            transport.datagram(datagram, source)
        to_us = browser.step(*to_them) if (to_them := wire.taken()) else []


def speaks(browser: Browser, transport: WebRtcTransport) -> bool:
    """Whether audio passes in both directions."""
    theirs = SrtpContext(browser.keys())
    packet = bytearray(b"\x80\x00" + bytes(10) + b"\x55" * 160 + bytes(32))
    length = theirs.protect(packet, 172)
    if transport.unprotect(packet, length) != 172:
        return False
    return theirs.unprotect(packet, transport.protect(packet, 172)) == 172


def test_a_browser_connects_and_both_hear_each_other():
    browser = Browser()
    transport, wire = opened(browser)
    assert not transport.ready
    connect(browser, transport, wire)
    assert transport.ready
    assert transport.remote == HOME
    assert transport.failed is None
    assert wire.changes >= 2
    assert speaks(browser, transport)


def test_our_answer_has_what_a_browser_needs():
    transport, _ = opened(Browser())
    lines = transport.media_lines()
    assert list(transport.session_lines()) == ["ice-lite"]
    assert "setup:passive" in lines
    assert "end-of-candidates" in lines
    assert any(line.startswith("candidate:1 1 udp ") and "192.0.2.1 30000 typ host" in line for line in lines)
    assert any(line.startswith("fingerprint:sha-256 ") for line in lines)
    assert transport.muxed
    assert transport.authenticates


def test_the_engine_finds_this_transport_by_its_profile():
    assert isinstance(transport_for("UDP/TLS/RTP/SAVPF", Wire(), False), WebRtcTransport)


def test_whoever_has_not_passed_ice_gets_no_handshake_and_no_answer():
    browser = Browser()
    transport, wire = opened(browser)
    for datagram in browser.step():
        transport.datagram(datagram, STRANGER)
    transport.datagram(Browser().check(list(transport.media_lines())), STRANGER)
    transport.datagram(b"\x50nonsense", STRANGER)
    assert wire.sent == []
    assert not transport.ready


def test_a_reloaded_page_takes_over_its_leg():
    before, after = Browser(), Browser()
    transport, wire = opened(before)
    connect(before, transport, wire)
    old_lines = list(transport.media_lines())
    transport.negotiated([], after.lines())
    assert not transport.ready, "the old page's keys are worth nothing any more"
    assert transport.media_lines() != old_lines
    transport.datagram(before.check(old_lines), HOME)
    assert wire.taken() == []
    connect(after, transport, wire, MOBILE)
    assert transport.ready
    assert transport.remote == MOBILE
    assert speaks(after, transport)
    assert not speaks(before, transport)


def test_an_ice_restart_of_the_same_page_keeps_its_keys():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    browser.ufrag = "restarted"
    transport.negotiated([], browser.lines())
    assert not transport.ready
    transport.datagram(browser.check(list(transport.media_lines())), MOBILE)
    assert transport.ready
    assert transport.remote == MOBILE
    assert speaks(browser, transport)


def test_an_offer_that_repeats_the_one_before_disturbs_nothing():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    lines = list(transport.media_lines())
    transport.negotiated([], browser.lines("active"))
    assert transport.ready
    assert list(transport.media_lines()) == lines
    assert speaks(browser, transport)


def test_a_phone_that_walks_out_of_the_house_is_followed():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    transport.datagram(browser.check(list(transport.media_lines())), MOBILE)
    assert transport.remote == MOBILE
    assert transport.ready


def test_a_browser_that_stops_asking_is_not_sent_to_until_it_asks_again():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    transport.tick(CONSENT_S + 1)
    assert not transport.ready
    transport.datagram(browser.check(list(transport.media_lines()), nominate=False), HOME)
    assert transport.ready


def test_another_certificate_than_the_sdp_named_never_carries_audio():
    browser, thief = Browser(), Browser()
    transport, wire = opened(browser)
    thief.ufrag = browser.ufrag
    connect(thief, transport, wire)
    assert not transport.ready
    assert transport.failed
    packet = bytearray(b"\x80\x00" + bytes(10) + b"\x55" * 160 + bytes(32))
    assert transport.unprotect(packet, 172) is None
    assert transport.protect(packet, 172) == 0, "and nothing leaves in the clear"


def test_a_failed_page_may_try_again_after_a_reload():
    browser, thief, again = Browser(), Browser(), Browser()
    transport, wire = opened(browser)
    thief.ufrag = browser.ufrag
    connect(thief, transport, wire)
    transport.negotiated([], again.lines())
    assert transport.failed is None
    connect(again, transport, wire)
    assert speaks(again, transport)


def test_while_too_many_handshakes_are_under_way_a_hello_is_dropped_and_comes_again():
    server = DtlsServer(in_flight_at_most=1)
    first, second = Browser(), Browser()
    busy, busy_wire = opened(first, server)
    busy.datagram(first.check(list(busy.media_lines())), HOME)
    hello = first.step()[0]
    busy.datagram(hello, HOME)
    waiting, wire = opened(second, server)
    waiting.datagram(second.check(list(waiting.media_lines())), HOME)
    wire.taken()
    late = second.step()[0]
    waiting.datagram(late, HOME)
    assert wire.taken() == []
    busy.close()
    waiting.datagram(late, HOME)
    assert wire.taken()
    assert busy_wire.sent


def test_the_page_is_told_when_its_leg_is_closed():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    transport.close()
    assert [to for _, to in wire.sent] == [HOME]
    assert not transport.ready
    transport.datagram(browser.check(browser.lines()), HOME)
    assert len(wire.sent) == 1


def test_a_page_that_closes_leaves_the_leg_waiting_for_the_next():
    browser = Browser()
    transport, wire = opened(browser)
    connect(browser, transport, wire)
    browser.ssl.shutdown()
    transport.datagram(browser.ssl.bio_read(65536), HOME)
    assert not transport.ready
    assert transport.failed is None


def test_we_may_offer_too():
    browser, wire = Browser(), Wire()
    transport = WebRtcTransport(wire, offering=True, server=DtlsServer())
    assert "setup:actpass" in transport.media_lines()
    transport.negotiated([], browser.lines("active"))
    connect(browser, transport, wire)
    assert speaks(browser, transport)


@pytest.mark.parametrize(
    ("without", "setup"),
    [("ice-ufrag", "actpass"), ("ice-pwd", "actpass"), ("fingerprint:sha-256", "actpass"), ("nothing", "passive")],
)
def test_an_offer_that_cannot_become_a_call_is_refused(without: str, setup: str):
    lines = [line for line in Browser().lines(setup) if not line.startswith(without)]
    with pytest.raises(Refused, match=r"media\.bad_sdp"):
        WebRtcTransport(Wire(), offering=False).negotiated([], lines)


def test_session_level_credentials_count_as_well():
    browser = Browser()
    transport = WebRtcTransport(Wire(), offering=False, server=DtlsServer())
    transport.negotiated(browser.lines(), ["sendrecv"])
    assert "setup:passive" in transport.media_lines()


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=200), max_size=5), st.booleans())
def test_noise_from_anywhere_never_raises(noise: list[bytes], known: bool):
    browser = Browser()
    transport, wire = opened(browser)
    if known:
        transport.datagram(browser.check(list(transport.media_lines())), HOME)
    for datagram in noise:
        transport.datagram(datagram, HOME)
        transport.unprotect(bytearray(datagram), len(datagram))
    transport.tick(1.0)
    assert not transport.ready
    assert len(wire.sent) <= 1 + len(noise)
