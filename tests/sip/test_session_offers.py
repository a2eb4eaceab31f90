"""Hold, resume and moving within a call, and what happens when both sides do it at once."""

from tests.sip.calls import answered, passing, sent, talking, theirs, words
from tests.sip.playbook import ANSWER, HELD, OFFER, response


def test_they_hold_and_resume():
    session = answered()

    assert words(session.request(theirs(session, "INVITE", sdp=HELD), 2)) == ["> 100 INVITE", "reoffered"]
    assert words(session.reanswer(ANSWER, 2.1)) == ["> 200 INVITE"]
    assert words(session.request(theirs(session, "ACK", 2), 2.2)) == []
    assert words(session.request(theirs(session, "UPDATE", 3, sdp=OFFER), 3)) == ["reoffered"]
    assert words(session.reanswer(ANSWER, 3.1)) == ["> 200 UPDATE"]


def test_an_offer_we_refuse_changes_nothing():
    session = answered()
    session.request(theirs(session, "INVITE", sdp=HELD), 2)

    assert words(session.reanswer(None, 2.1)) == ["> 488 INVITE"]
    assert session.state == "up"
    assert words(session.reanswer(ANSWER, 3)) == []


def test_an_offer_our_side_forgets_is_refused_in_time():
    session = answered()
    session.request(theirs(session, "INVITE", sdp=HELD), 2)

    assert passing(session, 22) == [(22, "> 500 INVITE")]


def test_our_new_offer_is_answered():
    session = talking()

    wishes = session.reoffer(HELD, 2)
    invite = sent(wishes, "INVITE")

    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 2.1)) == ["> ACK", "reoffer 200"]
    assert words(session.response(invite, response(invite, 200, sdp=ANSWER), 2.6)) == ["> ACK"]


def test_offers_that_meet_are_both_refused_and_ours_comes_again_after_a_while():
    session = talking()
    invite = sent(session.reoffer(HELD, 2), "INVITE")

    assert words(session.request(theirs(session, "INVITE", sdp=HELD), 2)) == ["> 491 INVITE"]
    assert words(session.response(invite, response(invite, 491), 2.1)) == []
    assert passing(session, 6) == [(5.2, "> INVITE")]  # who owns the Call-ID waits 2.1 to 4 s


def test_who_was_called_tries_sooner_than_who_called():
    session = answered()
    invite = sent(session.reoffer(HELD, 2), "INVITE")
    session.response(invite, response(invite, 491), 2.0)

    assert passing(session, 4) == [(3.0, "> INVITE")]


def test_glare_without_end_is_told_in_the_end():
    session = answered()
    invite = sent(session.reoffer(HELD, 2), "INVITE")
    told: list[str] = []
    for _ in range(10):
        told += words(session.response(invite, response(invite, 491), 2.0))
        at_s = session.next_deadline()
        if told or at_s is None:
            break
        invite = sent(session.tick(at_s), "INVITE")

    assert told == ["reoffer 491"]


def test_our_offer_waits_until_theirs_is_answered_and_acknowledged():
    session = answered()
    session.request(theirs(session, "INVITE", sdp=HELD), 2)

    assert words(session.reoffer(OFFER, 2.1)) == []
    assert words(session.reanswer(ANSWER, 2.2)) == ["> 200 INVITE"]
    assert words(session.request(theirs(session, "ACK", 2), 2.25)) == ["> INVITE"]


def test_a_second_offer_before_the_first_is_answered_is_put_off():
    session = answered()
    session.request(theirs(session, "INVITE", sdp=HELD), 2)

    assert words(session.request(theirs(session, "UPDATE", 3, sdp=OFFER), 2.1)) == ["> 500 UPDATE"]


def test_a_reinvite_without_offer_gets_our_last_and_answers_in_the_ack():
    session = answered()

    assert words(session.request(theirs(session, "INVITE"), 2)) == ["> 100 INVITE", "> 200 INVITE"]
    assert words(session.request(theirs(session, "ACK", 2, sdp=HELD), 2.1)) == ["told of sdp"]


def test_an_update_without_offer_only_refreshes():
    session = answered()

    assert words(session.request(theirs(session, "UPDATE"), 2)) == ["> 200 UPDATE"]


def test_a_cancelled_reinvite_leaves_the_call_as_it_was():
    session = answered()
    session.request(theirs(session, "INVITE", sdp=HELD), 2)

    assert words(session.request(theirs(session, "CANCEL", 2), 2.1)) == ["> 200 CANCEL", "> 487 INVITE"]
    assert session.state == "up"


def test_a_call_the_other_side_forgot_is_ended():
    session = talking()
    invite = sent(session.reoffer(HELD, 2), "INVITE")

    assert words(session.response(invite, response(invite, 481), 2.1)) == [
        "reoffer 481", "> BYE", "ended by network 102 481",
    ]  # fmt: skip


def test_a_refused_offer_is_told():
    session = talking()
    invite = sent(session.reoffer(HELD, 2), "INVITE")

    assert words(session.response(invite, response(invite, 488), 2.1)) == ["reoffer 488"]
    assert session.state == "up"


def test_a_body_that_is_no_offer_is_refused():
    session = answered()

    wishes = session.request(theirs(session, "INVITE", body=b"x", content_type="text/plain"), 2)

    assert words(wishes) == ["> 415 INVITE"]
