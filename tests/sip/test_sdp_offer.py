"""Offer and answer."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from warmline.sip.sdp import Session, read_sdp
from warmline.sip.sdp_media import Crypto
from warmline.sip.sdp_offer import Dtls, NotAcceptable, Ours, agree, answer_to, make_offer

HEAD = "v=0\r\no=- 1 1 IN IP4 10.0.0.2\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\n"
OURS = Ours("10.0.0.1", 4000, 7)
KEY = Crypto(1, "AES_CM_128_HMAC_SHA1_80", bytes(range(30)))
SHA = ":".join(["AB"] * 32)
DTLS = Dtls(SHA, "ourfrag", "ourpasswordourpassword12")


def offer(lines: str) -> Session:
    return read_sdp(HEAD + lines.replace("\n", "\r\n"))


def test_a_trunk_offers_and_we_answer_with_what_we_prefer():
    answered = answer_to(
        offer("m=audio 6000 RTP/AVP 0 8 96\na=rtpmap:96 telephone-event/8000\na=ptime:30\n"),
        replace(OURS, codecs=("PCMA", "PCMU")),
    )
    agreed = answered.agreed
    assert (agreed.codec.name, agreed.address, agreed.port, agreed.rtcp_port) == ("PCMA", "10.0.0.2", 6000, 6001)
    assert agreed.keys is not None
    assert (agreed.keys.payload, agreed.ptime_ms, agreed.may_send, agreed.may_receive) == (96, 30, True, True)
    text = answered.session.encode()
    assert "m=audio 4000 RTP/AVP 8 96\r\n" in text
    assert "a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\n" in text


def test_lines_we_cannot_do_are_refused_in_their_place():
    answered = answer_to(
        offer(
            "m=video 7000 RTP/AVP 31\na=mid:v\nm=audio 6000 RTP/AVP 18\nm=audio 6002 RTP/AVP 0\n"
            "m=audio 6004 RTP/AVP 0\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\n"
        ),
        OURS,
    )
    assert [(m.kind, m.port) for m in answered.session.media] == [
        ("video", 0), ("audio", 0), ("audio", 4000), ("audio", 0), ("application", 0),
    ]  # fmt: skip
    assert read_sdp(answered.session.encode()) == answered.session


@pytest.mark.parametrize(
    ("hold", "back"),
    [("a=sendonly\n", "recvonly"), ("a=inactive\n", "inactive"), ("c=IN IP4 0.0.0.0\n", "recvonly")],
)
def test_a_held_call_is_not_sent_audio(hold: str, back: str):
    answered = answer_to(offer(f"m=audio 6000 RTP/AVP 0\n{hold}"), OURS)
    assert answered.agreed.direction == back
    assert not answered.agreed.may_send
    assert answered.session.media[0].has(back)


@pytest.mark.parametrize(
    "lines",
    [
        "", "m=audio 0 RTP/AVP 0\n", "m=audio 6000 RTP/AVP 18\n", "m=audio 6000 TCP/MRCP 0\n",
        "m=audio 6000 RTP/SAVP 0\n", "m=image 6000 udptl t38\n",
    ],
)  # fmt: skip
def test_nothing_in_common_is_said_so(lines: str):
    with pytest.raises(NotAcceptable):
        answer_to(offer(lines), OURS)
    with pytest.raises(NotAcceptable):
        make_offer(replace(OURS, codecs=("GSM",)))


@pytest.mark.parametrize(
    ("proto", "srtp"), [("RTP/SAVP", "required"), ("RTP/SAVP", "optional"), ("RTP/AVP", "optional")]
)
def test_keys_are_exchanged_when_the_phone_can_encrypt(proto: str, srtp: str):
    theirs = base64.b64encode(bytes(30)).decode()
    described = offer(f"m=audio 6000 {proto} 0\na=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:{theirs}\n")
    answered = answer_to(described, replace(OURS, srtp=srtp, cryptos=(KEY,)))
    assert answered.agreed.crypto_in == Crypto(5, KEY.suite, bytes(30))
    assert answered.agreed.crypto_out == Crypto(5, KEY.suite, KEY.key)
    assert f"m=audio 4000 {proto} 0" in answered.session.encode()
    assert "a=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:" in answered.session.encode()


def test_required_encryption_refuses_plain_audio():
    with pytest.raises(NotAcceptable):
        answer_to(offer("m=audio 6000 RTP/AVP 0\n"), replace(OURS, srtp="required", cryptos=(KEY,)))
    assert answer_to(offer("m=audio 6000 RTP/AVP 0\n"), replace(OURS, srtp="optional")).agreed.crypto_out is None


def test_a_browser_gets_an_ice_lite_answer_in_its_bundle():
    described = offer(
        "a=group:BUNDLE audio0 video0\na=ice-options:trickle\n"
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 110 126\na=mid:audio0\n"
        "a=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\n"
        f"a=fingerprint:sha-256 {SHA}\na=setup:actpass\na=rtcp-mux\na=rtpmap:111 opus/48000/2\n"
        "a=rtpmap:110 telephone-event/48000\na=rtpmap:126 telephone-event/8000\na=ssrc:42 cname:x\n"
        "a=candidate:1 1 udp 2122 10.0.0.2 5000 typ host\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:video0\n"
    )
    answered = answer_to(described, replace(OURS, dtls=DTLS, ssrc=9, codecs=("PCMU", "opus")))
    agreed = answered.agreed
    assert (agreed.codec.name, agreed.ufrag, agreed.fingerprint, agreed.setup) == ("PCMU", "abcd", SHA, "actpass")
    assert agreed.keys is not None
    assert (agreed.keys.payload, agreed.ssrcs, agreed.candidates[0].port) == (126, (42,), 5000)
    text = answered.session.encode()
    for wanted in ("a=group:BUNDLE audio0\r\n", "a=ice-lite\r\n", "a=setup:passive\r\n", "a=mid:audio0\r\n",
                   "a=rtcp-mux\r\n", "a=ice-ufrag:ourfrag\r\n", "m=video 0 ", "a=ssrc:9 cname:7\r\n"):  # fmt: skip
        assert wanted in text
    opus = answer_to(described, replace(OURS, dtls=DTLS, codecs=("opus",))).agreed
    assert opus.keys is not None
    assert (opus.codec.payload, opus.keys.payload) == (111, 110)


def test_a_browser_without_a_fingerprint_is_refused():
    with pytest.raises(NotAcceptable):
        answer_to(offer("m=audio 9 UDP/TLS/RTP/SAVPF 0\n"), replace(OURS, dtls=DTLS))


def test_our_own_offer_is_answered_by_our_own_answer():
    ours = replace(OURS, srtp="required", cryptos=(KEY,))
    theirs = Ours(
        "2001:db8::5", 8000, 9, ("opus", "PCMU"), srtp="optional", cryptos=(replace(KEY, key=bytes(30)),)
    )
    first = make_offer(ours)
    answered = answer_to(read_sdp(first.encode()), theirs)
    agreed = agree(first, read_sdp(answered.session.encode()), ours)
    assert (agreed.codec.name, agreed.payload_in, agreed.address, agreed.port) == (
        "opus",
        111,
        "2001:db8::5",
        8000,
    )
    assert agreed.keys is not None
    assert (agreed.keys.rate, agreed.keys_in) == (48_000, 110)
    assert agreed.crypto_in is not None
    assert agreed.crypto_in.key == bytes(30)
    assert agreed.crypto_out is not None
    assert agreed.crypto_out.key == KEY.key
    assert "a=crypto" not in make_offer(OURS).encode()
    assert "a=setup:actpass" in make_offer(replace(OURS, dtls=DTLS)).encode()


def test_an_answer_may_use_other_payload_types_than_the_offer():
    first = make_offer(OURS)
    agreed = agree(
        first,
        offer("m=audio 5 RTP/AVP 96 97\na=rtpmap:96 opus/48000/2\na=rtpmap:97 telephone-event/48000\n"),
        OURS,
    )
    assert (agreed.codec.payload, agreed.payload_in, agreed.keys_in) == (96, 111, 110)


@pytest.mark.parametrize("lines", ["", "m=audio 0 RTP/AVP 0\n", "m=video 5 RTP/AVP 0\n", "m=audio 5 RTP/AVP 18\n"])
def test_an_answer_that_accepts_nothing_is_said_so(lines: str):
    with pytest.raises(NotAcceptable):
        agree(make_offer(OURS), offer(lines), OURS)


def test_an_answer_cannot_bring_a_codec_we_did_not_offer():
    with pytest.raises(NotAcceptable):
        agree(make_offer(replace(OURS, codecs=("PCMU",))), offer("m=audio 5 RTP/AVP 8\n"), OURS)


FORMATS = st.sampled_from(["0", "8", "9", "96", "97", "101", "18", "x", "999"])
ATTRIBUTES = st.sampled_from(
    ["rtpmap:96 opus/48000/2", "rtpmap:97 telephone-event/8000", "rtpmap:0 PCMU/8000", "rtpmap:", "sendonly",
     "inactive", "ptime:x", "mid:0", "rtcp:x", "rtcp-mux", "fingerprint:sha-256 x",
     "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AA"]
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from(["audio", "video"]), st.integers(0, 65_535),
    st.sampled_from(["RTP/AVP", "RTP/SAVP", "UDP/TLS/RTP/SAVPF", "x"]),
    st.lists(FORMATS, min_size=1, max_size=5), st.lists(ATTRIBUTES, max_size=6),
)  # fmt: skip


Line = tuple[str, int, str, list[str], list[str]]


@given(
    st.lists(LINES, max_size=4),
    st.sampled_from([OURS, replace(OURS, dtls=DTLS), replace(OURS, srtp="optional", cryptos=(KEY,))]),
)
def test_every_answer_has_the_lines_of_its_offer_and_at_most_one_is_ours(lines: list[Line], ours: Ours):
    text = "".join(
        f"m={kind} {port} {proto} {' '.join(formats)}\n" + "".join(f"a={a}\n" for a in attributes)
        for kind, port, proto, formats, attributes in lines
    )
    described = offer(text)
    try:
        answered = answer_to(described, ours)
    except NotAcceptable:
        return
    read = read_sdp(answered.session.encode())
    assert [(m.kind, m.proto) for m in read.media] == [(m.kind, m.proto) for m in described.media]
    taken = [(mine, other) for mine, other in zip(read.media, described.media, strict=True) if mine.port]
    assert len(taken) == 1
    assert set(taken[0][0].formats) <= set(taken[0][1].formats)
