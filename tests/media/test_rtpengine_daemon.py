"""What is asked of the daemon is refused in our words, and its key log is read with care."""

import pytest
from tests.free_ports import free_port

from warmline.kernel.errors import Refused
from warmline.media.rtpengine_calls import RtpengineCall, RtpengineLeg
from warmline.media.rtpengine_daemon import KeyLog, RtpengineDaemon, RtpengineSettings, way
from warmline.ports.media import LegWish


def leg_of(tag: str, wish: LegWish) -> RtpengineLeg:
    return RtpengineLeg(tag, wish, False, 0.0)


def test_keys_are_read_and_noise_is_passed_over():
    pressed: list[tuple[str, str, int]] = []
    log = KeyLog(lambda *key: pressed.append(key))
    for told in (b'{"callid":"c","source_tag":"a","event":5}', b"nonsense", b"[]", b'{"callid":"c"}', b"\xff"):
        log.datagram_received(told, ("127.0.0.1", 1))
    assert pressed == [("c", "a", 5)]


def test_a_browser_a_secure_phone_and_a_stand_in_are_offered_what_they_speak():
    assert way(leg_of("a", LegWish("webrtc")))["transport_protocol"] == "UDP/TLS/RTP/SAVPF"
    assert way(leg_of("a", LegWish(srtp="required")))["transport_protocol"] == "RTP/SAVP"
    assert way(None)["transport_protocol"] == "RTP/AVP"
    assert way(None)["ICE"] == "remove"


async def test_a_start_without_a_daemon_may_be_tried_again():
    nobody = RtpengineSettings(("127.0.0.1", free_port()), ("127.0.0.1", free_port()))
    daemon = RtpengineDaemon(nobody)
    for _ in range(2):  # the second would find the port for keys taken by the first
        with pytest.raises(Refused, match=r"media\.no_worker"):
            await daemon.start(lambda *_: None)
    daemon.shut()


async def test_before_it_is_started_everything_is_refused():
    daemon = RtpengineDaemon(RtpengineSettings())
    with pytest.raises(Refused, match=r"media\.no_worker"):
        await daemon.ask("ping")
    with pytest.raises(Refused, match=r"media\.no_worker"):
        await daemon.look("c")
    call = RtpengineCall("c", lambda _: None)
    with pytest.raises(Refused, match="before it has answered"):
        await daemon.join(call, leg_of("a", LegWish()), leg_of("b", LegWish()))
    daemon.shut()
