"""A supervisor can read why this agent got the customer."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import Hand, ProfileHands
from warmline.domain.routing.lines import Needs, Place
from warmline.domain.routing.model import Agent, Profile, WaitingContact, to_us
from warmline.domain.routing.reasons import reason_of

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_a_busy_agent_is_named_least_busy_with_the_skills_that_mattered():
    skills = (SkillNeed("ja", 3), SkillNeed("vip", 1))
    contact = WaitingContact(UUID(int=1), "orders", "webchat", NOON - timedelta(seconds=42), 2, skills)
    hand = Hand(Agent(UUID(int=9), Profile.of(), True, NOON - timedelta(seconds=7)), ProfileHands(Profile.of()))
    hand.load["webchat"] = 2
    reason = reason_of(Place(contact, Needs("orders", skills), 0), hand, to_us(NOON))
    assert reason == (
        "Least busy (2 in hand, 7 s since) of those who serve orders with ja 3+, vip 1+; priority 2, waited 42 s."
    )
