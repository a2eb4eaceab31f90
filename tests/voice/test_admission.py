"""Who may call and register, and that strangers cannot tell a name that exists from one that does not."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from tests.voice.conftest import carrier, phone

from warmline.sip.address import read_name_addr
from warmline.sip.builder import new_request, new_via
from warmline.sip.digest import answer_challenge, read_challenge
from warmline.sip.message import Request
from warmline.sip.uri import read_uri
from warmline.voice.admission import Admission, Admitted, Turned
from warmline.voice.directory import MemoryDirectory, NumberState, Trunk


def asked(method: str = "REGISTER", user: str = "1001", authorization: str | None = None) -> Request:
    address = read_name_addr(f"<sip:{user}@127.0.0.1>")
    made = new_request(
        method, read_uri("sip:127.0.0.1"), via=new_via("udp", "192.0.2.1", 5060, "b"), from_=address.with_tag("a"),
        to=address, call_id="c", cseq=1,
    )  # fmt: skip
    if authorization is not None:
        made.headers.set("Authorization", authorization)
    return made


def proof(admission: Admission, user: str, word: str, *, uri: str = "sip:127.0.0.1", which: int = 0) -> str:
    turned = admission.registration(asked())
    assert isinstance(turned, Turned)
    challenge = read_challenge(turned.headers[which][1])
    return str(answer_challenge(challenge, username=user, password=word, method="REGISTER", uri=uri, cnonce="abc"))


def test_a_desk_phone_proves_itself_with_either_digest_once():
    admission = Admission(MemoryDirectory(phones=(phone(),)))

    for which in (0, 1):
        header = proof(admission, "1001", "secret", which=which)
        found = admission.registration(asked(authorization=header))
        assert isinstance(found, Admitted)
        assert found.phone is not None
        assert isinstance(admission.registration(asked(authorization=header)), Turned)  # replayed


def test_a_proof_for_the_same_place_with_a_port_counts_and_for_another_does_not():
    admission = Admission(MemoryDirectory(phones=(phone(),)))

    with_port = proof(admission, "1001", "secret", uri="sip:127.0.0.1:5070")
    assert isinstance(admission.registration(asked(authorization=with_port)), Admitted)
    elsewhere = proof(admission, "1001", "secret", uri="sip:192.0.2.9")
    assert isinstance(admission.registration(asked(authorization=elsewhere)), Turned)


def test_a_wrong_word_and_an_unknown_name_hear_the_same():
    admission = Admission(MemoryDirectory(phones=(phone(),)))

    known = admission.registration(asked(authorization=proof(admission, "1001", "wrong")))
    unknown = admission.registration(asked(user="9999", authorization=proof(admission, "9999", "wrong")))
    nobody = admission.call(asked("INVITE"), "203.0.113.9", "1001", None)

    shapes = {
        (turned.status, tuple((n, v.split("nonce=")[0], "stale" in v) for n, v in turned.headers))
        for turned in (known, unknown, nobody)
        if isinstance(turned, Turned)
    }
    assert len(shapes) == 1
    assert next(iter(shapes))[0] == 401


def steps_of(judge: Callable[[], Admitted | Turned]) -> list[tuple[str, int]]:
    """Every line of ours that is run, in order."""
    taken: list[tuple[str, int]] = []

    def note(frame: FrameType, event: str, _: Any) -> Any:
        if "/warmline/" in frame.f_code.co_filename:
            taken.append((frame.f_code.co_qualname, frame.f_lineno))
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        judged = judge()
    finally:
        sys.settrace(before)
    assert isinstance(judged, Turned)
    assert judged.status == 401
    return taken


@pytest.mark.parametrize("method", ["REGISTER", "INVITE"])
def test_time_cannot_tell_who_exists_because_every_name_takes_the_same_steps(method: str):
    admission = Admission(MemoryDirectory(phones=(phone(),)))

    def steps(user: str) -> list[tuple[str, int]]:
        request = asked(method, user, authorization=proof(admission, user, "wrong"))
        if method == "REGISTER":
            return steps_of(lambda: admission.registration(request))
        return steps_of(lambda: admission.call(request, "203.0.113.9", "1000", None))

    assert steps("1001") == steps("9999")


def test_nobody_registers_for_somebody_else():
    admission = Admission(MemoryDirectory(phones=(phone(),)))

    found = admission.registration(asked(user="1002", authorization=proof(admission, "1001", "secret")))

    assert found == Turned(403)


def test_only_a_carrier_learns_whether_a_number_exists():
    def numbers(trunk: Trunk, called: str) -> NumberState:
        return {"1": "incomplete", "15880000": "known"}.get(called, "unknown")  # type: ignore[return-value]

    admission = Admission(MemoryDirectory((carrier("192.0.2.1"),), numbers=numbers))

    assert admission.call(asked("INVITE"), "192.0.2.1", "15889999", None) == Turned(404)
    assert admission.call(asked("INVITE"), "192.0.2.1", "1", None) == Turned(484)
    assert isinstance(admission.call(asked("INVITE"), "192.0.2.1", "15880000", None), Admitted)
    stranger = admission.call(asked("INVITE"), "192.0.2.2", "15889999", None)
    assert isinstance(stranger, Turned)
    assert stranger.status == 401
    assert isinstance(admission.call(asked("INVITE"), "192.0.2.2", "15880000", carrier()), Admitted)


def test_a_desk_phone_behind_the_address_of_a_carrier_is_asked_to_prove_itself_and_is_the_phone():
    """An office's phones and its line often leave by one address; a phone is no carrier for all that."""
    directory = MemoryDirectory((carrier("192.0.2.1"),), (phone(realm="onda.example"),))
    admission = Admission(directory)
    desk = read_name_addr("<sip:1001@onda.example>")

    def dials(authorization: str | None = None) -> Request:
        made = asked("INVITE", "1002", authorization)
        made.headers.set("From", str(desk.with_tag("a")))
        made.headers.set("To", "<sip:1002@onda.example>")
        return made

    turned = admission.call(dials(), "192.0.2.1", "1002", None)
    assert isinstance(turned, Turned)
    assert turned.status == 401
    challenge = read_challenge(turned.headers[0][1])
    answers = (
        str(
            answer_challenge(
                challenge, username="1001", password=word, method="INVITE", uri="sip:127.0.0.1", cnonce=word
            )
        )
        for word in ("wrong", "secret")
    )
    wrong, right = (admission.call(dials(answer), "192.0.2.1", "1002", None) for answer in answers)
    assert isinstance(wrong, Turned)
    assert wrong.status == 401
    assert isinstance(right, Admitted)
    assert right.phone is not None
    assert (right.phone.user, right.trunk) == ("1001", None)
    by_line = admission.call(asked("INVITE", "+82212345678"), "192.0.2.1", "15880000", None)
    assert isinstance(by_line, Admitted)
    assert by_line.trunk is not None


