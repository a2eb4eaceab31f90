"""Why a call ended."""

import pytest

from warmline.sip.headers import Headers
from warmline.sip.reason import Reason, answered_elsewhere, q850_of, reasons_of, status_of


def test_the_cause_of_the_network_is_found_among_others():
    headers = Headers(
        [("Reason", 'SIP;cause=200;text="Call completed elsewhere", Q.850 ;cause=16;text="Normal, bye"')]
    )
    assert reasons_of(headers)[1] == Reason("Q.850", 16, "Normal, bye")
    assert q850_of(headers) == 16
    assert answered_elsewhere(headers)


@pytest.mark.parametrize(
    "value", ["", "Q.850", "Q.850;cause=x", "Q.850;cause=999", 'Q.850;cause=16;text="open', "@;cause=1"]
)
def test_a_strange_reason_refuses_nobodys_goodbye(value: str):
    headers = Headers([("Reason", value)])
    assert q850_of(headers) is None
    assert not answered_elsewhere(headers)


def test_a_reason_is_written_as_it_is_read():
    reason = Reason("Q.850", 17, 'User "busy"')
    assert reasons_of(Headers([("Reason", str(reason))])) == [reason]
    assert str(Reason("preemption")) == "preemption"


@pytest.mark.parametrize(("cause", "status"), [(1, 404), (17, 486), (21, 403), (34, 503), (16, 480), (999, 480)])
def test_causes_have_their_status(cause: int, status: int):
    assert status_of(cause) == status
