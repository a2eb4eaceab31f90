"""From the daemon's counters: who is heard for the first time, who fell silent."""

from warmline.media.rtpengine_calls import RtpengineCall, RtpengineLeg
from warmline.media.rtpengine_ng import Read
from warmline.media.rtpengine_watch import packets_of, review
from warmline.ports.media import LegSilent, LegUp, LegWish, MediaEvent


def counted(packets: int) -> Read:
    return {"tags": {"a": {"medias": [{"streams": [{"stats": {"packets": packets}}]}]}}}


def test_the_first_packet_silence_and_its_return_are_told_once_each():
    events: list[MediaEvent] = []
    call = RtpengineCall("c", events.append, {"a": RtpengineLeg("a", LegWish(), False, 0.0)})
    for now_s, packets in [(0.0, 0), (1.0, 5), (2.0, 9), (12.5, 9), (13.5, 9), (14.0, 10), (24.5, 10)]:
        review(call, counted(packets), now_s, 10.0)
    assert events == [LegUp("a"), LegSilent("a", 10_500), LegUp("a"), LegSilent("a", 10_500)]


def test_an_answer_of_another_shape_counts_nothing():
    assert packets_of(counted(3), "a") == 3
    assert packets_of(counted(3), "b") == 0
    assert packets_of({"tags": {"a": {"medias": []}}}, "a") == 0
    assert packets_of("nonsense", "a") == 0
