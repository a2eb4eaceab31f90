"""What happens when: events in the order of their time, and at one moment in the order in which they were noted.

A heap of whole numbers, time and turn in one, is faster than one of tuples; the turn says where the event is kept.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, Final

Event = tuple[int, Callable[[Any], None], Any]  # when (µs), what to do, with whom

_TURN_BITS: Final = 22  # with days in microseconds this still fits into one machine word
_TURN: Final = (1 << 22) - 1
MOST_TURNS: Final = 1 << 22
USUAL: Final = 1 << 10  # turns below are for what comes before all else of its moment


class Agenda:
    """Events to come. `start_us`: times are kept from here on, because small numbers are compared faster."""

    __slots__ = ("_events", "_first", "_keys", "_start_us")

    def __init__(self, start_us: int) -> None:
        self._start_us = start_us
        self._keys: list[int] = []
        self._events: list[Any] = [None] * USUAL  # by turn, as tuples never taken apart in between
        self._first = 0

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, at_us: int, do: Callable[[Any], None], what: object) -> None:
        """Note that `do(what)` happens at this time, after all that was noted for it before."""
        turn = len(self._events)
        if turn == MOST_TURNS:
            self._count_anew()
            turn = len(self._events)
        self._events.append((at_us, do, what))
        heappush(self._keys, ((at_us - self._start_us) << _TURN_BITS) | turn)

    def add_before_all(self, at_us: int, do: Callable[[Any], None], what: object) -> None:
        """Note that `do(what)` happens at this time, before all that is noted by `add`."""
        if self._first == USUAL:
            self._count_anew()
        self._events[self._first] = (at_us, do, what)
        heappush(self._keys, ((at_us - self._start_us) << _TURN_BITS) | self._first)
        self._first += 1

    def next_us(self) -> int:
        """Return when the next event happens. There must be one."""
        return (self._keys[0] >> _TURN_BITS) + self._start_us

    def take(self) -> Any:
        """Take out the next event, an `Event`."""
        turn = heappop(self._keys) & _TURN
        event = self._events[turn]
        self._events[turn] = None
        return event

    def _count_anew(self) -> None:
        """Give out the turns from the beginning: after millions of events there are none left.

        Raises OverflowError when four million events, or a thousand of those that come first, are to come.
        """
        keys = sorted(self._keys)
        first = [self._events[key & _TURN] for key in keys if key & _TURN < USUAL]
        usual = [self._events[key & _TURN] for key in keys if key & _TURN >= USUAL]
        if len(first) == USUAL or len(usual) + USUAL >= MOST_TURNS:
            raise OverflowError("More is to happen than the agenda can keep.")
        self._keys, self._events, self._first = [], [None] * USUAL, 0
        for at_us, do, what in first:
            self.add_before_all(at_us, do, what)
        for at_us, do, what in usual:
            self.add(at_us, do, what)
