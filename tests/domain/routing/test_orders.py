"""Each strategy ranks idle agents by what its name says."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import Hand, Hands
from warmline.domain.routing.model import Agent, Profile, Seat, to_us
from warmline.domain.routing.orders import ORDERS, levels, measure_of

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NOW_US = to_us(NOON)
PROFILE = Profile.of((Seat("orders"),), {"ja": 3, "vip": 2}, {"webchat": 3})


def team(count: int = 3) -> tuple[Hands, list[Hand]]:
    hands = Hands()
    made = [Hand(Agent(UUID(int=1 + n), PROFILE, True, NOON), hands.home(PROFILE)[0]) for n in range(count)]
    for hand in made:
        hands.add(hand)
    return hands, made


def ranked(hands: Hands, hand: Hand, selection) -> list[int]:
    return [key[-1].id_int for key in hand.home.in_order(selection, "webchat")]


@pytest.mark.parametrize("selection", [*ORDERS, "longest_idle"])
def test_lists_made_late_and_lists_kept_up_to_date_agree(selection):
    hands, (one, two, three) = team()
    ranked(hands, one, selection)  # from now on it is kept
    one.take("webchat", NOW_US + 1)
    two.turn, two.handled = 7, 2
    three.busy_us = 5_000_000
    for hand in (one, two, three):
        hands.refresh(hand)
    kept = ranked(hands, one, selection)
    one.home.orders.clear()
    for hand in (one, two, three):
        hand.ranked.clear()
    assert kept == ranked(hands, one, selection)
    assert sorted(kept) == [1, 2, 3]


def test_most_room_least_handled_next_in_turn_and_least_at_work_come_first():
    hands, (one, two, three) = team()
    one.take("webchat", NOW_US)
    one.turn, two.turn, three.turn = 1, 3, 2
    one.handled, two.handled, three.handled = 0, 2, 1
    two.busy_us = 60_000_000
    for hand in (one, two, three):
        hands.refresh(hand)
    assert ranked(hands, one, "spare_capacity") == [2, 3, 1]
    assert ranked(hands, one, "round_robin") == [1, 3, 2]
    assert ranked(hands, one, "fewest") == [1, 3, 2]
    assert ranked(hands, one, "least_occupied") == [3, 2, 1]


def test_what_was_compared_can_be_told():
    _, (one, *_rest) = team()
    needs = (SkillNeed("ja", 1), SkillNeed("vip", 1), SkillNeed("ko", 0))
    one.take("webchat", NOW_US)
    one.handled = 4
    later_us = NOW_US + 9_000_000
    told = [measure_of(one, selection, "webchat", needs, later_us) for selection in
            ("spare_capacity", "fewest", "best_level", "least_occupied", "round_robin")]  # fmt: skip
    assert told == [2, 4, 5, 9, None]
    assert levels(one.home.skills, needs) == 5
