"""Calls that come in, played through."""

import pytest
from tests.sip.calls import answered, incoming, passing, sent, theirs, words
from tests.sip.playbook import ANSWER, HELD, OFFER, request

from warmline.sip.session_uas import invite_fault
from warmline.sip.session_wishes import Respond


def test_a_call_rings_is_answered_acknowledged_and_left():
    session = incoming()

    assert words(session.ring(None, 1)) == ["> 180 INVITE"]
    assert words(session.answer(ANSWER, 2)) == ["> 200 INVITE"]
    assert words(session.request(request("ACK", to_tag="ours"), 2.1)) == ["acknowledged"]
    bye = request("BYE", to_tag="ours", cseq=2, headers={"Reason": 'Q.850;cause=31;text="tired"'})
    assert words(session.request(bye, 9)) == ["> 200 BYE", "ended by them 31 None", "gone"]
    assert session.next_deadline() is None


def test_an_answer_is_repeated_until_its_ack_and_then_the_call_is_given_up():
    session = incoming()
    session.answer(ANSWER, 0)

    happened = passing(session, 40)

    again = [at_s for at_s, word in happened if word == "> 200 INVITE"]
    assert again == [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    assert happened[-2:] == [(32.0, "> BYE"), (32.0, "ended by network 102 408")]


def test_a_lost_ack_costs_one_repetition():
    session = incoming()
    session.answer(ANSWER, 0)
    session.tick(0.5)

    assert words(session.request(request("ACK", to_tag="ours"), 0.6)) == ["acknowledged"]
    assert passing(session, 60) == []


def test_a_caller_who_cancels_is_let_go():
    session = incoming()
    session.ring(None, 1)

    assert words(session.request(request("CANCEL"), 2)) == [
        "> 200 CANCEL", "> 487 INVITE", "ended by them 16 487", "gone",
    ]  # fmt: skip
    assert words(session.answer(ANSWER, 2)) == []


def test_a_cancel_that_comes_after_the_answer_changes_nothing():
    session = incoming()
    session.answer(ANSWER, 1)

    assert words(session.request(request("CANCEL"), 1.1)) == ["> 200 CANCEL"]
    assert session.state == "answered"


def test_an_invite_without_an_offer_gets_ours_and_answers_it_in_the_ack():
    session = incoming(None)
    session.answer(ANSWER, 0)

    assert words(session.request(request("ACK", to_tag="ours", sdp=OFFER), 1)) == ["acknowledged with sdp"]


def test_an_ack_that_answers_nothing_ends_the_call():
    session = incoming(None)
    session.answer(ANSWER, 0)

    assert words(session.request(request("ACK", to_tag="ours"), 1)) == ["> BYE", "ended by them 88 488"]


def test_early_media_is_said_reliably_and_the_answer_waits_for_its_prack():
    session = incoming(Supported="100rel")

    (ringing,) = session.ring(ANSWER, 0)
    assert isinstance(ringing, Respond)
    rseq = ringing.response.headers.get("RSeq")
    assert (ringing.response.status, ringing.response.headers.get("Require")) == (183, "100rel")
    assert words(session.answer(ANSWER, 1)) == []
    assert [word for _, word in passing(session, 4)] == ["> 183 INVITE"] * 3
    wrong = request("PRACK", to_tag="ours", cseq=2, headers={"RAck": "1 1 INVITE"})
    assert words(session.request(wrong, 4)) == ["> 481 PRACK"]
    prack = request("PRACK", to_tag="ours", cseq=3, headers={"RAck": f"{rseq} 1 INVITE"})
    assert words(session.request(prack, 4)) == ["> 200 PRACK", "> 200 INVITE"]


def test_a_second_provisional_waits_for_the_prack_of_the_first():
    session = incoming(Require="100rel")
    (first,) = session.ring(None, 0)
    assert isinstance(first, Respond)

    assert words(session.ring(ANSWER, 1)) == []
    rack = f"{first.response.headers.get('RSeq')} 1 INVITE"
    prack = request("PRACK", to_tag="ours", cseq=2, headers={"RAck": rack})
    assert words(session.request(prack, 2)) == ["> 200 PRACK", "> 183 INVITE"]


def test_early_media_nobody_acknowledges_ends_the_attempt():
    session = incoming(Supported="100rel")
    session.ring(ANSWER, 0)

    assert [word for _, word in passing(session, 40)][-3:] == [
        "> 504 INVITE", "ended by network 102 504", "gone",
    ]  # fmt: skip


def test_a_call_nobody_answers_ends_when_the_caller_said_and_keeps_ringing_till_then():
    assert passing(incoming(Expires="20"), 100) == [
        (20, "> 487 INVITE"), (20, "ended by network 19 487"), (20, "gone"),
    ]  # fmt: skip
    session = incoming()
    session.ring(None, 0)
    assert [(at_s, word) for at_s, word in passing(session, 170)] == [(60, "> 180 INVITE"), (120, "> 180 INVITE")]


def test_a_refusal_and_a_hang_up_before_the_answer_say_why():
    assert words(incoming().refuse(486, {}, 0)) == ["> 486 INVITE", "ended by us 17 486", "gone"]
    assert words(incoming().hang_up(0, cause=34)) == ["> 480 INVITE", "ended by us 34 480", "gone"]


def test_a_bye_before_the_answer_ends_the_invite_too():
    session = incoming()
    session.ring(None, 0)

    assert words(session.request(request("BYE", to_tag="ours", cseq=2), 1)) == [
        "> 200 BYE", "> 487 INVITE", "ended by them 16 None", "gone",
    ]  # fmt: skip


def test_we_do_not_leave_before_our_answer_is_acknowledged():
    session = incoming()
    session.answer(ANSWER, 0)

    assert words(session.hang_up(1)) == ["ended by us 16 None"]
    assert words(session.request(request("ACK", to_tag="ours"), 2)) == ["> BYE"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Require": "100rel, tomorrow"}, 420),
        ({"Contact": "<tel:+1>"}, 400),
        ({"Session-Expires": "30"}, 422),
        ({"Content-Encoding": "gzip"}, 415),
        ({}, None),
    ],
)
def test_what_cannot_become_a_call_is_refused_with_a_reason(headers: dict[str, str], status: int | None):
    fault = invite_fault(request(sdp=OFFER, headers=headers))

    assert (None if fault is None else fault[0]) == status


def test_a_call_that_is_up_stays_quiet_until_it_is_refreshed():
    assert passing(answered(), 900) == [(900, "> INVITE")]


def test_who_invites_anew_before_the_acknowledgement_has_our_answer_and_can_be_left():
    session = incoming(OFFER)
    session.answer(ANSWER, 33)

    assert words(session.request(theirs(session, "INVITE", 2, sdp=HELD), 34)) == [
        "acknowledged", "> 100 INVITE", "reoffered",
    ]  # fmt: skip
    assert words(session.request(request("ACK", to_tag="ours"), 34.1)) == []  # the late one changes nothing
    left = session.hang_up(35)
    assert words(left) == ["> BYE", "> 487 INVITE", "ended by us 16 None"]
    assert words(session.fault(sent(left, "BYE"), 67)) == ["gone"]
