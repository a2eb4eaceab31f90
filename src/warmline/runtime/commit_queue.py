"""Commands that wait for a commit: shared out so that a contact is never in two hands at once."""

import asyncio
from collections import deque

from warmline.runtime.commit_fold import Pending

Subject = tuple[str, int]
DECISIONS_AT_MOST = (
    50  # of the router in a batch: so few ring late when one goes wrong, so short is its lease held
)
WHOLE = 8  # so few commands are not shared out: a batch costs as much as ten commands, however small it is


class CommitQueue:
    """One line for several workers. Commands of one contact stay in the order they came.

    A worker takes its fair share of all that is under way, not everything: so the others always have a batch
    as large in their hands, and one prepares while another one's commit is on its way to the disk. Nobody waits
    for a batch to fill: it goes as soon as a worker is free, with the router's next fifty decisions at most.
    """

    def __init__(self, workers: int, max_batch: int) -> None:
        self._workers = workers
        self._max_batch = max_batch
        self._line: deque[Pending] = deque()
        self._held: dict[Subject, list[Pending]] = {}  # contacts in a worker's hands: the batch they are in
        self._behind: dict[Subject, list[Pending]] = {}  # who came for such a contact meanwhile
        self._in_hand = 0
        self._unanswered = 0
        self._wake = asyncio.Event()

    def __len__(self) -> int:
        """How many commands are not answered yet."""
        return self._unanswered

    def put(self, pending: Pending) -> None:
        """Add a command at the end."""
        self._line.append(pending)
        self._unanswered += 1
        self._wake.set()

    async def take(self) -> list[Pending]:
        """Wait for work and return a batch; give its contacts back with `release`."""
        while True:
            if batch := self._share():
                return batch
            self._wake.clear()
            await self._wake.wait()

    def _share(self) -> list[Pending]:
        line = self._line
        share = min(max(-(-(len(line) + self._in_hand) // self._workers), WHOLE), self._max_batch)
        batch: list[Pending] = []
        decisions = 0
        hold = self._held.setdefault
        while line and len(batch) < share:
            pending = line.popleft()
            if pending.epoch is not None:
                if decisions == DECISIONS_AT_MOST:
                    line.appendleft(pending)
                    break
                decisions += 1
            subject = (pending.tenant_id, pending.contact_id.int)
            if hold(subject, batch) is batch:
                batch.append(pending)
            else:
                self._behind.setdefault(subject, []).append(pending)
        self._in_hand += len(batch)
        return batch

    def release(self, batch: list[Pending]) -> None:
        """Give the contacts of an answered batch back; whoever waited for them is next."""
        self._in_hand -= len(batch)
        self._unanswered -= len(batch)
        for pending in batch:
            self._held.pop((pending.tenant_id, pending.contact_id.int), None)
        if self._behind:
            for subject in [subject for subject in self._behind if subject not in self._held]:
                self._line.extendleft(reversed(self._behind.pop(subject)))
        if self._line:
            self._wake.set()

    def cancel_all(self) -> None:
        """Tell everybody who still waits that nobody will come."""
        for pending in (*self._line, *(one for waiting in self._behind.values() for one in waiting)):
            pending.done.cancel()
        self._unanswered = self._in_hand
        self._line.clear()
        self._held.clear()
        self._behind.clear()
