"""Token buckets."""

from warmline.kernel.rates import Bucket, Buckets


def test_a_burst_passes_and_then_the_rate_counts():
    bucket = Bucket(5, 20, 0.0)
    assert sum(bucket.take(0.0) for _ in range(30)) == 20
    assert bucket.wait_s == 0.2
    assert sum(bucket.take(1.0) for _ in range(30)) == 5


def test_addresses_do_not_share_and_memory_is_bounded():
    buckets = Buckets(1, 1, keys_at_most=2)
    assert buckets.take("a", 0.0)
    assert not buckets.take("a", 0.0)
    assert buckets.take("b", 0.0)
    assert buckets.take("c", 0.0)
    assert buckets.take("a", 0.0), "the one seen longest ago was forgotten"
