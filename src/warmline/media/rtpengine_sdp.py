"""Descriptions for rtpengine, which joins two sides: a leg alone is joined with a stand-in at first."""

from msgspec.structs import replace

from warmline.kernel.errors import Refused
from warmline.media.negotiation import EVENT, Agreed, Theirs, payload_type
from warmline.media.refusals import BAD_SDP, NO_CODEC
from warmline.ports.media import Codec, LegWish
from warmline.sip.grammar import BadValue
from warmline.sip.sdp import Media, Session, read_sdp
from warmline.sip.sdp_media import direction_of, reverse

# Where nobody listens: what would be sent there is blocked, the address only has to exist.
NOBODY = "127.0.0.1"
DISCARD = 9
EVENT_PAYLOAD_TYPE = 101
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
# Measured with 10.5: PCMU towards Opus arrives silent. Browsers speak PCMU as well.
SPOKEN: tuple[Codec, ...] = ("PCMU", "PCMA", "G722")


def spoken(wish: LegWish) -> LegWish:
    """Return the wish with the codecs rtpengine is trusted with. Raises Refused `media.no_codec` for none."""
    codecs = tuple(name for name in wish.codecs if name in SPOKEN)
    if not codecs:
        raise Refused(NO_CODEC)
    return replace(wish, codecs=codecs)


def stand_in_offer(wish: LegWish) -> str:
    """Return the offer of somebody who is not there, with all codecs of the wish."""
    return _stand_in([*((payload_type(name), name) for name in spoken(wish).codecs), (EVENT_PAYLOAD_TYPE, EVENT)])


def stand_in_answer(agreed: Agreed) -> str:
    """Return the answer of somebody who is not there: the one codec, and keys if they were offered."""
    keys = [] if agreed.event_out is None else [(agreed.event_out, EVENT)]
    return _stand_in([(agreed.payload_type, agreed.codec), *keys])


def only(theirs: Theirs, agreed: Agreed) -> str:
    """Return a leg's description with nothing but its audio and the codec it agreed on."""
    kept = {str(agreed.payload_type), *([] if agreed.event_out is None else [str(agreed.event_out)])}
    attributes = [pair for pair in theirs.media.attributes if not _speaks_of_others(pair, kept)]
    formats = [number for number in theirs.media.formats if number in kept]
    media = replace(theirs.media, formats=formats, attributes=attributes)
    return _encoded(replace(theirs.session, media=[media], attributes=_without_group(theirs.session)))


def placed(theirs: Theirs, answer: str) -> str:
    """Return rtpengine's answer for a leg: other streams of its offer refused, bundled and directed as it was.

    rtpengine 10.5 leaves out the group that Chromium insists on.
    """
    session = _read(answer)
    ours = session.media[0]
    directed = reverse(direction_of(theirs.session, theirs.media))
    others = [pair for pair in ours.attributes if pair[0] not in DIRECTIONS]
    ours = replace(ours, attributes=[*others, (directed, None)])
    media = [
        ours if at == theirs.at else Media(other.kind, 0, other.proto, other.formats[:1])
        for at, other in enumerate(theirs.session.media)
    ]
    return _encoded(replace(session, media=media, attributes=_with_group(session, ours)))


def bundled(offer: str) -> str:
    """Return rtpengine's offer for a browser with the group that it leaves out."""
    session = _read(offer)
    media = session.media[0]
    if media.get("mid") is None:
        media.attributes.append(("mid", "0"))
    return _encoded(replace(session, attributes=_with_group(session, media)))


def _with_group(session: Session, media: Media) -> list[tuple[str, str | None]]:
    mid = media.get("mid")
    group: list[tuple[str, str | None]] = [] if mid is None else [("group", f"BUNDLE {mid}")]
    return _without_group(session) + group


def _without_group(session: Session) -> list[tuple[str, str | None]]:
    return [pair for pair in session.attributes if pair[0] != "group"]


def _speaks_of_others(pair: tuple[str, str | None], kept: set[str]) -> bool:
    name, value = pair
    number = (value or "").split(" ", 1)[0]
    return name in ("rtpmap", "fmtp", "rtcp-fb") and number != "*" and number not in kept


def _read(sdp: str) -> Session:
    try:
        return read_sdp(sdp)
    except BadValue as bad:
        raise Refused(BAD_SDP, reason=str(bad)) from bad


def _encoded(session: Session) -> str:
    try:
        return session.encode()
    except BadValue as bad:
        raise Refused(BAD_SDP, reason=str(bad)) from bad


def _stand_in(formats: list[tuple[int, str]]) -> str:
    lines = ["v=0", f"o=- 1 1 IN IP4 {NOBODY}", "s=-", f"c=IN IP4 {NOBODY}", "t=0 0"]
    lines.append(f"m=audio {DISCARD} RTP/AVP " + " ".join(str(number) for number, _ in formats))
    for number, name in formats:
        lines.append(f"a=rtpmap:{number} {name}/8000")
        if name == EVENT:
            lines.append(f"a=fmtp:{number} 0-15")
    return "\r\n".join([*lines, "a=ptime:20", "a=sendrecv", ""])
