"""How long a customer still waits: place in line, recent handle time, and the hands at work.

Source: the queue-length estimator (QL) of Ibrahim and Whitt, Manufacturing & Service Operations Management 2009.
Customers who give up are not counted, so it errs on the long side: a promise is rather beaten than broken.
"""

from collections.abc import Iterable

USUAL_HANDLE_S = 300.0  # before the first contact has ended
WEIGHT = 0.01  # of one more handled contact in the long run: about the last two hundred count
BELIEF = 10  # so many contacts the usual time counts for, and ten times as many a known mean
SHORTEST_S, LONGEST_S = 5.0, 7_200.0  # a forgotten conversation must not spoil the estimate


class HandleTimes:
    """A moving average of handle time (connected until wrapped up, seconds) per queue."""

    def __init__(self, usual_s: float = USUAL_HANDLE_S) -> None:
        self._usual_s = usual_s
        self._mean_s: dict[str, float] = {}
        self._counted: dict[str, int] = {}

    def start(self, queue_id: str, mean_s: float) -> None:
        """Begin from a known mean, for example the last day's."""
        self._counted[queue_id] = 10 * BELIEF
        self._mean_s[queue_id] = min(max(mean_s, SHORTEST_S), LONGEST_S)

    def handled(self, queue_id: str, handle_s: float) -> None:
        """Count one more contact."""
        bounded = min(max(handle_s, SHORTEST_S), LONGEST_S)
        mean = self._mean_s.get(queue_id, self._usual_s)
        counted = self._counted[queue_id] = self._counted.get(queue_id, BELIEF) + 1
        self._mean_s[queue_id] = mean + max(WEIGHT, 1 / counted) * (bounded - mean)

    def mean_s(self, queue_id: str) -> float:
        return self._mean_s.get(queue_id, self._usual_s)


def per_position_s(handle_s: float, hands: Iterable[tuple[int, int]]) -> float | None:
    """Return the expected time between two departures from the head of a line; None when nobody serves it.

    `hands`: for each agent on shift, contacts at once and how many lines with customers share this agent.
    """
    slots = sum(at_once / max(lines, 1) for at_once, lines in hands)
    return handle_s / slots if slots > 0 else None
