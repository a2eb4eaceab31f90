import pytest
from tests.sip.playbook import request, response

from warmline.sip.builder import response_to
from warmline.sip.grammar import BadValue
from warmline.sip.message import Response
from warmline.sip.session_timer import Interval, SessionTimer, interval_of, least_of, read_interval


def accepted(timer: SessionTimer, **headers: str) -> Response:
    asked = request(headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = response_to(asked, 200, to_tag="ours")
    timer.accept(asked, answer, 0)
    return answer


def test_the_caller_refreshes_when_it_can_and_we_give_it_up_when_it_does_not():
    timer = SessionTimer()

    answer = accepted(timer, Supported="timer", Session_Expires="600")

    assert answer.headers.get("Session-Expires") == "600;refresher=uac"
    assert "timer" in answer.headers.require
    assert timer.next_deadline() == 568
    assert timer.due(568) == "expired"


def test_we_refresh_for_a_caller_that_knows_no_timers():
    timer = SessionTimer()

    answer = accepted(timer)

    assert answer.headers.get("Session-Expires") == "1800;refresher=uas"
    assert timer.we_refresh
    assert timer.next_deadline() == 900
    assert timer.due(900) == "refresh"


def test_a_refresher_named_by_the_caller_is_respected():
    assert accepted(SessionTimer(), Supported="timer", Session_Expires="600;refresher=uas").headers.get(
        "Session-Expires"
    ) == ("600;refresher=uas")


def test_too_short_an_interval_is_refused_by_those_who_understand():
    timer = SessionTimer()

    assert timer.too_small(request(headers={"Supported": "timer", "Session-Expires": "30"}))
    assert not timer.too_small(request(headers={"Session-Expires": "30"}))


def test_what_the_answer_says_counts():
    timer = SessionTimer()

    timer.agreed(response(request(), 200, headers={"Session-Expires": "300;refresher=uas"}), 0)
    assert (timer.interval_s, timer.we_refresh, timer.next_deadline()) == (300, False, 268)
    timer.agreed(response(request(), 200), 0)
    assert (timer.we_refresh, timer.next_deadline()) == (True, 900)
    timer.alive(1000)
    assert timer.next_deadline() == 1900
    timer.stop()
    assert timer.next_deadline() is None


def test_a_longer_least_interval_is_learnt():
    timer = SessionTimer(wanted_s=300)

    timer.refused(response(request(), 422, headers={"Min-SE": "900"}))
    asked = request()
    timer.offer(asked)

    assert (asked.headers.get("Session-Expires"), asked.headers.get("Min-SE")) == ("900", "900")


def test_what_cannot_be_read_counts_as_absent():
    with pytest.raises(BadValue):
        read_interval("soon")
    assert read_interval("90;refresher=uac") == Interval(90, "uac")
    assert str(Interval(90)) == "90"
    assert interval_of(request(headers={"Session-Expires": "soon"})) is None
    assert least_of(request(headers={"Min-SE": "soon"})) == 90
