"""Timers, links and repairs."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import ContactStatus


def test_a_fired_timer_is_gone_unless_it_is_set_again(case):
    case.open()
    fired = "journey.input"
    decision = case.fire(fired)
    effects = [effect for effect in decision.effects if getattr(effect, "timer", None) == fired]
    assert len(effects) == 1
    assert case.timers[fired] > case.now


def test_a_contact_belongs_to_the_known_customer_once_linked(case):
    case.open()
    case.do(c.LinkCustomer(UUID(int=5)))
    assert case.it.customer_id == UUID(int=5)
    assert case.last(e.IdentityVerified).customer_id == UUID(int=5)
    assert case.do(c.LinkCustomer(UUID(int=5))).duplicate_of is not None


@pytest.mark.parametrize("prepare", ["open", "queued", "connected"])
def test_a_stuck_contact_is_repaired_into_a_queue_and_told(case, prepare):
    getattr(case, prepare)()
    case.do(c.Repair("general", "no timer"))
    assert case.it.status is ContactStatus.QUEUED
    assert case.it.queue.queue_id == "general"
    assert case.said_by_bot()[-1] == "contact.repaired"
    case.check()


def test_an_idle_timer_means_nothing_once_the_customer_is_back(case):
    case.open()
    case.do(c.CustomerConnection(False))
    case.do(c.CustomerConnection(True))
    assert case.do(c.TimerFired("idle")).duplicate_of is not None
    assert case.it.status is ContactStatus.JOURNEY


def test_a_call_promised_by_an_older_release_becomes_a_place_in_line(case):
    case.queued()
    entered_at = case.it.queue.entered_at
    case.timers = {"callback": case.now}
    case.contact = replace(case.it, status=ContactStatus.CALLBACK, journey=None, timers=dict(case.timers))
    case.say("저녁에는 안 돼요")
    assert case.it.last_text == "저녁에는 안 돼요"
    case.fire("callback")
    assert (case.it.status, case.it.queue.entered_at) == (ContactStatus.QUEUED, entered_at)
