"""Places in line, told to those who wait: at once, and whenever the router publishes new numbers."""

from collections.abc import Callable
from uuid import UUID

from warmline.domain.journey.interface import QueueFacts
from warmline.domain.journey.telling import ToldWait, is_news
from warmline.ports.chat import Follow, TellPlace

Place = Callable[[str, str, UUID], QueueFacts | None]


class Watcher:
    """One page that waits. Tells only what changed."""

    __slots__ = ("_contact_id", "_places", "_queue_id", "_tell", "_tenant_id", "_told")

    def __init__(self, places: "Places", tenant_id: str, contact_id: UUID, queue_id: str, tell: TellPlace) -> None:
        self._places = places
        self._tenant_id = tenant_id
        self._contact_id = contact_id
        self._queue_id = queue_id
        self._tell = tell
        self._told: tuple[int | None, ToldWait | None] | None = None

    def look(self) -> None:
        """Tell the place if it is not the one told last, and the wait when that matters to a person."""
        facts = self._places.facts(self._tenant_id, self._queue_id, self._contact_id)
        if facts is None:
            return
        wait, before = facts.told, self._told
        if before is not None and before[1] is not None and wait is not None and not is_news(before[1], wait):
            wait = before[1]
        if before != (facts.position, wait):
            self._told = (facts.position, wait)
            self._tell(facts.position, wait)

    def close(self) -> None:
        self._places.drop(self._tenant_id, self)


class Places:
    """Every page of this process that waits in a line."""

    def __init__(self, facts: Place) -> None:
        self.facts = facts
        self._watchers: dict[str, set[Watcher]] = {}

    def watch(self, tenant_id: str, contact_id: UUID, queue_id: str, tell: TellPlace) -> Follow:
        watcher = Watcher(self, tenant_id, contact_id, queue_id, tell)
        self._watchers.setdefault(tenant_id, set()).add(watcher)
        watcher.look()
        return watcher

    def drop(self, tenant_id: str, watcher: Watcher) -> None:
        self._watchers.get(tenant_id, set()).discard(watcher)

    def changed(self, tenant_id: str) -> None:
        """Register with `FactsHouse.on_queues`: the router has told new numbers."""
        for watcher in list(self._watchers.get(tenant_id, ())):
            watcher.look()
