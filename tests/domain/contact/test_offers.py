"""Offers end exactly once, and the customer's place is never lost."""

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
