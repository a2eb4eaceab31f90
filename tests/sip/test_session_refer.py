"""Transfers, theirs and ours."""

from tests.sip.calls import answered, passing, sent, talking, theirs, words
from tests.sip.playbook import response

from warmline.sip.session_wishes import SendRequest

AWAY = {"Refer-To": "<sip:+8215449999@192.0.2.9>"}
ATTENDED = {"Refer-To": "<sip:lee@192.0.2.9?Replaces=call-2%3Bto-tag%3Da%3Bfrom-tag%3Db>"}


def test_they_ask_to_be_connected_elsewhere_and_hear_how_it_goes():
    session = answered()

    assert words(session.request(theirs(session, "REFER", headers=AWAY), 2)) == [
        "refer sip:+8215449999@192.0.2.9 None"
    ]
    (accepted, notify) = session.decide_refer(2, 202)
    assert words([accepted, notify]) == ["> 202 REFER", "> NOTIFY"]
    assert isinstance(notify, SendRequest)
    assert notify.request.body.startswith(b"SIP/2.0 100")
    (last,) = session.tell_refer(2, 200)
    assert isinstance(last, SendRequest)
    assert (last.request.headers.get("Subscription-State"), last.request.headers.get("Event")) == (
        "terminated;reason=noresource",
        "refer;id=2",
    )
    assert words(session.tell_refer(2, 200)) == []


def test_an_attended_transfer_names_the_call_it_replaces():
    session = answered()

    assert words(session.request(theirs(session, "REFER", headers=ATTENDED), 2)) == [
        "refer sip:lee@192.0.2.9 call-2;to-tag=a;from-tag=b"
    ]


def test_a_transfer_can_be_refused_or_forgotten():
    session = answered()
    session.request(theirs(session, "REFER", headers=AWAY), 2)
    assert words(session.decide_refer(2, 603)) == ["> 603 REFER"]

    session.request(theirs(session, "REFER", 3, headers=AWAY), 3)
    assert passing(session, 18) == [(18, "> 480 REFER")]


def test_what_names_no_target_is_refused():
    session = answered()

    assert words(session.request(theirs(session, "REFER", 2), 2)) == ["> 400 REFER"]
    mail = {"Refer-To": "<mailto:kim@example.com>"}
    assert words(session.request(theirs(session, "REFER", 3, headers=mail), 2)) == ["> 416 REFER"]


def test_we_send_them_elsewhere_and_learn_that_they_arrived():
    session = talking()
    refer = sent(session.refer("sip:lee@192.0.2.9", "call-2%3Bto-tag%3Da", 2), "REFER")
    assert refer.headers.get("Refer-To") == "<sip:lee@192.0.2.9?Replaces=call-2%3Bto-tag%3Da>"

    assert words(session.response(refer, response(refer, 202), 2.1)) == []
    trying = theirs(session, "NOTIFY", 2, headers={"Event": "refer"}, body=b"SIP/2.0 180 Ringing\r\n")
    assert words(session.request(trying, 3)) == ["> 200 NOTIFY", "refer 180 False"]
    done = theirs(session, "NOTIFY", 3, headers={"Event": "refer"}, body=b"SIP/2.0 200 OK\r\n")
    assert words(session.request(done, 4)) == ["> 200 NOTIFY", "refer 200 True"]


def test_a_refused_transfer_is_told():
    session = talking()
    refer = sent(session.refer("sip:lee@192.0.2.9", None, 2), "REFER")

    assert words(session.response(refer, response(refer, 603), 2.1)) == ["refer 603 True"]


def test_a_transfer_nobody_reports_on_ends_after_two_minutes():
    session = talking()
    refer = sent(session.refer("sip:lee@192.0.2.9", None, 2), "REFER")
    session.response(refer, response(refer, 202), 2.1)

    assert passing(session, 130) == [(122, "refer 408 True")]


def test_who_leaves_after_accepting_went_where_we_sent_them():
    session = talking()
    refer = sent(session.refer("sip:lee@192.0.2.9", None, 2), "REFER")
    session.response(refer, response(refer, 202), 2.1)

    assert words(session.request(theirs(session, "BYE"), 3)) == [
        "> 200 BYE", "refer 200 True", "ended by them 16 None", "gone",
    ]  # fmt: skip


def test_a_notify_of_nothing_is_refused():
    session = talking()

    event = {"Event": "refer"}
    assert words(session.request(theirs(session, "NOTIFY", 2, headers=event), 2)) == ["> 481 NOTIFY"]
    assert words(session.request(theirs(session, "NOTIFY", 3, headers={"Event": "mwi"}), 2)) == ["> 489 NOTIFY"]
