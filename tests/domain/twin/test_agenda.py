"""What happens when: by time, then by turn, however many events there have been."""

import random

import pytest

from warmline.domain.twin import agenda
from warmline.domain.twin.agenda import Agenda


def nothing(_: object) -> None:
    """What the events here do."""


def drain(events: Agenda) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = []
    while events:
        assert events.next_us() >= (found[-1][0] if found else 0)
        at_us, do, what = events.take()
        assert do is nothing
        found.append((at_us, what))
    return found


def test_events_happen_in_the_order_of_their_time_and_then_of_their_turn():
    events = Agenda(1_000)
    for at_us, what in [(5_000, "c"), (1_000, "a"), (5_000, "d"), (2_000, "b")]:
        events.add(at_us, nothing, what)
    assert drain(events) == [(1_000, "a"), (2_000, "b"), (5_000, "c"), (5_000, "d")]


def test_what_comes_before_all_else_comes_first_at_its_moment_and_not_sooner():
    events = Agenda(0)
    events.add(10, nothing, "arrival")
    events.add(20, nothing, "leaving")
    events.add_before_all(20, nothing, "tick")
    assert [what for _, what in drain(events)] == ["arrival", "tick", "leaving"]


def test_the_order_stays_when_turns_are_given_out_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(agenda, "MOST_TURNS", agenda.USUAL + 60)
    chance = random.Random(4)
    events, plain, turn, now_us = Agenda(0), list[tuple[int, int, int]](), 0, 0
    for _ in range(3_000):
        if len(plain) < 40 and (chance.random() < 0.55 or not plain):
            turn += 1
            at_us, first = now_us + chance.randint(0, 3), chance.random() < 0.3
            (events.add_before_all if first else events.add)(at_us, nothing, turn)
            plain.append((at_us, 0 if first else 1, turn))
        else:
            plain.sort()
            at_us, _, number = plain.pop(0)
            assert events.next_us() == at_us
            assert events.take() == (at_us, nothing, number)
            now_us = at_us
    assert turn > 1_000


def test_too_many_events_to_come_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(agenda, "MOST_TURNS", agenda.USUAL + 5)
    events = Agenda(0)
    for number in range(5):
        events.add(number, nothing, number)
    with pytest.raises(OverflowError, match="More is to happen"):
        events.add(9, nothing, 9)
