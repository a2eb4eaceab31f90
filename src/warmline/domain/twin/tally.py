"""Counting while the simulation runs: few whole numbers for each kind of contact and each interval.

Waits go into a histogram whose bins grow with the wait (within 1.6 %), so memory does not grow with contacts.
"""

from typing import Final

_SUB_BITS: Final = 5  # bins to an octave: 32
_UNIT_BITS: Final = 10  # the finest bin: 1,024 µs


def bin_of(wait_us: int) -> int:
    """Return the histogram bin of a wait."""
    units = wait_us >> _UNIT_BITS
    octave = units.bit_length() - _SUB_BITS - 1
    return units if octave <= 0 else (octave << _SUB_BITS) + (units >> octave)


def bounds_us(number: int) -> tuple[int, int]:
    """Return where a bin begins and ends, in µs."""
    octave = max((number >> _SUB_BITS) - 1, 0)
    first = number - (octave << _SUB_BITS)
    return (first << octave) << _UNIT_BITS, ((first + 1) << octave) << _UNIT_BITS


_COUNTS = (
    "abandoned", "abandoned_in_target", "answered_later", "at_once", "called_back", "came", "contained",
    "in_target", "lost_wait_us", "overflowed", "promised", "requeued", "retries", "sent_away", "taken_over",
    "turned_away", "unreached", "wait_us", "work_us",
)  # fmt: skip


class Cell:
    """Contacts of one kind that came within one interval, and what became of them."""

    __slots__ = (*_COUNTS, "waits")

    def __init__(self) -> None:
        self.came = 0  # by themselves; `taken_over` from another queue
        self.taken_over = 0
        self.at_once = 0  # answered without waiting
        self.answered_later = 0
        self.in_target = 0  # of `answered_later`
        self.abandoned = 0
        self.abandoned_in_target = 0
        self.overflowed = 0  # to another queue
        self.turned_away = 0  # closed or full
        self.sent_away = 0  # waited as long as one may, or for nobody
        self.contained = 0  # helped by the journey alone, or gone before the queue: not of `came`
        self.promised = 0  # a call instead of waiting
        self.called_back = 0  # of `promised`: reached
        self.unreached = 0  # of `promised`: given up after all attempts
        self.requeued = 0  # by missed offers, broken media, dead desks
        self.retries = 0  # of `came`: after giving up
        self.wait_us = 0  # of those answered
        self.lost_wait_us = 0  # of those who gave up or were sent away
        self.work_us = 0
        self.waits: dict[int, int] = {}  # bin → contacts answered later

    def add(self, other: "Cell") -> None:
        """Count the other's contacts, too."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for number, count in other.waits.items():
            self.waits[number] = self.waits.get(number, 0) + count


def percentile_us(cell: Cell, share: float) -> int | None:
    """Return the wait that `share` (0 to 1) of those answered do not exceed, in µs; None without any."""
    total = cell.at_once + cell.answered_later
    if not total:
        return None
    wanted = max(1, -int(-share * total // 1))
    seen = cell.at_once
    if seen >= wanted:
        return 0
    for number, count in sorted(cell.waits.items()):
        seen += count
        if seen >= wanted:
            return sum(bounds_us(number)) // 2
    return None


class Hours:
    """How much time a group of agents was there, paid, busy. Integrals of counts, exact to the microsecond.

    Each integral is kept as "count x now + rest": a change costs two additions, whatever the time since the last.
    Work changes twice with every contact and is counted where it happens, by whoever simulates.
    """

    __slots__ = ("busy", "busy_rest", "contacts", "contacts_rest", "here", "here_rest", "paid", "paid_rest")

    def __init__(self) -> None:
        self.paid = self.paid_rest = 0
        self.here = self.here_rest = 0
        self.busy = self.busy_rest = 0  # with one contact or more in hand
        self.contacts = self.contacts_rest = 0  # contact by contact

    def count_paid(self, by: int, now_us: int) -> None:
        """Count one more or one fewer from now on."""
        self.paid += by
        self.paid_rest -= by * now_us

    def count_here(self, by: int, now_us: int) -> None:
        """Count one more or one fewer from now on."""
        self.here += by
        self.here_rest -= by * now_us

    def take(self, now_us: int) -> tuple[int, int, int, int]:
        """Return the integrals since they were taken last, in µs: paid, here, busy, contacts."""
        taken = (
            self.paid * now_us + self.paid_rest,
            self.here * now_us + self.here_rest,
            self.busy * now_us + self.busy_rest,
            self.contacts * now_us + self.contacts_rest,
        )
        self.paid_rest, self.here_rest = -self.paid * now_us, -self.here * now_us
        self.busy_rest, self.contacts_rest = -self.busy * now_us, -self.contacts * now_us
        return taken
