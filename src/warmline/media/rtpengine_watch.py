"""Reading rtpengine's answer to `query`: who is heard, who fell silent. No I/O."""

from warmline.media.rtpengine_calls import RtpengineCall
from warmline.media.rtpengine_ng import Read
from warmline.ports.media import LegSilent, LegUp


def packets_of(answer: Read, tag: str) -> int:
    """Return how many RTP packets came from a tag; 0 when the answer does not say."""
    try:
        packets = answer["tags"][tag]["medias"][0]["streams"][0]["stats"]["packets"]  # pyright: ignore
    except (KeyError, IndexError, TypeError):
        return 0
    return packets if isinstance(packets, int) else 0


def review(call: RtpengineCall, answer: Read, now_s: float, silent_after_s: float) -> None:
    """Tell what changed since the last look: the first packet of a leg, silence, and its end."""
    for leg in call.legs.values():
        packets = packets_of(answer, leg.tag)
        if packets > leg.packets:
            if leg.heard_at_s is None or leg.silent:
                call.heard(LegUp(leg.tag))
            leg.packets, leg.heard_at_s, leg.silent = packets, now_s, False
        elif not leg.silent and leg.heard_at_s is not None and now_s - leg.heard_at_s >= silent_after_s:
            leg.silent = True
            call.heard(LegSilent(leg.tag, int((now_s - leg.heard_at_s) * 1000)))
