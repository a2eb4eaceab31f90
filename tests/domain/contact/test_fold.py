"""The story told by events alone equals the stored state (every sequence: see test_machine)."""

from warmline.domain.contact import commands as c
from warmline.domain.contact.fold import Folded, fold, seen


def test_a_whole_contact_folds_to_what_is_stored(case, people):
    case.connected()
    case.do(c.Hold(people[0]))
    assert fold(case.events).on_hold
    case.do(c.Resume(people[0]))
    case.do(c.AgentEnds(people[0]))
    case.tap("4")
    case.do(c.FinishWrapUp(people[0], "solved"))
    assert fold(case.events) == seen(case.it)


def test_a_story_can_be_folded_in_parts(case):
    case.queued()
    first, rest = case.events[:3], case.events[3:]
    assert fold(rest, fold(first)) == fold(case.events)
    assert fold([]) == Folded()
