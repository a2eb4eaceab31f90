"""Why a call ended."""

import pytest

from warmline.sip.headers import Headers
from warmline.sip.reason import Reason, cause_of, read_reason, reason_header, reasons_of


def test_the_cause_of_the_network_is_found_among_others():
    headers = Headers(
        [("Reason", 'SIP;cause=200;text="Call completed elsewhere", Q.850 ;cause=16;text="Normal, bye"')]
    )
    assert reasons_of(headers)[1] == Reason("Q.850", 16, "Normal, bye")
    assert read_reason(headers) == (16, "Normal, bye")


@pytest.mark.parametrize(
    "value", ["", "Q.850", "Q.850;cause=x", "Q.850;cause=9999", 'Q.850;cause=16;text="open', "@;cause=1"]
)
def test_a_strange_reason_refuses_nobodys_goodbye(value: str):
    headers = Headers([("Reason", value)])
    assert read_reason(headers) == (16, "")


def test_a_reason_is_written_as_it_is_read():
    reason = Reason("Q.850", 17, 'User "busy"')
    assert reasons_of(Headers([("Reason", str(reason))])) == [reason]
    assert str(Reason("preemption")) == "preemption"


def test_a_strange_header_does_not_hide_the_next():
    assert read_reason(Headers([("Reason", 'Q.850;cause=1;text="'), ("Reason", "q.850;cause=17")])) == (17, "")


def test_a_reason_is_one_line():
    assert reason_header(16, "") == "Q.850;cause=16"
    assert reason_header(31, 'a\r\nb"c') == 'Q.850;cause=31;text="a b\\"c"'


def test_statuses_become_the_causes_a_carrier_knows():
    assert [cause_of(status) for status in (486, 404, 480, 603, 699)] == [17, 1, 18, 21, 31]
