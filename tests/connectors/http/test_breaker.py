"""A backend that keeps failing is left alone, then probed by exactly one call."""

from datetime import UTC, datetime, timedelta

from warmline.connectors.http.breaker import Breaker

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_five_failures_in_a_row_open_the_circuit_and_one_success_closes_it():
    breaker = Breaker(trip_after=5, rest_s=10)
    assert breaker.availability == "unknown"
    for second in range(4):
        breaker.failed(at(second), "503")
    assert (breaker.availability, breaker.allows(at(4))) == ("degraded", True)
    breaker.failed(at(5), "503")
    assert (breaker.availability, breaker.allows(at(6)), breaker.since) == ("down", False, at(5))
    assert breaker.allows(at(15))
    breaker.succeeded(at(15.1))
    assert (breaker.availability, breaker.since, breaker.failures) == ("up", at(15.1), 0)


def test_while_one_call_probes_the_others_wait():
    breaker = Breaker(trip_after=1, rest_s=10)
    breaker.failed(at(0), "503")
    assert [breaker.allows(at(10)), breaker.allows(at(10)), breaker.allows(at(11))] == [True, False, False]
    breaker.failed(at(12), "503")
    assert [breaker.allows(at(13)), breaker.allows(at(22))] == [False, True]


def test_a_probe_that_never_reports_back_does_not_block_for_ever():
    breaker = Breaker(trip_after=1, rest_s=10)
    breaker.failed(at(0), "503")
    assert breaker.allows(at(10))
    assert not breaker.allows(at(19))
    assert breaker.allows(at(20))


def test_since_tells_when_the_state_changed_not_the_last_call():
    breaker = Breaker(trip_after=2, rest_s=10)
    breaker.succeeded(at(0))
    breaker.succeeded(at(60))
    assert breaker.since == at(0)
