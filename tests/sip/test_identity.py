"""Who a call says it is from, and how far the network vouches."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from warmline.ports.telephone import Caller
from warmline.sip.address import read_name_addr
from warmline.sip.builder import new_request, new_via
from warmline.sip.grammar import BadValue
from warmline.sip.identity import (
    anonymous_of,
    asserted_of,
    caller_of,
    number_of,
    read_identity,
    verify,
    verstat_of,
)
from warmline.sip.message import Request
from warmline.sip.uri import read_uri

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
NOW_S = NOW.timestamp()
KEY = ec.generate_private_key(ec.SECP256R1())
INFO = "https://cert.example/shaken.pem"


def certificate(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = KEY) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SHAKEN 1234")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, SHA256())
    )


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def identity(*, attest: str = "A", at: float = NOW_S, orig: str = "821012345678", alg: str = "ES256") -> str:
    header = {"alg": alg, "ppt": "shaken", "typ": "passport", "x5u": INFO}
    claims = {
        "attest": attest,
        "dest": {"tn": ["82215770000"]},
        "iat": int(at),
        "orig": {"tn": orig},
        "origid": "u",
    }
    signed = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    r, s = decode_dss_signature(KEY.sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))};info=<{INFO}>;alg=ES256;ppt=shaken"


def judged(value: str, *, orig: str = "+821012345678", dest: str = "+82215770000", now_s: float = NOW_S) -> str:
    return verify(read_identity(value), certificate(), orig=orig, dest=dest, now_s=now_s)


@pytest.mark.parametrize("attest", ["A", "B", "C"])
def test_a_number_the_carrier_signed_for_is_shown_as_attested(attest: str):
    assert judged(identity(attest=attest)) == attest
    assert read_identity(identity()).info == INFO


def test_a_signature_for_another_call_or_another_minute_is_worth_nothing():
    assert judged(identity(), orig="+821099999999") == "failed"
    assert judged(identity(), dest="+82215779999") == "failed"
    assert judged(identity(orig=""), orig="") == "failed"
    assert judged(identity(at=NOW_S - 61)) == "failed"
    assert judged(identity(at=NOW_S + 61)) == "failed"
    assert judged(identity(at=NOW_S + 200_000), now_s=NOW_S + 200_000) == "failed"
    assert judged(identity(attest="Z")) == "failed"


def test_a_forged_signature_is_worth_nothing():
    token, _, rest = identity().partition(";")
    head, claims, signature = token.split(".")
    forged = base64.urlsafe_b64encode(bytes(64)).decode().rstrip("=")
    other = identity(orig="821099999999").split(".")[1]
    assert judged(f"{head}.{claims}.{forged};{rest}") == "failed"
    assert judged(f"{head}.{other}.{signature};{rest}", orig="+821099999999") == "failed"
    assert judged(f"{head}.{claims}.{signature[:-8]};{rest}") == "failed"
    strange = certificate(rsa.generate_private_key(65537, 2048))
    passport = read_identity(identity())
    assert verify(passport, strange, orig="+821012345678", dest="+82215770000", now_s=NOW_S) == "failed"


@pytest.mark.parametrize(
    "value",
    [
        "", "a.b.c", "..x;info=<x>", "e30.e30.e30;info=<x>", identity(alg="none"), identity() + ";ppt=div",
        "é.é.é",
        identity().replace("ppt=shaken", "ppt=rph"), identity().replace("cert.example/", "evil.example/"),
        identity().replace(";alg=ES256", ";alg=none"),
    ],
)  # fmt: skip
def test_a_malformed_identity_is_refused(value: str):
    with pytest.raises(BadValue):
        read_identity(value)


def call(frm: str = '"Kim" <sip:+82-10-1234-5678@gw;user=phone>;tag=1', *extra: tuple[str, str]) -> Request:
    request = new_request(
        "INVITE",
        read_uri("sip:a@b"),
        via=new_via("udp", "c", None, "x"),
        from_=read_name_addr(frm),
        to=read_name_addr("<sip:a@b>"),
        call_id="x",
        cseq=1,
    )
    for name, value in extra:
        request.headers.add(name, value)
    return request


ASSERTED = (
    "P-Asserted-Identity",
    '"Lee" <sip:+82299998888;verstat=TN-Validation-Passed-B@gw>, <tel:+82299998888>',
)


def test_a_trusted_trunk_is_believed_about_the_caller():
    assert caller_of(call('"x" <sip:a@b>;tag=1', ASSERTED), trusted=True) == Caller(
        "+82299998888", "Lee", False, "B"
    )
    checked = caller_of(call('"x" <sip:a@b>;tag=1', ASSERTED), trusted=True, attestation="failed")
    assert checked.attestation == "failed"
    assert len(asserted_of(call("<sip:a@b>", ASSERTED).headers)) == 2


def test_what_a_caller_writes_of_the_network_s_verdict_in_from_is_not_believed():
    written = '"Bank" <sip:+82215881234;verstat=TN-Validation-Passed-A@gw>;tag=1'
    for extra in ((), (("P-Asserted-Identity", "<sip:+82299998888@gw>"),)):
        assert caller_of(call(written, *extra), trusted=True).attestation == "none"


def test_a_stranger_is_not_believed_about_it():
    found = caller_of(call('"Kim\x07 M" <sip:+82-10-1234-5678@gw>;tag=1', ASSERTED), trusted=False)
    assert found == Caller("+821012345678", "Kim M", False, "none")
    assert caller_of(call("<sip:1001@gw>;tag=1"), trusted=False).number is None
    assert asserted_of(call("<sip:a@b>", ("P-Asserted-Identity", "<broken")).headers) == []


@pytest.mark.parametrize(
    "request_",
    [
        call('"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1', ASSERTED),
        call("<sip:+821012345678@gw>;tag=1", ASSERTED, ("Privacy", "critical;id")),
    ],
)
def test_who_withholds_the_number_is_not_shown(request_: Request):
    found = caller_of(request_, trusted=True)
    assert (found.number, found.name, found.anonymous, found.attestation) == (None, "", True, "B")
    assert anonymous_of(request_.headers)
    assert not anonymous_of(call().headers)


def test_the_verdict_of_the_network_is_found_wherever_it_stands():
    for text, verdict in (
        ("<tel:+8221;verstat=TN-Validation-Passed-A>", "A"),
        ("<sip:+8221@gw;user=phone;verstat=TN-Validation-Failed>", "failed"),
        ("<sip:+8221@gw>;verstat=TN-Validation-Passed-C", "C"),
        ("<sip:+8221;verstat=No-TN-Validation@gw>", None),
        ("<sip:+8221;=@gw>", None),
        ("<sip:+8221@gw>", None),
    ):
        assert verstat_of(read_name_addr(text)) == verdict


def test_numbers_are_read_only_when_they_are_numbers():
    assert number_of(read_uri("sip:+82.2.1577.0000;ext=1@gw")) == "+82215770000"
    assert number_of(read_uri("tel:+82-2-1577-0000;x=y")) == "+82215770000"
    assert number_of(read_uri("sip:0212345678@gw")) is None
