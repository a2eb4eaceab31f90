"""The server's side of digest."""

import pytest
from msgspec.structs import replace

from warmline.sip.digest import Credentials, answer_challenge, secret_of
from warmline.sip.digest_server import Counts, Guard, Nonces

NOW = 1_800_000_000.0
SECRET = b"s" * 32
URI = "sip:pbx.example"


def guard(realm: str = "pbx") -> Guard:
    return Guard(realm, Nonces(SECRET, 300), Counts())


def credentials(of: Guard, *, password: str = "right", nc: int = 1, at: float = NOW) -> Credentials:  # noqa: S107
    challenge = of.challenges(at, b"12345678")[0]
    answered = answer_challenge(
        challenge, username="1001", password=password, method="REGISTER", uri=URI, cnonce="c", nc=nc
    )
    found = of.claimed(["Negotiate x", "Digest broken", str(answered)])
    assert found == answered
    return answered


def stored(of: Guard) -> str:
    return secret_of("SHA-256", "1001", of.realm, "right")


def test_a_phone_with_the_right_password_is_let_in_once_per_count():
    door = guard()
    first = credentials(door)
    assert door.check(first, stored(door), "REGISTER", URI, NOW).verdict == "ok"
    assert door.check(first, stored(door), "REGISTER", URI, NOW).verdict == "stale"
    assert door.check(credentials(door, nc=2), stored(door), "REGISTER", URI, NOW + 60).verdict == "ok"


def test_a_wrong_password_and_an_unknown_user_look_the_same():
    door = guard()
    wrong = door.check(credentials(door, password="guess"), stored(door), "REGISTER", URI, NOW)
    unknown = door.check(credentials(door, password="guess"), None, "REGISTER", URI, NOW)
    assert wrong == unknown
    assert wrong.verdict == "wrong"
    assert door.check(credentials(door, password="nobody"), None, "REGISTER", URI, NOW).verdict == "wrong"
    assert door.check(None, None, "REGISTER", URI, NOW).verdict == "none"


def test_an_old_nonce_is_stale_only_for_those_who_know_the_password():
    door = guard()
    assert door.check(credentials(door), stored(door), "REGISTER", URI, NOW + 301).verdict == "stale"
    bad = credentials(door, password="guess")
    assert door.check(bad, stored(door), "REGISTER", URI, NOW + 301).verdict == "wrong"
    assert all(challenge.stale for challenge in door.challenges(NOW, b"x", stale=True))


def test_a_nonce_of_somebody_else_is_not_ours():
    door = guard()
    foreign = Guard("pbx", Nonces(b"t" * 32), Counts())
    assert door.check(credentials(foreign), stored(door), "REGISTER", URI, NOW).verdict == "stale"
    nonces = Nonces(SECRET)
    nonce = nonces.make("pbx", NOW, b"12345678")
    assert nonces.age_s(nonce, "pbx", NOW + 5) == 5
    assert nonces.age_s(nonce, "other", NOW) is None
    assert nonces.age_s(nonce, "pbx", NOW - 60) is None
    for odd in ("", "x", "é", nonce[:-4], nonce[:-1] + "!"):
        assert nonces.age_s(odd, "pbx", NOW) is None
    with pytest.raises(ValueError, match="32 bytes"):
        Nonces(b"short")


def test_credentials_for_another_target_or_method_do_not_fit():
    door = guard()
    assert door.check(credentials(door), stored(door), "REGISTER", "sip:else", NOW).verdict == "wrong"
    assert door.check(credentials(door), stored(door), "INVITE", URI, NOW).verdict == "wrong"
    assert door.claimed([str(replace(credentials(door), realm="other"))]) is None


def test_counts_may_come_in_any_order_but_never_twice():
    counts = Counts(most=2)
    assert [counts.take("n", c) for c in (1, 3, 2, 3, 2, 0, -1)] == [True, True, True, False, False, False, False]
    assert counts.take("n", 100)
    assert not counts.take("n", 4)
    assert counts.take("n", 99)
    assert counts.take("n", 4_000_000_000)
    assert counts.take("m", 1)
    assert counts.take("o", 1)
    assert counts.take("n", 1), "the oldest nonce was forgotten"
