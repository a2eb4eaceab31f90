"""Calls we make, played through."""

from tests.sip.calls import outgoing, passing, sent, talking, words
from tests.sip.playbook import ANSWER, response

from warmline.sip.message import Request, Response


def test_a_call_rings_is_answered_and_left_by_us():
    session, invite = outgoing()

    assert words(session.response(invite, response(invite, 100, tag=None), 0)) == []
    assert words(session.response(invite, response(invite, 180), 1)) == ["ringing 180"]
    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 2)) == ["> ACK", "answered"]
    wishes = session.hang_up(9, cause=16)
    assert words(wishes) == ["> BYE", "ended by us 16 None"]
    bye = sent(wishes, "BYE")
    assert bye.headers.get("Reason") == "Q.850;cause=16"
    assert words(session.response(bye, response(bye, 200), 9.1)) == ["gone"]
    assert session.next_deadline() is None


def test_a_repeated_answer_is_acknowledged_again():
    session, invite = outgoing()
    session.response(invite, response(invite, 200, sdp=ANSWER), 1)

    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 1.5)) == ["> ACK"]


def test_the_first_fork_to_answer_is_the_call_and_another_is_acknowledged_and_left():
    session, invite = outgoing()
    session.response(invite, response(invite, 180, tag="kitchen"), 1)
    session.response(invite, response(invite, 180, tag="hall"), 1)
    session.response(invite, response(invite, 200, tag="hall", sdp=ANSWER), 2)

    late = words(session.response(invite, response(invite, 200, tag="kitchen", sdp=ANSWER), 2.1))

    assert late == ["> ACK", "> BYE"]
    assert words(session.response(invite, response(invite, 200, tag="kitchen", sdp=ANSWER), 2.6)) == ["> ACK"]
    assert session.state == "up"
    assert session.core.dialog is not None
    assert session.core.dialog.remote.tag == "hall"


def test_reliable_ringing_is_acknowledged_once_and_in_order():
    session, invite = outgoing()
    reliable = {"Require": "100rel", "RSeq": "7"}

    wishes = session.response(invite, response(invite, 183, sdp=ANSWER, headers=reliable), 1)

    assert words(wishes) == ["> PRACK", "ringing 183 with sdp"]
    assert sent(wishes, "PRACK").headers.get("RAck") == f"7 {invite.headers.cseq}"
    assert words(session.response(invite, response(invite, 183, headers=reliable), 1.5)) == []
    ahead = {"Require": "100rel", "RSeq": "9"}
    assert words(session.response(invite, response(invite, 180, headers=ahead), 2)) == []


def test_a_busy_callee_ends_the_call_with_its_cause():
    session, invite = outgoing()

    assert words(session.response(invite, response(invite, 486), 1)) == ["ended by them 17 486", "gone"]


def test_giving_up_cancels_once_something_was_heard():
    session, invite = outgoing()

    assert words(session.hang_up(0.1)) == ["ended by us 16 None"]
    assert words(session.response(invite, response(invite, 100, tag=None), 0.2)) == ["> CANCEL"]
    assert words(session.response(invite, response(invite, 487), 0.3)) == ["gone"]


def test_an_answer_that_crosses_the_cancel_is_acknowledged_and_left():
    session, invite = outgoing()
    session.response(invite, response(invite, 180), 1)
    assert words(session.hang_up(2)) == ["ended by us 16 None", "> CANCEL"]

    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 2.1)) == ["> ACK", "> BYE"]


def test_who_rings_too_long_is_cancelled():
    session, invite = outgoing()
    session.response(invite, response(invite, 180), 1)

    assert passing(session, 45) == [(45, "ended by us 19 408"), (45, "> CANCEL")]


def test_who_never_answers_the_cancel_is_forgotten():
    session, invite = outgoing()
    session.response(invite, response(invite, 180), 1)
    session.hang_up(2)

    assert [word for _, word in passing(session, 200)] == ["gone"]


def test_a_challenge_is_answered_once_and_a_second_one_is_a_refusal():
    def authorize(request: Request, challenge: Response) -> tuple[str, str] | None:
        return "Authorization", "Digest secret"

    session, invite = outgoing(authorize)

    wishes = session.response(invite, response(invite, 401), 1)
    again = sent(wishes, "INVITE")
    assert again.headers.get("Authorization") == "Digest secret"
    assert again.headers.cseq.number == invite.headers.cseq.number + 1
    assert words(session.response(again, response(again, 401), 2)) == ["ended by them 21 401", "gone"]


def test_a_longer_session_interval_is_accepted():
    session, invite = outgoing()

    wishes = session.response(invite, response(invite, 422, headers={"Min-SE": "3600"}), 1)

    assert sent(wishes, "INVITE").headers.get("Session-Expires") == "3600"


def test_an_answer_without_sdp_is_left_at_once():
    session, invite = outgoing()

    assert words(session.response(invite, response(invite, 200), 1)) == ["> ACK", "> BYE", "ended by us 88 488"]


def test_silence_ends_the_call():
    session, invite = outgoing()

    assert words(session.fault(invite, 32)) == ["ended by network 102 408", "gone"]


def test_a_call_is_refreshed_by_update_where_they_understand_it():
    session = talking()
    session.core.their_allow = frozenset({"UPDATE"})

    assert passing(session, 901) == [(901, "> UPDATE")]
