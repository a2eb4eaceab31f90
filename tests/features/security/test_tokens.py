"""Session tokens as browsers carry them."""

import pytest

from warmline.features.security.tokens import COOKIE, csrf_hash, new_token, parse_cookie, same


def test_a_cookie_round_trips_among_others():
    token = new_token("onda")
    assert parse_cookie(f"theme=dark; {COOKIE}={token.cookie_value}; lang=ko") == token


@pytest.mark.parametrize(
    "header",
    [None, "", "theme=dark", f"{COOKIE}=", f"{COOKIE}=onda", f"{COOKIE}=onda.short", f"{COOKIE}=../x.{'a' * 43}",
     f"{COOKIE}=onda.{'é' * 43}", f"{COOKIE}=" + "a" * 9000],
)  # fmt: skip
def test_anything_else_is_nobody(header: str | None):
    assert parse_cookie(header) is None


def test_what_is_stored_tells_neither_the_session_nor_the_csrf_token():
    token = new_token("onda")
    assert token.secret.encode() not in token.hash
    assert token.csrf not in token.cookie_value
    assert same(csrf_hash(token.csrf), csrf_hash(token.csrf))
    assert not same(csrf_hash(token.csrf), csrf_hash(new_token("onda").csrf))


def test_no_two_sessions_are_alike():
    assert len({new_token("onda").secret for _ in range(1000)}) == 1000
