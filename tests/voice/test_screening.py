import pytest
from tests.sip.playbook import OFFER, request

from warmline.sip.uri import read_uri
from warmline.voice.screening import Stateless, capabilities, refusal_before_asking, refusal_of_invite


@pytest.mark.parametrize(
    ("method", "status"),
    [("INVITE", None), ("OPTIONS", None), ("REGISTER", None), ("BYE", 481), ("SUBSCRIBE", 405), ("DANCE", 501),
     ("NOTIFY", 481), ("CANCEL", 481)],
)  # fmt: skip
def test_each_method_has_its_answer(method: str, status: int | None):
    refusal = refusal_before_asking(request(method))

    assert (None if refusal is None else refusal[0]) == status


def test_a_call_that_was_handed_round_in_a_circle_ends_here():
    worn, fresh = request("INVITE"), request("INVITE")
    worn.headers.set("Max-Forwards", 0)
    fresh.headers.set("Max-Forwards", 1)
    assert refusal_before_asking(worn) == (483, ())
    assert refusal_before_asking(fresh) is None


def test_other_schemes_and_extensions_are_refused():
    mail = request()
    mail.uri = read_uri("mailto:kim@example.com")
    extended = refusal_before_asking(request("REGISTER", headers={"Require": "outbound"}))

    assert refusal_before_asking(mail) == (416, ())
    assert extended == (420, (("Unsupported", "outbound"),))
    assert refusal_before_asking(request("OPTIONS", headers={"Require": "timer"})) is None
    assert refusal_before_asking(request("OPTIONS", headers={"Require": "x"})) == (420, (("Unsupported", "x"),))
    assert refusal_of_invite(request(sdp=OFFER)) is None
    assert refusal_of_invite(request(sdp=OFFER, headers={"Require": "x"})) == (420, (("Unsupported", "x"),))


def test_the_same_request_gets_the_same_answer_without_memory():
    stateless = Stateless()
    asked = request(branch="one")

    assert stateless.respond(asked, 401).encode() == stateless.respond(request(branch="one"), 401).encode()
    assert Stateless().respond(asked, 401).encode() != stateless.respond(asked, 401).encode()


def test_a_node_that_drains_says_so_when_asked():
    assert capabilities(True, 10) == (503, (("Retry-After", "10"),))
    assert capabilities(False, 10)[0] == 200


@pytest.mark.parametrize(
    ("accept", "status"),
    [("text/html, application/*;q=0.5", None), ("text/html, */*", None), ("application/SDP", None),
     ("text/html, text/*", 406)],
)  # fmt: skip
def test_who_takes_no_session_description_cannot_be_answered(accept: str, status: int | None):
    refusal = refusal_of_invite(request(sdp=OFFER, headers={"Accept": accept}))

    assert (None if refusal is None else refusal[0]) == status
