"""Desks hear at once that messages were left, heard or settled, in whichever process it happened."""

import asyncio
from collections.abc import Sequence

from warmline.domain.contact.events_voice import VoicemailHeard, VoicemailLeft, VoicemailSettled
from warmline.domain.contact.model import Contact
from warmline.runtime.committer import Committer, StoredEvent
from warmline.runtime.feed import Feed

SIGNAL = "messages"
GATHER_S = 0.5  # many who hang up together are one piece of news
NEWS = (VoicemailLeft, VoicemailHeard, VoicemailSettled)


class Telling:
    """Turns commits of this process into the signal `messages` of their company."""

    def __init__(self, committer: Committer, feed: Feed) -> None:
        self._feed = feed
        self._due: set[str] = set()
        committer.on_committed.append(self._committed)

    def _committed(self, tenant_id: str, contact: Contact, events: Sequence[StoredEvent]) -> None:
        if tenant_id not in self._due and any(isinstance(one.event, NEWS) for one in events):
            self._due.add(tenant_id)
            asyncio.get_running_loop().call_later(GATHER_S, self._tell, tenant_id)

    def _tell(self, tenant_id: str) -> None:
        self._due.discard(tenant_id)
        self._feed.tell(tenant_id, SIGNAL)
