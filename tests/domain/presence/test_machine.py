"""An agent's day: signing in, breaks, unanswered offers, a desk that vanishes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from warmline.domain.presence.machine import GRACE_S, MISSES_ALLOWED, handle, lost_at
from warmline.domain.presence.model import (
    Change,
    DeskClosed,
    NextChanged,
    Presence,
    PresenceEvent,
    Reviewed,
    Seen,
    Status,
    StatusChanged,
    TimePassed,
    WentMissing,
)
from warmline.kernel.errors import Refused

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINA = UUID(int=1)
OFFLINE = Presence(MINA, Status.OFFLINE, NINE, NINE)
AVAILABLE = Presence(MINA, Status.AVAILABLE, NINE, NINE, seen_at=NINE)


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def play(presence: Presence, *script: tuple[float, PresenceEvent]) -> Presence:
    for seconds, event in script:
        presence, _ = handle(presence, event, at(seconds))
    return presence


def test_signing_in_makes_the_agent_routable_and_starts_the_idle_clock():
    mina, facts = handle(OFFLINE, Change(Status.AVAILABLE), at(10))
    assert mina.routable
    assert mina.on_shift
    assert (mina.since_at, mina.idle_since_at, mina.version) == (at(10), at(10), 1)
    assert facts == [StatusChanged(Status.OFFLINE, Status.AVAILABLE)]


def test_choosing_the_same_status_again_changes_nothing():
    assert handle(AVAILABLE, Change(Status.AVAILABLE), at(10)) == (AVAILABLE, [])


def test_a_break_after_the_current_work_keeps_new_customers_away_and_begins_when_the_work_is_done():
    mina, facts = handle(AVAILABLE, Change(Status.AWAY, "lunch", after_work=True, busy=True), at(10))
    assert (mina.status, mina.next_status, mina.routable) == (Status.AVAILABLE, Status.AWAY, False)
    assert facts == [NextChanged()]
    still = play(mina, (20, Reviewed(busy=True, misses=0)))
    assert still.status is Status.AVAILABLE
    done = play(still, (30, Reviewed(busy=False, misses=0)))
    assert (done.status, done.reason, done.next_status, done.since_at) == (Status.AWAY, "lunch", None, at(30))


def test_a_break_after_work_with_nothing_in_hand_begins_at_once():
    mina = play(AVAILABLE, (10, Change(Status.AWAY, "break", after_work=True, busy=False)))
    assert (mina.status, mina.reason) == (Status.AWAY, "break")


def test_an_announced_break_can_be_taken_back():
    mina = play(AVAILABLE, (10, Change(Status.AWAY, "lunch", after_work=True, busy=True)))
    back, facts = handle(mina, Change(Status.AVAILABLE, busy=True), at(20))
    assert back.routable
    assert facts == [NextChanged()]
    assert back.since_at == NINE


def test_signing_out_with_customers_in_hand_waits_until_they_are_helped():
    mina, facts = handle(AVAILABLE, Change(Status.OFFLINE, busy=True), at(10))
    assert (mina.status, mina.reason, mina.next_status) == (Status.AWAY, "finishing", Status.OFFLINE)
    assert StatusChanged(Status.AVAILABLE, Status.AWAY) in facts
    assert not mina.on_shift
    assert play(mina, (60, Reviewed(busy=False, misses=0))).status is Status.OFFLINE


def test_three_offers_in_a_row_without_an_answer_send_the_agent_away():
    mina = play(AVAILABLE, (20, Reviewed(busy=False, misses=1)), (40, Reviewed(busy=False, misses=2)))
    assert mina.routable
    gone, facts = handle(mina, Reviewed(busy=False, misses=MISSES_ALLOWED), at(60))
    assert (gone.status, gone.reason, gone.misses) == (Status.AWAY, "no_answer", MISSES_ALLOWED)
    assert not gone.on_shift
    assert facts == [StatusChanged(Status.AVAILABLE, Status.AWAY)]
    assert play(gone, (90, Change(Status.AVAILABLE))).misses == 0


def test_a_desk_that_is_heard_within_the_grace_period_stays_as_it_is():
    mina = play(AVAILABLE, (10, DeskClosed()), (10 + GRACE_S - 1, Seen()), (10 + GRACE_S + 1, TimePassed()))
    assert mina.status is Status.AVAILABLE


def test_a_desk_that_is_gone_goes_offline_and_comes_back_as_it_was():
    closed = play(AVAILABLE, (10, DeskClosed()))
    assert lost_at(closed) == at(10 + GRACE_S)
    lost, facts = handle(closed, TimePassed(), at(10 + GRACE_S))
    assert (lost.status, lost.reason) == (Status.OFFLINE, "desk_lost")
    assert facts == [StatusChanged(Status.AVAILABLE, Status.OFFLINE), WentMissing()]
    assert lost_at(lost) is None
    back = play(lost, (500, Seen()))
    assert back.routable
    assert back.idle_since_at == at(500)


def test_a_desk_lost_while_finishing_stays_offline():
    mina = play(AVAILABLE, (10, Change(Status.OFFLINE, busy=True)), (100, TimePassed()))
    assert mina.status is Status.OFFLINE
    assert play(mina, (200, Seen())).status is Status.OFFLINE


def test_a_reason_nobody_knows_is_refused():
    with pytest.raises(Refused) as refused:
        handle(AVAILABLE, Change(Status.AWAY, "siesta"), at(1))
    assert refused.value.code == "presence.unknown_reason"


events = st.one_of(
    st.builds(
        Change,
        st.sampled_from(Status),
        st.sampled_from([None, "break", "lunch"]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Reviewed, st.booleans(), st.integers(0, 4)),
    st.just(Seen()),
    st.just(DeskClosed()),
    st.just(TimePassed()),
)


def test_signing_out_twice_with_work_in_hand_tells_it_once():
    ready, _ = handle(OFFLINE, Change(Status.AVAILABLE), at(1))
    finishing, told = handle(ready, Change(Status.OFFLINE, busy=True), at(2))
    again, silence = handle(finishing, Change(Status.OFFLINE, busy=True), at(3))
    assert told
    assert (again, silence) == (finishing, [])


@given(st.lists(st.tuples(st.floats(0.1, 60), events), max_size=30))
def test_whatever_happens_the_version_tells_every_change_and_time_runs_forward(script):
    presence, now = OFFLINE, 0.0
    for seconds, event in script:
        now += seconds
        after, facts = handle(presence, event, at(now))
        told = replace(after, seen_at=presence.seen_at, misses=presence.misses, version=presence.version)
        assert (after.version > presence.version) == bool(facts) == (told != presence)
        assert after.version - presence.version in (0, 1)
        assert after.since_at >= presence.since_at
        assert after.idle_since_at >= presence.idle_since_at
        assert not (after.routable and (after.status is not Status.AVAILABLE or after.next_status is not None))
        if after.status is Status.OFFLINE and after.next_status is not None:
            assert after.reason == "desk_lost"
        presence = after


def test_a_company_has_its_own_reasons_for_being_away():
    away, _ = handle(AVAILABLE, Change(Status.AWAY, "yoga"), at(5), own_reasons={"yoga", "nap"})
    assert away.reason == "yoga"
    with pytest.raises(Refused) as refused:
        handle(AVAILABLE, Change(Status.AWAY, "lunch"), at(5), own_reasons={"yoga", "nap"})
    assert refused.value.details["known"] == "nap, yoga"


def test_how_many_offers_may_ring_in_vain_is_up_to_the_profile():
    patient = play(AVAILABLE, (5, Reviewed(busy=False, misses=4, misses_allowed=5)))
    assert patient.status is Status.AVAILABLE
    strict = play(AVAILABLE, (5, Reviewed(busy=False, misses=1, misses_allowed=1)))
    assert (strict.status, strict.reason) == (Status.AWAY, "no_answer")
