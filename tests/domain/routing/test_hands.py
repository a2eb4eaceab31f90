"""Idle lists never lie: exactly those with spare capacity, least busy and longest idle first."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.routing.hands import Hand, Hands
from warmline.domain.routing.model import Agent, Profile, Seat

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PROFILE = Profile.of((Seat("orders"),), {}, {"webchat": 2})


def joined(hands: Hands, number: int, idle_for_s: float, *, routable: bool = True) -> Hand:
    agent = Agent(UUID(int=number), PROFILE, routable, NOON - timedelta(seconds=idle_for_s))
    hand = Hand(agent, hands.home(PROFILE)[0])
    hands.add(hand)
    return hand


def idle(hands: Hands) -> list[int]:
    return [key[2] for key in hands.home(PROFILE)[0].idle["webchat"]]


def test_longest_idle_comes_first_and_the_busy_later():
    hands = Hands()
    joined(hands, 1, 10)
    longest = joined(hands, 2, 99)
    assert idle(hands) == [2, 1]
    longest.take("webchat", 0)
    hands.refresh(longest)
    assert idle(hands) == [1, 2]


def test_the_full_and_the_absent_are_not_listed():
    hands = Hands()
    full = joined(hands, 1, 10)
    full.take("webchat", 0)
    full.take("webchat", 0)
    hands.refresh(full)
    joined(hands, 2, 10, routable=False)
    assert idle(hands) == []
    assert list(hands.idle_among({full.home}, "webchat")) == []


def test_the_last_agent_of_a_profile_takes_the_profile_along():
    hands = Hands()
    one, two = joined(hands, 1, 10), joined(hands, 2, 10)
    assert hands.remove(one) is None
    assert hands.remove(two) is two.home
    assert list(hands.profiles()) == []


def test_channels_without_capacity_are_closed_unless_a_default_opens_them():
    hand = joined(Hands(), 1, 10)
    assert not hand.spare("voice")
    assert hand.spare("voice", 1)
