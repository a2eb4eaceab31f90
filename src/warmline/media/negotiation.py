"""Offer and answer of one audio stream (RFC 3264): what is agreed, apart from how it is protected.

Lines of protection come from the leg's transport and go to it; nothing here knows what they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from warmline.kernel.errors import Refused
from warmline.media.codecs import STATIC_PAYLOAD_TYPES, installed
from warmline.media.leg_transport import Transport
from warmline.media.refusals import BAD_SDP, NO_CODEC
from warmline.ports.media import LegWish
from warmline.sip.grammar import BadValue
from warmline.sip.sdp import Attributes, Media, Session, read_sdp
from warmline.sip.sdp_media import Codec, Direction, codecs_of, direction_of, number_of, reverse

CLOCKS = {"PCMU": 8000, "PCMA": 8000, "G722": 8000, "opus": 48000}
OPUS_PAYLOAD_TYPE = 111
EVENT_PAYLOAD_TYPES = {8000: 101, 48000: 110}
EVENT = "telephone-event"
OPUS_WISHES = "minptime=20;useinbandfec=1;maxplaybackrate=16000;sprop-maxcapturerate=16000"


@dataclass(frozen=True)
class Agreed:
    """What two descriptions agree on. `receives`: payload type -> codec name of what may arrive."""

    codec: str
    payload_type: int  # what we send with
    receives: dict[int, str]
    event_out: int | None
    events_in: frozenset[int]
    address: str
    port: int
    rtcp_port: int
    muxed: bool
    they_send: bool
    they_hear: bool


@dataclass(frozen=True)
class Theirs:
    """The other side's description, read."""

    session: Session
    media: Media
    at: int  # which m= line it is
    codecs: tuple[Codec, ...]

    @property
    def profile(self) -> str:
        return self.media.proto

    def session_lines(self) -> list[str]:
        return _lines(self.session.attributes)

    def media_lines(self) -> list[str]:
        return _lines(self.media.attributes)


def _lines(attributes: Attributes) -> list[str]:
    return [name if value is None else f"{name}:{value}" for name, value in attributes]


def _is_of_many(address: str) -> bool:
    """Whether audio sent to an address would reach a group, not one telephone; a name is resolved elsewhere."""
    try:
        return ip_address(address).is_multicast or address == "255.255.255.255"
    except ValueError:
        return False


def read_theirs(text: str) -> Theirs:
    """Read an offer or an answer. Raises Refused `media.bad_sdp`."""
    try:
        session = read_sdp(text)
    except BadValue as bad:
        raise Refused(BAD_SDP, reason=str(bad)) from bad
    for at, media in enumerate(session.media):
        if media.kind == "audio" and media.port and (address := session.address_of(media)):
            if _is_of_many(address):
                raise Refused(BAD_SDP, reason="its audio address is no telephone's")
            return Theirs(session, media, at, tuple(codecs_of(media)))
    raise Refused(BAD_SDP, reason="no audio")


def speakable(wish: LegWish) -> list[str]:
    """Return the codecs we offer."""
    return [name for name in wish.codecs if installed(name)]


def agree(theirs: Theirs, wish: LegWish, *, offered: bool) -> Agreed:
    """Agree on what `theirs` and our wish have in common. `offered`: theirs answers our offer, so their order
    counts and payload types of what arrives are ours; otherwise ours. Raises Refused `media.no_codec`.
    """
    able = speakable(wish)
    common = [c for c in theirs.codecs if c.name in able and c.rate == CLOCKS[c.name]]
    if not common:
        raise Refused(NO_CODEC)
    chosen = common[0] if offered else min(common, key=lambda c: able.index(c.name))
    events = [c for c in theirs.codecs if c.name == EVENT]
    event = next((c.payload for c in events if c.rate == chosen.rate), None)
    receives = {c.payload: c.name for c in common}
    events_in = {c.payload for c in events}
    if offered:
        receives |= {payload_type(name): name for name in able}
        events_in |= {EVENT_PAYLOAD_TYPES[rate] for rate in {CLOCKS[name] for name in able}}
    direction = direction_of(theirs.session, theirs.media)
    muxed = theirs.media.has("rtcp-mux")
    address = theirs.session.address_of(theirs.media)
    return Agreed(
        codec=chosen.name,
        payload_type=chosen.payload,
        receives=receives,
        event_out=event,
        events_in=frozenset(events_in),
        address=address or "",
        port=theirs.media.port,
        rtcp_port=theirs.media.port if muxed else number_of(theirs.media, "rtcp") or theirs.media.port + 1,
        muxed=muxed,
        they_send=direction in ("sendrecv", "sendonly"),
        they_hear=direction in ("sendrecv", "recvonly"),
    )


