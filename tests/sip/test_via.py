"""The way back."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.via import read_via


def test_a_hop_is_read_and_written():
    via = read_via("SIP / 2.0 / udp  [2001:db8::1]:5080 ;branch=z9hG4bKx;rport")
    assert (via.transport, via.host, via.port, via.branch) == ("UDP", "[2001:db8::1]", 5080, "z9hG4bKx")
    assert via.wants_rport
    assert via.rport is None
    assert via.has_unique_branch
    assert str(via) == "SIP/2.0/UDP [2001:db8::1]:5080;branch=z9hG4bKx;rport"
    assert read_via(str(via)) == via
    assert via.sent_by == "[2001:db8::1]:5080"


def test_a_phone_behind_nat_is_answered_where_it_came_from():
    via = read_via("SIP/2.0/UDP 192.168.0.5;branch=z9hG4bKx;rport").stamped("203.0.113.9", 40001)
    assert (via.received, via.rport) == ("203.0.113.9", 40001)
    same = read_via("SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKx").stamped("10.0.0.1", 5060)
    assert same.received is None
    assert same.rport is None


@pytest.mark.parametrize("branch", ["z9hG4bK", "old", ""])
def test_a_branch_without_more_than_the_cookie_names_no_transaction(branch: str):
    text = f"SIP/2.0/UDP a;branch={branch}" if branch else "SIP/2.0/UDP a"
    assert not read_via(text).has_unique_branch


@pytest.mark.parametrize(
    "text", ["SIP/2.0/UDP", "SIP/3.0/UDP a", "SIP/2.0/UDP a:0", "SIP/2.0/UDP a:70000", "SIP/2.0/UDP a;;b", "x"]
)
def test_malformed_hops_are_refused(text: str):
    with pytest.raises(BadValue):
        read_via(text)
