"""Random customers come where nobody thought of going, and can be kept as cases."""

from tests.domain.journey.test_rehearsal import END, MENU, QUEUE, library

from warmline.domain.journey.case import judged
from warmline.domain.journey.document import End, Goto, Invoke, Say
from warmline.domain.journey.wandering import wanderers

FIND = Invoke("orders.find", "found", END, result=("status",))
KNOWN = library(MENU, FIND, Say("j.found"), Goto("agent"))


def test_who_is_kept_came_where_nobody_had_been_and_comes_there_again():
    found = list(wanderers("j", KNOWN, 60, seed=7))
    assert 2 <= len(found) < 40
    seen: set[str] = set()
    for one in found:
        assert one.fresh
        assert not seen & set(one.fresh)
        seen |= set(one.fresh)
        again = judged(one.case, KNOWN)
        assert again.failure is None, (one.case, again.failure)
        assert again.entered == one.verdict.entered
    assert {"j#start/0/option:orders", "j#start/0/option:other"} <= seen
    assert any("failed" in block for block in seen)


def test_the_seed_decides_all_and_a_channel_can_be_asked_for():
    assert list(wanderers("j", KNOWN, 20, seed=3)) == list(wanderers("j", KNOWN, 20, seed=3))
    callers = list(wanderers("j", KNOWN, 20, seed=3, channel="voice"))
    assert {one.case.scenery.channel for one in callers} == {"voice"}
    everything = frozenset(block for one in callers for block in one.verdict.entered)
    assert not list(wanderers("j", KNOWN, 20, seed=3, channel="voice", known=everything))


def test_who_meets_a_fault_is_always_kept():
    broken = library(Say("j.found"), QUEUE, End("j.bye"))
    found = list(wanderers("j", broken, 5, seed=1))
    assert len(found) == 5
    assert all(one.verdict.failure is not None for one in found)