def payload_type(name: str) -> int:
    return STATIC_PAYLOAD_TYPES.get(name, OPUS_PAYLOAD_TYPE)


def _codec_lines(codecs: Sequence[Codec]) -> Attributes:
    lines: Attributes = []
    for codec in codecs:
        channels = f"/{codec.channels}" if codec.channels > 1 else ""
        lines.append(("rtpmap", f"{codec.payload} {codec.name}/{codec.rate}{channels}"))
        if codec.fmtp:
            lines.append(("fmtp", f"{codec.payload} {codec.fmtp}"))
    return lines


def _ours(name: str, payload: int) -> Codec:
    if name == "opus":
        return Codec(name, payload, CLOCKS[name], 2, OPUS_WISHES)
    return Codec(name, payload, CLOCKS[name])


def _attributes(lines: Sequence[str]) -> Attributes:
    pairs = [line.partition(":") for line in lines]
    return [(name, value if colon else None) for name, colon, value in pairs]


@dataclass(frozen=True)
class Local:
    """Our side of a description. `version` grows with every change."""

    address: str
    port: int
    session_id: int
    version: int
    ssrc: int


def write_offer(local: Local, wish: LegWish, transport: Transport, profile: str) -> str:
    """Return our offer. Raises Refused `media.no_codec` when nothing is installed."""
    names = speakable(wish)
    if not names:
        raise Refused(NO_CODEC)
    codecs = [_ours(name, payload_type(name)) for name in names]
    for rate in dict.fromkeys(CLOCKS[name] for name in names):
        codecs.append(Codec(EVENT, EVENT_PAYLOAD_TYPES[rate], rate, 1, "0-15"))
    media = _media(local, transport, profile, codecs, muxed=True, direction="sendrecv")
    attributes = _attributes(transport.session_lines())
    if transport.muxed:
        media.attributes.append(("mid", "0"))
        attributes.append(("group", "BUNDLE 0"))
    return _session(local, [media], attributes)


def write_answer(local: Local, theirs: Theirs, agreed: Agreed, transport: Transport) -> str:
    """Return our answer: every stream but the audio we speak is refused with port 0."""
    codecs = [_ours(agreed.codec, agreed.payload_type)]
    if agreed.event_out is not None:
        codecs.append(Codec(EVENT, agreed.event_out, CLOCKS[agreed.codec], 1, "0-15"))
    heard = direction_of(theirs.session, theirs.media)
    answer = _media(local, transport, theirs.profile, codecs, muxed=agreed.muxed, direction=reverse(heard))
    mid = theirs.media.get("mid")
    attributes = _attributes(transport.session_lines())
    if mid is not None:
        answer.attributes.append(("mid", mid))
        groups = [value or "" for name, value in theirs.session.attributes if name == "group"]
        if any(value.startswith("BUNDLE") for value in groups):
            attributes.append(("group", f"BUNDLE {mid}"))
    media = [
        answer if at == theirs.at else Media(other.kind, 0, other.proto, other.formats[:1])
        for at, other in enumerate(theirs.session.media)
    ]
    return _session(local, media, attributes)


def _media(
    local: Local, transport: Transport, profile: str, codecs: Sequence[Codec], *, muxed: bool, direction: Direction
) -> Media:
    attributes = [*_codec_lines(codecs), ("ptime", "20"), (direction, None)]
    if muxed or transport.muxed:
        attributes.append(("rtcp-mux", None))
    attributes += _attributes(transport.media_lines())
    if transport.muxed:
        attributes.append(("ssrc", f"{local.ssrc} cname:warmline"))
    return Media("audio", local.port, profile, [str(c.payload) for c in codecs], attributes=attributes)


def _session(local: Local, media: list[Media], attributes: Attributes) -> str:
    session = Session(
        local.address,
        local.session_id,
        local.version,
        connection=local.address,
        attributes=attributes,
        media=media,
    )
    try:
        return session.encode()
    except BadValue as bad:
        raise Refused(BAD_SDP, reason=str(bad)) from bad
