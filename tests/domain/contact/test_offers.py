"""Offers end exactly once, and the customer's place is never lost."""

from datetime import timedelta

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus
from warmline.kernel.errors import Refused


def test_an_unanswered_offer_returns_the_customer_to_their_place(case):
    case.queued()
    entry = case.it.queue
    case.offered()
    case.fire("offer")
    assert case.last(e.OfferEnded).outcome == "expired"
    assert case.it.queue.entered_at == entry.entered_at
    assert case.it.misses == 1
    assert case.last(e.ContactQueued).why == "missed"


def test_a_declined_offer_counts_as_one_too(case, people):
    case.queued()
    offer = case.offered()
    case.do(c.DeclineOffer(people[0], offer))
    assert (case.it.misses, case.it.status) == (1, ContactStatus.QUEUED)


def test_a_withdrawn_offer_is_nobodys_miss(case):
    case.queued()
    case.do(c.WithdrawOffer(case.offered()))
    assert (case.it.misses, case.it.status) == (0, ContactStatus.QUEUED)


def test_two_agents_cannot_both_get_the_customer(case, people):
    mina, yuki = people
    case.queued()
    offer = case.offered(mina)
    with pytest.raises(Refused) as refused:
        case.do(c.AcceptOffer(yuki, "Yuki", offer))
    assert refused.value.code == "contact.offer_gone"
    with pytest.raises(Refused) as refused:
        case.do(c.MakeOffer(offer, yuki, case.now))
    assert refused.value.code == "contact.not_queued"


def test_a_late_acceptance_counts_while_the_offer_still_lives(case, people):
    case.queued()
    offer = case.offered()
    case.later(25)
    case.do(c.AcceptOffer(people[0], "Mina", offer))
    assert case.it.status is ContactStatus.CONNECTED


def test_self_service_falls_silent_when_a_person_comes(case):
    case.connected()
    assert case.it.journey is None
    assert case.timers == {}


def test_the_first_of_several_to_accept_gets_the_customer(case, people):
    mina, yuki = people
    case.queued()
    case.do(c.MakeOffer(case.it.id, mina, case.now + timedelta(seconds=20), also=(yuki, mina)))
    assert case.it.offer.recipients == (mina, yuki)
    case.do(c.AcceptOffer(yuki, "Yuki", case.it.id))
    assert case.it.agent_id == yuki
    ended = case.last(e.OfferEnded)
    assert (ended.agent_id, ended.also, ended.outcome) == (yuki, (mina,), "accepted")
    with pytest.raises(Refused):
        case.do(c.AcceptOffer(mina, "Mina", case.it.id))
    case.check()


def test_one_who_declines_leaves_it_to_the_others(case, people):
    mina, yuki = people
    case.queued()
    case.do(c.MakeOffer(case.it.id, mina, case.now + timedelta(seconds=20), also=(yuki,)))
    case.do(c.DeclineOffer(mina, case.it.id))
    assert (case.it.status, case.it.offer.recipients) == (ContactStatus.OFFERED, (yuki,))
    assert case.last(e.OfferPassed).agent_id == mina
    case.check()
    case.do(c.AgentGone(yuki))
    assert case.it.status is ContactStatus.QUEUED
    case.check()


def test_a_supervisor_rings_at_an_agent_who_has_no_room(case, people):
    mina, yuki = people
    case.queued()
    case.offered(mina)
    case.do(c.Reassign(mina, to_agent_id=yuki, force="ring"))
    assert (case.it.status, case.it.offer.agent_id) == (ContactStatus.OFFERED, yuki)
    why = case.last(e.ContactOffered).why
    assert (why["code"], why["by_agent_id"]) == ("pushed", str(mina))
    case.check()


def test_a_supervisor_connects_a_customer_at_once(case, people):
    mina, yuki = people
    case.connected(mina)
    case.do(c.Reassign(mina, to_agent_id=yuki, force="connect", to_agent_name="Yuki"))
    assert case.it.agent_id == yuki
    assert [case.last(e.AgentJoined).agent_name, case.last(e.AgentLeft).why] == ["Yuki", "reassigned"]
    case.check()


def test_who_takes_a_customer_that_rings_at_them_meanwhile_has_accepted(case, people):
    mina, yuki = people
    case.queued()
    case.offered(mina)
    with pytest.raises(Refused) as refused:
        case.do(c.PickContact(yuki, "Yuki"))
    assert refused.value.code == "contact.taken_already"
    case.do(c.PickContact(mina, "Mina"))
    assert (case.it.status, case.it.agent_id) == (ContactStatus.CONNECTED, mina)
    case.check()


def test_an_agent_takes_a_customer_out_of_the_line_unless_they_are_gone(case, people):
    mina, yuki = people
    case.queued()
    case.do(c.PickContact(mina, "Mina"))
    assert (case.it.status, case.it.agent_id) == (ContactStatus.CONNECTED, mina)
    assert case.last(e.ContactOffered).why["code"] == "picked"
    assert case.do(c.PickContact(mina, "Mina")).duplicate_of is not None
    with pytest.raises(Refused) as refused:
        case.do(c.PickContact(yuki, "Yuki"))
    assert refused.value.code == "contact.taken_already"
    case.check()
