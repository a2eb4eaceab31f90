"""Offer and answer (RFC 3264) for one line of audio, as pure functions."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from warmline.sip.sdp import Attributes, Media, Session
from warmline.sip.sdp_media import (
    Candidate,
    Codec,
    Crypto,
    Direction,
    both_want,
    candidates_of,
    codecs_of,
    cryptos_of,
    direction_of,
    fingerprint_of,
    number_of,
    ssrcs_of,
)

PAYLOADS = {
    "PCMU": Codec("PCMU", 0),
    "PCMA": Codec("PCMA", 8),
    "G722": Codec("G722", 9),
    "opus": Codec("opus", 111, 48_000, 2, "minptime=10;useinbandfec=1"),
}
KEYS_8K = Codec("telephone-event", 101, 8000, 1, "0-15")
KEYS_48K = Codec("telephone-event", 110, 48_000, 1, "0-15")
_PLAIN = ("RTP/AVP", "RTP/AVPF")
_SDES = ("RTP/SAVP", "RTP/SAVPF")
_DTLS = ("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF")


class NotAcceptable(ValueError):
    """Nothing both sides can do (SIP 488)."""


class Dtls(Struct, frozen=True):
    """What a leg to a browser shows: ICE-lite credentials and the fingerprint of our certificate."""

    fingerprint: str  # SHA-256, upper case, colons
    ufrag: str
    password: str


class Ours(Struct, frozen=True):
    """Our side of a leg. `codecs` in order of preference; `cryptos` are fresh keys, best suite first, or none."""

    address: str
    port: int
    session_id: int
    codecs: tuple[str, ...] = ("PCMU", "PCMA", "G722", "opus")
    version: int = 1
    direction: Direction = "sendrecv"
    srtp: Literal["off", "optional", "required"] = "off"
    cryptos: tuple[Crypto, ...] = ()
    dtls: Dtls | None = None
    ssrc: int | None = None
    cname: str = ""
    ptime_ms: int = 20


class Agreed(Struct, frozen=True):
    """What both sides agreed on, from here. `codec.payload` is what we send with, `payload_in` what we receive."""

    codec: Codec
    payload_in: int
    keys: Codec | None
    keys_in: int | None
    address: str
    port: int
    rtcp_port: int
    direction: Direction  # ours
    ptime_ms: int
    rtcp_mux: bool = False
    crypto_out: Crypto | None = None  # what we encrypt with
    crypto_in: Crypto | None = None
    fingerprint: str | None = None  # theirs; DTLS-SRTP
    setup: str | None = None  # theirs
    ufrag: str | None = None
    password: str | None = None
    candidates: tuple[Candidate, ...] = ()
    ssrcs: tuple[int, ...] = ()
    mid: str | None = None

    @property
    def may_send(self) -> bool:
        return self.direction in ("sendrecv", "sendonly")

    @property
    def may_receive(self) -> bool:
        return self.direction in ("sendrecv", "recvonly")


class Answered(Struct, frozen=True):
    session: Session
    agreed: Agreed


def make_offer(ours: Ours) -> Session:
    """Our offer: one audio line, telephone-event for every clock our codecs run at."""
    chosen = [PAYLOADS[name] for name in ours.codecs if name in PAYLOADS]
    if not chosen:
        raise NotAcceptable("no codec to offer")
    keys = [k for k in (KEYS_8K, KEYS_48K) if any(c.rate == k.rate for c in chosen)]
    attributes = _codec_lines([*chosen, *keys])
    proto = "RTP/AVP"
    if ours.dtls is not None:
        proto = "UDP/TLS/RTP/SAVPF"
        attributes += _dtls_lines(ours, ours.dtls, "actpass", "0", mux=True)
    elif ours.srtp == "required":
        proto = "RTP/SAVP"
        attributes += [("crypto", str(crypto)) for crypto in ours.cryptos]
    elif ours.srtp == "optional" and ours.cryptos:  # plain profile with keys: those who can encrypt do
        attributes += [("crypto", str(crypto)) for crypto in ours.cryptos]
    attributes += _own_lines(ours, ours.direction)
    media = Media("audio", ours.port, proto, [str(c.payload) for c in [*chosen, *keys]], attributes=attributes)
    return _session(ours, [media], ["0"] if ours.dtls is not None else [])


def answer_to(offer: Session, ours: Ours) -> Answered:
    """Our answer: the first audio line we can do; every other line refused with port 0. Raises NotAcceptable."""
    lines: list[Media] = []
    agreed: Agreed | None = None
    grouped = _bundled(offer)
    for media in offer.media:
        found = None if agreed is not None else _match(offer, media, ours)
        if found is None:
            lines.append(Media(media.kind, 0, media.proto, media.formats[:1], attributes=_mid_line(media)))
        else:
            agreed = found
            lines.append(_answer_line(media, ours, found))
    if agreed is None:
        raise NotAcceptable("no line of audio both sides can do")
    mids = [agreed.mid] if agreed.mid is not None and agreed.mid in grouped else []
    return Answered(_session(ours, lines, mids), agreed)


def agree(offer: Session, answer: Session, ours: Ours) -> Agreed:
    """What the other side's answer to our offer means. Raises NotAcceptable."""
    mine = offer.media[0]
    for media in answer.media[:1]:
        if media.kind != mine.kind or media.port == 0:
            break
        found = _match(answer, media, ours)
        if found is None:
            break
        own = next((c for c in codecs_of(mine) if (c.name, c.rate) == (found.codec.name, found.codec.rate)), None)
        if own is None:
            break
        event = found.keys
        keys = event and next((c for c in codecs_of(mine) if (c.name, c.rate) == (event.name, event.rate)), None)
        return replace(
            found,
            payload_in=own.payload,
            keys=found.keys if keys else None,
            keys_in=keys.payload if keys else None,
        )
    raise NotAcceptable("the answer accepts nothing of the offer")


