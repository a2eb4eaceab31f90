"""How many agents a promise needs."""

import math

from msgspec import Struct

from warmline.domain.staffing.erlang import NEVER, Queueing, erlang_a


class Promise(Struct, frozen=True):
    """What customers shall find: a share answered in time, and bounds on giving up and on how busy agents are.

    Shares are 0 to 1; `within_s` in seconds. What is 1 (or 0 for `share`) does not bind.
    """

    share: float = 0.8
    within_s: float = 60.0
    max_abandon: float = 1.0
    max_occupancy: float = 1.0

    def kept_by(self, queueing: Queueing) -> bool:
        """Return whether a queue that does like this keeps the promise."""
        return (
            queueing.occupancy <= self.max_occupancy
            and queueing.p_abandon <= self.max_abandon
            and queueing.answered_within(self.within_s) >= self.share
        )


def agents_needed(arrivals_per_s: float, handle_s: float, promise: Promise, patience_s: float = NEVER) -> int:
    """Return the fewest agents that keep the promise; 0 without customers.

    Raises ValueError when no number can: a share of 1 is a promise nobody can keep.
    """
    if arrivals_per_s <= 0:
        return 0
    if promise.share >= 1 or promise.max_occupancy <= 0 or promise.max_abandon < 0:
        raise ValueError("No number of agents answers everybody in time: promise less than 100 %.")

    def keeps(agents: int) -> bool:
        return promise.kept_by(erlang_a(arrivals_per_s, handle_s, patience_s, agents))

    # More agents never do worse: double until the promise is kept, then halve the distance.
    low, high = 0, max(1, math.ceil(arrivals_per_s * handle_s))
    while not keeps(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if keeps(middle) else (middle, high)
    return high
