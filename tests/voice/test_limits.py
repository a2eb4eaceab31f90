from warmline.voice.limits import ConnectionCount, Limits, SourceGuard, source_of


def test_a_flood_from_one_source_does_not_touch_another():
    guard = SourceGuard(Limits(unknown_burst=10, unknown_rate=1))

    flood = [guard.admits("203.0.113.9", False, 0.0) for _ in range(1000)]

    assert sum(flood) == 10
    assert guard.admits("203.0.113.10", False, 0.0)
    assert guard.dropped == 990


def test_a_flood_from_many_sources_does_not_touch_those_we_know():
    guard = SourceGuard(Limits(total_unknown_burst=50, total_unknown_rate=1))

    flood = [guard.admits(f"203.0.113.{n % 250}", False, 0.0) for n in range(1000)]

    assert sum(flood) == 50
    assert all(guard.admits("192.0.2.1", True, 0.0) for _ in range(500))


def test_one_source_is_an_address_or_a_network_of_ipv6():
    assert source_of("192.0.2.1") == "192.0.2.1"
    assert source_of("2001:db8::1") == source_of("2001:db8::2") != source_of("2001:db8:0:1::1")
    assert source_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert source_of("somewhere") == "somewhere"


def test_connections_are_counted_in_all_and_from_each_source():
    count = ConnectionCount(Limits(connections=3, connections_a_source=2))

    assert [count.enter("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert [count.enter("192.0.2.2") for _ in range(2)] == [True, False]
    count.leave("192.0.2.1")
    assert count.enter("192.0.2.2")
    assert len(count) == 3