def test_a_company_that_signs_in_at_a_provider_another_company_is_called_from_gets_its_calls():
    rival = Trunk("rival/carrier", "rival", "sip.carrier.example", addresses=("203.0.113.0/28",))
    own = Trunk("onda/carrier", "onda", "sip.carrier.example", register=True)

    def numbers(trunk: Trunk, called: str) -> NumberState:
        return "known" if (trunk.tenant_id, called) in {("onda", "1"), ("rival", "2")} else "unknown"

    admission = Admission(MemoryDirectory((rival, own), numbers=numbers))
    for called, tenant_id in (("1", "onda"), ("2", "rival")):
        found = admission.call(asked("INVITE"), "203.0.113.5", called, own)
        assert isinstance(found, Admitted)
        assert found.tenant_id == tenant_id


def test_a_line_may_call_where_a_running_call_of_its_own_is_instead_of_a_number_of_ours():
    mine, other = carrier(id="mine"), carrier(id="other", addresses=("198.51.100.0/24",))

    def numbers(trunk: Trunk, called: str) -> NumberState:
        return "unknown"

    admission = Admission(MemoryDirectory(trunks=(mine, other), numbers=numbers))
    invite = asked("INVITE", "warmline")

    found = admission.call(invite, "127.0.0.1", "warmline", None, "mine")
    assert isinstance(found, Admitted)
    assert found.trunk == mine
    assert admission.call(invite, "127.0.0.1", "warmline", None) == Turned(404)
    assert admission.call(invite, "198.51.100.7", "warmline", None, "mine") == Turned(404), "another line's call"
    strange = admission.call(invite, "203.0.113.5", "warmline", None, "mine")
    assert isinstance(strange, Turned)
    assert strange.status == 401
    registered = admission.call(invite, "203.0.113.5", "warmline", mine, "mine")
    assert isinstance(registered, Admitted)
