"""An ICE-lite agent answers only those who hold its credentials, and follows a phone that changes networks."""

import secrets

from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media import stun
from warmline.media.ice import (
    ADDRESSES_AT_MOST,
    CHECKS_AT_ONCE,
    CONSENT_S,
    Allowance,
    IceCredentials,
    IceLite,
    host_candidates,
)

WIFI = ("192.0.2.10", 50000)
MOBILE = ("2001:db8::7", 40000)
STRANGER = ("203.0.113.66", 1234)


def check(
    agent: IceLite,
    *more: tuple[int, bytes],
    nominate: bool = False,
    user: str = "them",
    password: str | None = None,
) -> bytes:
    """A binding request as a full agent sends it."""
    attributes = [
        (stun.USERNAME, f"{agent.local.ufrag}:{user}".encode()),
        (stun.PRIORITY, b"\x6e\x00\x01\xff"),
        *(more or [(stun.ICE_CONTROLLING, bytes(8))]),
    ]
    if nominate:
        attributes.append((stun.USE_CANDIDATE, b""))
    signed_with = (agent.local.password if password is None else password).encode()
    return stun.build(stun.BINDING_REQUEST, secrets.token_bytes(12), attributes, signed_with)


def answered(agent: IceLite, raw: bytes | None) -> stun.StunMessage:
    assert raw is not None
    message = stun.parse(raw)
    assert message is not None
    assert stun.is_signed_with(message, agent.local.password.encode())
    return message


def code_of(message: stun.StunMessage) -> int:
    value = message.attributes[stun.ERROR_CODE]
    return value[2] * 100 + value[3]


def test_a_signed_check_is_answered_with_the_address_it_came_from():
    agent = IceLite("them")
    answer = answered(agent, agent.asked(check(agent), WIFI, 0.0))
    assert answer.kind == stun.BINDING_SUCCESS
    assert stun.read_xor_address(answer.attributes[stun.XOR_MAPPED_ADDRESS], answer.transaction) == WIFI
    assert agent.knows(WIFI)
    assert agent.selected is None, "a check alone nominates nobody"


def test_strangers_get_no_answer_whatever_they_try():
    agent = IceLite("them")
    unsigned = stun.build(stun.BINDING_REQUEST, bytes(12), [(stun.USERNAME, f"{agent.local.ufrag}:them".encode())])
    tries = [
        check(agent, password="guessed"),
        check(agent, user="somebody-else"),
        unsigned,
        check(agent)[:-8],
        stun.build(stun.BINDING_INDICATION, bytes(12), [], agent.local.password.encode()),
        b"\x00" * 64,
    ]
    assert [agent.asked(attempt, STRANGER, 0.0) for attempt in tries] == [None] * len(tries)
    assert not agent.knows(STRANGER)
    assert not agent.consents(0.0)


def test_a_phone_that_changes_from_wifi_to_mobile_keeps_its_call():
    agent = IceLite("them")
    agent.asked(check(agent, nominate=True), WIFI, 0.0)
    assert agent.selected == WIFI
    agent.asked(check(agent), MOBILE, 5.0)
    assert agent.selected == WIFI, "not before it is nominated"
    agent.asked(check(agent, nominate=True), MOBILE, 5.1)
    assert agent.selected == MOBILE
    assert agent.knows(WIFI), "what is still under way from there is heard"


def test_consent_lasts_as_long_as_the_browser_asks():
    agent = IceLite("them")
    assert not agent.consents(0.0)
    agent.asked(check(agent, nominate=True), WIFI, 100.0)
    assert agent.consents(100.0 + CONSENT_S - 0.1)
    assert not agent.consents(100.0 + CONSENT_S)
    agent.asked(check(agent), WIFI, 140.0)
    assert agent.consents(140.0), "asking again gives it back"


def test_who_believes_to_be_controlled_too_is_told_of_the_conflict():
    agent = IceLite("them")
    answer = answered(agent, agent.asked(check(agent, (stun.ICE_CONTROLLED, b"\xff" * 8)), WIFI, 0.0))
    assert (answer.kind, code_of(answer)) == (stun.BINDING_ERROR, 487)
    assert not agent.knows(WIFI)


def test_a_check_with_something_not_understood_is_refused_by_name():
    agent = IceLite("them")
    answer = answered(agent, agent.asked(check(agent, (0x0777, b"")), WIFI, 0.0))
    assert code_of(answer) == 420
    assert answer.attributes[stun.UNKNOWN_ATTRIBUTES] == b"\x07\x77"


def test_a_flood_of_guesses_costs_no_signature_and_does_not_lock_the_browser_out():
    agent = IceLite("them")
    agent.asked(check(agent, nominate=True), WIFI, 0.0)
    wrong = check(agent, password="guessed")
    for _ in range(int(CHECKS_AT_ONCE) + 50):
        assert agent.asked(wrong, STRANGER, 1.0) is None
    assert agent.asked(check(agent), STRANGER, 1.0) is None, "while somebody guesses, new addresses wait"
    assert agent.asked(check(agent), WIFI, 1.0) is not None
    assert agent.asked(check(agent), STRANGER, 2.0) is not None


def test_one_browser_cannot_make_us_answer_without_end():
    agent = IceLite("them")
    answers = sum(agent.asked(check(agent), WIFI, 0.0) is not None for _ in range(300))
    assert answers == CHECKS_AT_ONCE


def test_the_addresses_remembered_are_few_and_the_selected_one_stays():
    agent = IceLite("them")
    agent.asked(check(agent, nominate=True), WIFI, 0.0)
    for number in range(ADDRESSES_AT_MOST + 10):
        agent.asked(check(agent), ("198.51.100.1", 1000 + number), number * 1.0)
    assert agent.knows(WIFI)
    assert agent.selected == WIFI
    assert not agent.knows(("198.51.100.1", 1000))


def test_an_allowance_fills_again_with_time():
    allowance = Allowance(2.0, 3.0)
    assert [allowance.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert allowance.take(0.5)
    assert not allowance.take(0.5)


def test_a_new_ufrag_is_a_restart():
    agent = IceLite("them")
    assert agent.is_restart("others")
    assert not agent.is_restart("them")


def test_credentials_are_long_enough_and_the_password_never_shows():
    credentials = IceCredentials.new()
    assert len(credentials.ufrag) >= 4
    assert len(credentials.password) >= 22
    assert credentials.password not in repr(credentials)


def test_ipv6_is_tried_before_ipv4():
    first, second = host_candidates(["192.0.2.1", "2001:db8::1"], 40000)
    assert first.endswith("2001:db8::1 40000 typ host")
    assert second.endswith("192.0.2.1 40000 typ host")
    assert int(first.split()[3]) > int(second.split()[3])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_never_answered(noise: bytes):
    assert IceLite("them").asked(noise, STRANGER, 0.0) is None
