"""Who comes today is drawn by chance, the same for the same seed, and everybody has a reason."""

import random
from collections import Counter

from warmline_demo.commerce.policy import quote
from warmline_demo.customers.people import next_visitor


def test_three_languages_every_wish_and_every_mood_come_by():
    draw = random.Random(1)
    visitors = [next_visitor(draw) for _ in range(400)]
    assert set(Counter(visitor.locale for visitor in visitors)) == {"ko", "ja", "en"}
    assert len({visitor.intent for visitor in visitors}) == 6
    assert len({visitor.mood for visitor in visitors}) == 6
    for visitor in visitors:
        assert visitor.order.person_id == visitor.person.id
        if visitor.intent == "refund":
            assert quote(visitor.order, refunded=False, recent_refunds=0).verdict != "cancelled"


def test_the_same_seed_sends_the_same_people():
    assert [next_visitor(random.Random(7)) for _ in range(3)] == [next_visitor(random.Random(7)) for _ in range(3)]
