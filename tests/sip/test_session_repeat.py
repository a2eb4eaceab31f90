import pytest
from tests.sip.playbook import request, response

from warmline.sip.builder import response_to
from warmline.sip.grammar import BadValue
from warmline.sip.session_repeat import Repeated, read_rack, read_rseq
from warmline.sip.session_wishes import Wish
from warmline.sip.timers_sip import Times


@pytest.mark.parametrize(("capped", "last"), [(True, 31.5), (False, 31.5)])
def test_an_answer_is_said_again_until_it_is_given_up(capped: bool, last: float):
    repeated = Repeated(Times(), capped=capped)
    invite = request()
    repeated.begin(invite, response_to(invite, 200), 0)
    said: list[float] = []
    out: list[Wish] = []
    while (at_s := repeated.next_deadline()) is not None:
        if repeated.tick(at_s, out) is None:
            said.append(at_s)

    assert said[-1] == last
    assert len(said) == (10 if capped else 6)
    assert not repeated.running


def test_what_names_a_reliable_provisional_is_read():
    assert read_rack("7 1 INVITE") == (7, 1, "INVITE")
    with pytest.raises(BadValue):
        read_rack("7 INVITE")
    assert read_rseq(response(request(), 183, headers={"Require": "100rel", "RSeq": "7"})) == 7
    assert read_rseq(response(request(), 183, headers={"RSeq": "7"})) is None
