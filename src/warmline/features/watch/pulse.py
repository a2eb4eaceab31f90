"""When something moved in a company's journeys, known in every process a moment later.

Maps are read from the database; this only says that looking again is worth it. A page asks for the pulse twice a
second, which costs no query.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from warmline.domain.contact import events as e
from warmline.domain.contact.model import Contact
from warmline.runtime.clock import utc_now
from warmline.runtime.committer import Committer
from warmline.runtime.event_codec import StoredEvent
from warmline.runtime.feed import Feed

SIGNAL = "passages"
GATHER_S = 0.2  # many contacts that move at once are one piece of news
# What may happen to a contact that has left its journey, and changes a picture.
TURNS = frozenset({e.ContactQueued, e.AgentJoined, e.CallbackPromised, e.ContactEnded})


class Pulse:
    """Tells other processes what this one commits, and remembers the latest news of each company."""

    def __init__(self, committer: Committer, feed: Feed, clock: Callable[[], datetime] = utc_now) -> None:
        self._feed = feed
        self._clock = clock
        self._due: set[str] = set()
        self._at_ms: dict[str, int] = {}
        self._missed_ms = 0
        committer.on_committed.append(self._committed)
        feed.on_signal(SIGNAL, self._heard)
        feed.on_reconnect.append(self._reconnected)

    def at_ms(self, tenant_id: str) -> int:
        """Return when something moved last, in milliseconds since 1970; 0 when nothing has."""
        return max(self._at_ms.get(tenant_id, 0), self._missed_ms)

    def _committed(self, tenant_id: str, contact: Contact, events: Sequence[StoredEvent]) -> None:
        if contact.passed is None or tenant_id in self._due:
            return
        if contact.journey is not None or any(type(one.event) in TURNS for one in events):
            self._due.add(tenant_id)
            asyncio.get_running_loop().call_later(GATHER_S, self._tell, tenant_id)

    def _tell(self, tenant_id: str) -> None:
        self._due.discard(tenant_id)
        self._feed.tell(tenant_id, SIGNAL, str(self._now_ms()))

    def _heard(self, tenant_id: str, payload: str) -> None:
        self._at_ms[tenant_id] = max(self._at_ms.get(tenant_id, 0), int(payload))

    def _reconnected(self) -> None:
        self._missed_ms = self._now_ms()

    def _now_ms(self) -> int:
        return int(self._clock().timestamp() * 1_000)
