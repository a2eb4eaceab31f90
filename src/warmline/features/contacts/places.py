"""Places in line, told to those who wait: at once, and whenever the router publishes new numbers."""

from collections.abc import Callable
from uuid import UUID

from warmline.domain.journey.interface import QueueFacts
from warmline.ports.chat import Follow

Place = Callable[[str, str, UUID], QueueFacts | None]


class Watcher:
    """One page that waits. Tells only what changed."""

    __slots__ = ("_contact_id", "_places", "_queue_id", "_tell", "_tenant_id", "_told")

    def __init__(
        self, places: "Places", tenant_id: str, contact_id: UUID, queue_id: str, tell: Callable[[QueueFacts], None]
    ) -> None:
        self._places = places
        self._tenant_id = tenant_id
        self._contact_id = contact_id
        self._queue_id = queue_id
        self._tell = tell
        self._told: tuple[int | None, float | None] | None = None

    def look(self) -> None:
        """Tell the place if it is not the one told last."""
        facts = self._places.facts(self._tenant_id, self._queue_id, self._contact_id)
        if facts is None:
            return
        # The estimate moves a little every second; a page is told when it matters to a person.
        estimate_s = None if facts.estimate_s is None else float(round(facts.estimate_s / 15) * 15)
        if self._told != (facts.position, estimate_s):
            self._told = (facts.position, estimate_s)
            self._tell(facts)

    def close(self) -> None:
        self._places.drop(self._tenant_id, self)


class Places:
    """Every page of this process that waits in a line."""

    def __init__(self, facts: Place) -> None:
        self.facts = facts
        self._watchers: dict[str, set[Watcher]] = {}

    def watch(self, tenant_id: str, contact_id: UUID, queue_id: str, tell: Callable[[QueueFacts], None]) -> Follow:
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
