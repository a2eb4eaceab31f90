"""What the machines may know of the world: a settings snapshot and the queues' newest numbers, per tenant."""

import asyncio
from collections.abc import Callable, Sequence
from copy import copy
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.contact.queueing import needed
from warmline.domain.hours import calendar as hours
from warmline.domain.journey import prompts
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import AnnouncementText, HoursState, QueueFacts, Wanted
from warmline.domain.routing.stats import QueueStats
from warmline.features.contacts.settings import TenantSettings, policies
from warmline.features.contacts.settings_store import SettingsStore
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.chat import WidgetSettings
from warmline.runtime.clock import utc_now

NAMES = {"help": "help page"}  # what people call a kind of journey, where they call it otherwise


class TenantFacts:
    """One tenant's facts. Implements `warmline.domain.journey.interface.Facts`."""

    def __init__(
        self, settings: TenantSettings, stats: QueueStats, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._clock = clock
        self.settings = settings
        self.stats = stats
        self._policies = policies(settings)
        self._contact_id: UUID | None = None

    def of_contact(self, contact_id: UUID) -> "TenantFacts":
        """Return the facts as they are for one contact: of versions that are compared, it always has the same."""
        if not self.settings.splits:
            return self
        own = copy(self)
        own._contact_id = contact_id
        return own

    def policy(self, queue_id: str | None) -> ContactPolicy:
        """Return the policy of a queue; that of no queue for an unknown one."""
        return self._policies.get(queue_id) or self._policies[None]

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        wanted = self._version(journey_id) if version is None else version
        return self.settings.journeys[journey_id, wanted], wanted

    def published(self, journey_id: str, kind: str) -> tuple[Journey, int]:
        """Return what is published under this id, if it is of this kind. Raises Refused (not_found)."""
        try:
            journey, version = self.journey(journey_id, None)
        except KeyError:
            raise Refused(NOT_FOUND, what=NAMES.get(kind, kind)) from None
        if journey.kind != kind:
            raise Refused(NOT_FOUND, what=NAMES.get(kind, kind))
        return journey, version

    def _version(self, journey_id: str) -> int:
        split = self.settings.splits.get(journey_id)
        if split is None or self._contact_id is None:
            return self.settings.published[journey_id]
        return split.version_of(self._contact_id)

    def hours(self, calendar: str, now: datetime) -> HoursState:
        return hours.state(self.settings.calendars[calendar], now)

    def announcements(self, slot: str | None, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        return [
            AnnouncementText(
                one.id,
                one.texts[locale],
                None if one.spoken is None else one.spoken.get(locale),
                one.scope.queues,
                one.scope.journeys,
                one.scope.channels,
            )
            for one in self.settings.announcements
            if slot in (None, one.slot) and one.is_valid(now) and locale in one.texts
        ]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        queue = self.settings.queues.get(queue_id)
        if queue is None:
            return QueueFacts(staffed=False, waiting=0)
        needs = () if wanted is None else needed(self.policy(queue_id), wanted.locale, wanted.skills)
        told = self.stats.facts(queue_id, contact_id, max_waiting=queue.max_waiting, needs=needs)
        if not told.staffed or told.position is not None:
            return told  # who was in line when it closed is served as long as somebody is there
        calendar = self.settings.calendar_of(queue_id)
        if calendar is None or hours.state(calendar, self._clock()) == "open":
            return told
        return replace(told, staffed=False, half_s=None, most_s=None)

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        return prompts.find(self.settings.prompts[locale], key, channel)


class FactsHouse:
    """The facts of every tenant, kept fresh by signals: `settings` reloads, `queues` brings numbers."""

    def __init__(self, store: SettingsStore, tasks: TaskRegistry) -> None:
        self._store = store
        self._tasks = tasks
        self._facts: dict[str, TenantFacts] = {}
        self._loads: dict[str, asyncio.Lock] = {}
        self._stale: set[str] = set()
        self.on_staffing: list[Callable[[str, str], None]] = []  # (tenant, queue) whose staffing began or ended
        self.on_queues: list[Callable[[str], None]] = []  # tenant whose numbers changed

    async def warm(self, tenant_ids: Sequence[str]) -> None:
        """Load these tenants, so that their widgets are known."""
        for tenant_id in tenant_ids:
            await self.of(tenant_id)

    def known(self) -> list[str]:
        """Return the tenants whose facts were read."""
        return list(self._facts)

    def ready(self, tenant_id: str) -> TenantFacts | None:
        """Return a tenant's facts if they are known and fresh."""
        load = self._loads.get(tenant_id)
        if tenant_id in self._stale or (load is not None and load.locked()):
            return None  # what is known is what was true before the signal
        return self._facts.get(tenant_id)

    async def of(self, tenant_id: str) -> TenantFacts:
        """Return a tenant's facts, read from the tables if they are new or changed."""
        facts = self.ready(tenant_id)
        if facts is not None:
            return facts
        async with self._loads.setdefault(tenant_id, asyncio.Lock()):
            facts = self._facts.get(tenant_id)
            if facts is None or tenant_id in self._stale:
                facts = await self._load(tenant_id, facts)
            return facts

    async def _load(self, tenant_id: str, before: TenantFacts | None) -> TenantFacts:
        self._stale.discard(tenant_id)  # a signal that comes while we read makes it stale again
        try:
            settings = await self._store.load(tenant_id, before.settings.journeys if before else {})
        except BaseException:
            self._stale.add(tenant_id)
            raise
        facts = TenantFacts(settings, before.stats if before else QueueStats())
        self._facts[tenant_id] = facts
        return facts

    def settings_changed(self, tenant_id: str, payload: str = "") -> None:
        """Signal `settings`: somebody changed something; read it again at once."""
        self._stale.add(tenant_id)
        self._tasks.spawn("facts.reload", self._reload(tenant_id))

    def all_changed(self) -> None:
        """Signals may have been missed: read everything again."""
        for tenant_id in list(self._facts):
            self.settings_changed(tenant_id)

    async def _reload(self, tenant_id: str) -> None:
        await self.of(tenant_id)

    def queues_told(self, tenant_id: str, payload: str) -> None:
        """Signal `queues`: the router's newest numbers."""
        facts = self._facts.get(tenant_id)
        if facts is None:
            return
        changed = facts.stats.receive(payload)
        for tell in self.on_queues:
            tell(tenant_id)
        if changed is not None:
            for call in self.on_staffing:
                call(tenant_id, changed)

    def place(self, tenant_id: str, queue_id: str, contact_id: UUID) -> QueueFacts | None:
        """Return a place in line as last published; None for a tenant not loaded."""
        facts = self._facts.get(tenant_id)
        return None if facts is None else facts.queue(queue_id, contact_id)

    def upload_limit(self, tenant_id: str) -> int:
        """Return the largest file any of a tenant's widgets accepts, in bytes."""
        facts = self._facts.get(tenant_id)
        widgets = facts.settings.widgets.values() if facts is not None else ()
        return max((widget.upload_max_bytes for widget in widgets), default=0)

    def widget(self, key: str) -> WidgetSettings | None:
        """Return an enabled widget by key, of whichever tenant has it."""
        for facts in self._facts.values():
            widget = facts.settings.widgets.get(key)
            if widget is not None:
                return widget
        return None

    def widgets(self, tenant_id: str) -> list[WidgetSettings]:
        """Return a company's own widgets."""
        facts = self._facts.get(tenant_id)
        return [] if facts is None else list(facts.settings.widgets.values())

    def known_origin(self, origin: str) -> bool:
        return any(
            origin in widget.origins
            for facts in self._facts.values()
            for widget in facts.settings.widgets.values()
        )