def _match(session: Session, media: Media, ours: Ours) -> Agreed | None:
    """What we could agree on about one line of theirs; None: nothing."""
    address = session.address_of(media)
    if media.kind != "audio" or media.port == 0 or address is None:
        return None
    codecs = codecs_of(media)
    codec = next((c for name in ours.codecs for c in codecs if _same(c, PAYLOADS.get(name))), None)
    if codec is None:
        return None
    keys = next((c for c in codecs if c.name == "telephone-event" and c.rate == codec.rate), None)
    mux = media.has("rtcp-mux")
    base = Agreed(
        codec, codec.payload, keys, keys.payload if keys else None, address, media.port,
        media.port if mux else number_of(media, "rtcp") or media.port + 1,
        both_want(direction_of(session, media), ours.direction), number_of(media, "ptime") or 20,
        rtcp_mux=mux, mid=media.get("mid"), ssrcs=tuple(ssrcs_of(media)),
    )  # fmt: skip
    return _with_dtls(base, session, media) if ours.dtls is not None else _with_sdes(base, media, ours)


def _with_dtls(base: Agreed, session: Session, media: Media) -> Agreed | None:
    fingerprint = fingerprint_of(session, media)
    ufrag, password = session.of(media, "ice-ufrag"), session.of(media, "ice-pwd")
    if media.proto not in _DTLS or fingerprint is None or not ufrag or not password:
        return None
    return replace(
        base,
        fingerprint=fingerprint,
        setup=session.of(media, "setup") or "actpass",
        ufrag=ufrag,
        password=password,
        candidates=tuple(candidates_of(media)),
    )


def _with_sdes(base: Agreed, media: Media, ours: Ours) -> Agreed | None:
    secure = media.proto in _SDES
    if not secure and media.proto not in _PLAIN:
        return None
    theirs = cryptos_of(media) if ours.srtp != "off" else []
    for own in ours.cryptos:
        for other in theirs:
            if own.suite == other.suite:
                return replace(base, crypto_in=other, crypto_out=Crypto(other.tag, own.suite, own.key))
    return None if secure or ours.srtp == "required" else base


def _same(codec: Codec, wanted: Codec | None) -> bool:
    return wanted is not None and (codec.name, codec.rate) == (wanted.name, wanted.rate)


def _answer_line(media: Media, ours: Ours, agreed: Agreed) -> Media:
    codecs = [agreed.codec]
    if agreed.codec.name == "opus":
        codecs = [Codec("opus", agreed.codec.payload, 48_000, 2, PAYLOADS["opus"].fmtp)]
    if agreed.keys is not None:
        codecs.append(Codec("telephone-event", agreed.keys.payload, agreed.keys.rate, 1, "0-15"))
    attributes = _codec_lines(codecs)
    if ours.dtls is not None:
        setup = "active" if agreed.setup == "passive" else "passive"
        attributes += _dtls_lines(ours, ours.dtls, setup, agreed.mid, mux=agreed.rtcp_mux)
    else:
        if agreed.crypto_out is not None:
            attributes.append(("crypto", str(agreed.crypto_out)))
        if agreed.rtcp_mux:
            attributes.append(("rtcp-mux", None))
        attributes += _mid_line(media)
    attributes += _own_lines(ours, agreed.direction)
    return Media("audio", ours.port, media.proto, [str(c.payload) for c in codecs], attributes=attributes)


def _codec_lines(codecs: list[Codec]) -> Attributes:
    lines: Attributes = []
    for codec in codecs:
        channels = f"/{codec.channels}" if codec.channels > 1 else ""
        lines.append(("rtpmap", f"{codec.payload} {codec.name}/{codec.rate}{channels}"))
        if codec.fmtp:
            lines.append(("fmtp", f"{codec.payload} {codec.fmtp}"))
    return lines


def _dtls_lines(ours: Ours, dtls: Dtls, setup: str, mid: str | None, *, mux: bool) -> Attributes:
    lines: Attributes = [
        ("ice-ufrag", dtls.ufrag),
        ("ice-pwd", dtls.password),
        ("fingerprint", f"sha-256 {dtls.fingerprint}"),
        ("setup", setup),
        ("candidate", str(Candidate(ours.address, ours.port))),
        ("end-of-candidates", None),
    ]
    if mux:
        lines.append(("rtcp-mux", None))
    if mid is not None:
        lines.append(("mid", mid))
    return lines


def _own_lines(ours: Ours, direction: Direction) -> Attributes:
    lines: Attributes = [("ptime", str(ours.ptime_ms)), (direction, None)]
    if ours.ssrc is not None:
        lines.append(("ssrc", f"{ours.ssrc} cname:{ours.cname or ours.session_id}"))
    return lines


def _mid_line(media: Media) -> Attributes:
    mid = media.get("mid")
    return [] if mid is None else [("mid", mid)]


def _bundled(session: Session) -> set[str]:
    return {
        mid
        for name, value in session.attributes
        if name == "group" and (value or "").startswith("BUNDLE")
        for mid in (value or "").split()[1:]
    }


def _session(ours: Ours, media: list[Media], bundle: list[str]) -> Session:
    attributes: Attributes = []
    if bundle:
        attributes.append(("group", " ".join(["BUNDLE", *bundle])))
    if ours.dtls is not None:
        attributes.append(("ice-lite", None))
    return Session(
        ours.address, ours.session_id, ours.version, connection=ours.address, attributes=attributes, media=media
    )
