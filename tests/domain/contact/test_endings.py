"""Every ending is explained, and leaves nothing behind that could ring."""

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus, DisconnectReason


@pytest.mark.parametrize("wrap_up_s", [0, 60, -1])
def test_a_customer_who_leaves_ends_the_contact_and_starts_the_wrap_up(case, people, wrap_up_s):
    fields = {f: getattr(case.policy, f) for f in case.policy.__struct_fields__} | {"wrap_up_s": wrap_up_s}
    case.policy = type(case.policy)(**fields)
    case.connected()
    case.do(c.CustomerEnds())
    assert case.it.status is ContactStatus.ENDED
    assert case.it.disconnect_reason is DisconnectReason.CUSTOMER_LEFT
    assert set(case.timers) == ({"wrap_up"} if wrap_up_s > 0 else set())
    assert (case.it.wrap_up is None) == (wrap_up_s == 0)
    case.check()


def test_a_wrap_up_without_limit_ends_when_its_agent_is_gone(case, people):
    fields = {f: getattr(case.policy, f) for f in case.policy.__struct_fields__} | {"wrap_up_s": -1}
    case.policy = type(case.policy)(**fields)
    case.connected()
    case.do(c.CustomerEnds())
    case.do(c.AgentGone(people[0]))
    assert case.last(e.ContactWrappedUp).timed_out
    assert case.it.wrap_up is None


def test_overflow_ends_with_an_explanation(case):
    case.queued()
    case.fire("journey.overflow")
    assert case.said_by_bot()[-1] == "sorry"
    assert case.it.disconnect_reason is DisconnectReason.MESSAGE_TAKEN
