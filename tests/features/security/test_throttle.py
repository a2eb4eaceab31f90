"""How often somebody may try."""

import pytest

from warmline.features.security.throttle import Buckets, Rate
from warmline.kernel.errors import Refused


def test_a_burst_passes_and_the_next_try_is_told_how_long_to_wait():
    buckets = Buckets(Rate(burst=3, per_s=0.1))
    for _ in range(3):
        buckets.take("mina", 0)
    with pytest.raises(Refused) as refusal:
        buckets.take("mina", 0)
    assert refusal.value.code == "too_many"
    assert refusal.value.details == {"retry_after_s": 10}


def test_waiting_as_told_is_enough():
    buckets = Buckets(Rate(burst=1, per_s=0.5))
    buckets.take("mina", 100)
    buckets.take("mina", 102)
    assert buckets.level("mina", 102) == 0


def test_one_person_s_haste_does_not_slow_another():
    buckets = Buckets(Rate(burst=1, per_s=0.01))
    buckets.take("mina", 0)
    buckets.take("yuki", 0)
    assert buckets.level("jun", 0) == 1


def test_an_honest_try_is_given_back_but_never_beyond_the_burst():
    buckets = Buckets(Rate(burst=2, per_s=0.01))
    buckets.take("mina", 0)
    buckets.give_back("mina", 0)
    buckets.give_back("mina", 0)
    assert buckets.level("mina", 0) == 2


def test_a_flood_of_names_does_not_fill_the_memory():
    buckets = Buckets(Rate(burst=1, per_s=1), size=100)
    for number in range(10_000):
        buckets.take(f"stranger {number}", 0)
    assert len(buckets) == 100
