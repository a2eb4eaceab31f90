"""Put the rooms of contacts together; `app.py` and the tests build them the same way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from warmline.features.contacts.announce import announce
from warmline.features.contacts.callbacks import promise_task, settle_task
from warmline.features.contacts.case_links import CaseLinks
from warmline.features.contacts.chat import HouseChat, contradict
from warmline.features.contacts.facts import FactsHouse
from warmline.features.contacts.places import Places
from warmline.features.contacts.service import ContactService
from warmline.features.contacts.settings_store import SettingsStore, platform_prompts
from warmline.features.contacts.store import ContactStore
from warmline.features.contacts.tasks import BATCH, LANE, LEASE_S, TaskRunner
from warmline.features.contacts.uploads import Uploads
from warmline.features.contacts.visitors import Visitors
from warmline.features.contacts.visits import Visits
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.connector import TaskHandler
from warmline.runtime.committer import Committer
from warmline.runtime.database import Database
from warmline.runtime.feed import Feed
from warmline.runtime.keyring import Keyring
from warmline.runtime.notifier import Notifier
from warmline.runtime.outbox import OutboxLane

Report = Callable[[str, BaseException], None]


@dataclass(frozen=True)
class ContactRooms:
    """Everything about contacts in one process."""

    database: Database
    keyring: Keyring
    notifier: Notifier
    facts: FactsHouse
    service: ContactService
    store: ContactStore
    uploads: Uploads
    visitors: Visitors
    visits: Visits
    chat: HouseChat
    report: Report

    async def warm(self) -> None:
        """Load every tenant's settings; do it before sockets are accepted."""
        await self.facts.warm(await self.database.tenants())

    def case_links(self, base_url: str) -> CaseLinks:
        """Return the links that open cases in chat, as addresses below `base_url`."""
        return CaseLinks(self.keyring, self.visitors, self.service.load, self.facts.widgets, base_url)

    def task_runner(self, registry: Mapping[str, TaskHandler]) -> TaskRunner:
        """Return the worker of journeys' tasks; tasks of contacts themselves are added."""
        own = {
            "callbacks.promise": promise_task(self.database, self.keyring),
            "callbacks.settle": settle_task(self.database),
        }
        return TaskRunner(self.service, self.keyring, {**own, **registry}, self.report)

    def task_lane(self) -> OutboxLane:
        """Return one worker's view of the task lane, for `TaskRunner.run`."""
        return OutboxLane(LANE, self.database, self.notifier, batch=BATCH, lease_s=LEASE_S)


def contact_rooms(
    database: Database,
    keyring: Keyring,
    committer: Committer,
    feed: Feed,
    notifier: Notifier,
    tasks: TaskRegistry,
    report: Report,
) -> ContactRooms:
    """Build the rooms and connect them to the feed's signals `settings` and `queues`."""
    facts = FactsHouse(SettingsStore(database, platform_prompts()), tasks)
    store = ContactStore(database)
    service = ContactService(committer, facts, store)
    uploads = Uploads(database, keyring)
    visitors = Visitors(database, keyring)
    visits = Visits(service.command, tasks, report)
    places = Places(facts.place)
    chat = HouseChat(service, feed, uploads, facts=facts, visitors=visitors, visits=visits, places=places)
    feed.on_signal("settings", facts.settings_changed)
    feed.on_signal("queues", facts.queues_told)
    feed.on_reconnect.append(facts.all_changed)
    facts.on_queues.append(places.changed)
    committer.on_committed.append(contradict(visits))
    committer.on_committed.append(announce(feed.tell))
    return ContactRooms(
        database, keyring, notifier, facts, service, store, uploads, visitors, visits, chat, report
    )
