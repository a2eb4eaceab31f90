"""Telling everybody about the queues: at most once a second, at once when staffing begins or ends."""

from collections.abc import Iterable

from warmline.domain.routing.stats import QueueView, encode

EVERY_S = 1.0
AGAIN_S = 10.0  # unchanged queues are told again this often, for processes that have just started


class Publisher:
    """Decides what is told when. `at_s` are seconds of a monotonic clock."""

    def __init__(self, epoch: int) -> None:
        self._epoch = epoch
        self._turn = 0
        self._told: dict[str, tuple[QueueView, float]] = {}
        self._next_s = 0.0
        self._pending = True

    def changed(self) -> None:
        """Something about the queues may be different."""
        self._pending = True

    def due_s(self) -> float:
        """Return when to publish next."""
        if self._pending:
            return self._next_s
        return max(self._next_s, min((told for _, told in self._told.values()), default=self._next_s) + AGAIN_S)

    def is_due(self, at_s: float, *, urgent: bool) -> bool:
        """Whether to publish now; `urgent`: staffing has changed."""
        return urgent or at_s >= self.due_s()

    def begin(self, at_s: float) -> None:
        """What is told next is as of now; what changes from here on is told a second later."""
        self._pending = False
        self._next_s = at_s + EVERY_S

    def payloads(self, views: Iterable[QueueView], at_s: float) -> list[str]:
        """Return what has to be told: queues that changed, and those not told for a while."""
        self._turn += 1
        payloads: list[str] = []
        for view in views:
            told = self._told.get(view.queue_id)
            if told is None or told[0] != view or at_s - told[1] >= AGAIN_S:
                payloads.extend(encode(view, self._epoch, self._turn))
                self._told[view.queue_id] = (view, at_s)
        return payloads
