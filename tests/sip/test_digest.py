"""Digest: what both sides compute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.sip.digest import (
    Algorithm,
    Challenge,
    answer_challenge,
    best_challenge,
    proves,
    read_challenge,
    read_credentials,
    respond,
    secret_of,
)
from warmline.sip.grammar import BadValue

NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616_come_out(algorithm: Algorithm, expected: str):
    secret = secret_of(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life")
    found = respond(
        algorithm, secret, method="GET", uri="/dir/index.html", nonce=NONCE, qop="auth", nc=1, cnonce=CNONCE
    )
    assert found == expected


def test_the_example_of_rfc_2617_without_qop_is_still_understood():
    secret = secret_of("MD5", "Mufasa", "testrealm@host.com", "Circle Of Life")
    found = respond("MD5", secret, method="GET", uri="/dir/index.html", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")
    assert found == "670fd8c2df070c60b045671b8b24ff02"


@given(
    st.sampled_from(["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"]),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20),
    st.sampled_from([("auth",), ("auth", "auth-int"), ()]),
)
def test_what_a_client_answers_a_server_accepts(algorithm: Algorithm, name: str, qop: tuple[str, ...]):
    challenge = read_challenge(str(Challenge('r "1"', "n", algorithm, qop, opaque="o")))
    written = answer_challenge(challenge, username=name, password="pw", method="REGISTER", uri="sip:a", cnonce="c")
    read = read_credentials(str(written))
    assert read == written
    assert proves(read, secret_of(algorithm, name, 'r "1"', "pw"), "REGISTER")
    assert not proves(read, secret_of(algorithm, name, 'r "1"', "pW"), "REGISTER")
    assert not proves(read, secret_of(algorithm, name, 'r "1"', "pw"), "INVITE")


def test_the_first_challenge_we_can_answer_is_taken():
    values = ["Negotiate x", 'Digest realm="r", nonce="n", algorithm=SHA-512', str(Challenge("r", "n", "SHA-256"))]
    found = best_challenge([*values, str(Challenge("r", "n"))])
    assert found is not None
    assert found.algorithm == "SHA-256"
    assert best_challenge(values[:2]) is None
    assert read_challenge('Digest realm="r",nonce="n",stale=TRUE').stale


@pytest.mark.parametrize(
    "value",
    [
        "", "Digest", "Basic abc", 'Digest username="a"', "Digest username=", 'Digest realm="a", realm="b"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth, nc=1, cnonce="c"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth-int, nc=00000001, cnonce="c"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth, nc=00000001',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", algorithm=AKA',
    ],
)  # fmt: skip
def test_malformed_credentials_are_refused(value: str):
    with pytest.raises(BadValue):
        read_credentials(value)


def test_auth_int_alone_cannot_be_answered():
    with pytest.raises(BadValue):
        read_challenge('Digest realm="r", nonce="n", qop="auth-int"')


def test_a_name_cannot_smuggle_in_a_header():
    with pytest.raises(BadValue):
        str(Challenge("r\r\nX: y", "n"))
