"""Put the desk's rooms together; `app.py` and the tests build them the same way."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from warmline.features.contacts.announce import SIGNAL
from warmline.features.contacts.assembly import ContactRooms
from warmline.features.contacts.calls_wire import SignalWire
from warmline.features.desk import presence_store
from warmline.features.desk.board_alerts import SIGNAL as ALERTS
from warmline.features.desk.board_alerts import BoardAlerts
from warmline.features.desk.hub import BoardSource, DeskHub, PresenceSource
from warmline.features.desk.interventions import Interventions
from warmline.features.desk.me import Colleague, Work, emergencies_of, takes_contacts_of, work_of
from warmline.features.desk.names import CustomerNames, FetchNames
from warmline.features.desk.picking import Picking
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.clock import utc_now
from warmline.runtime.feed import Feed


def desk_hub(
    rooms: ContactRooms,
    feed: Feed,
    presence: PresenceSource,
    board: BoardSource,
    names: FetchNames,
    tasks: TaskRegistry,
    report: Callable[[str, BaseException], None],
    wire: SignalWire | None = None,
) -> DeskHub:
    """Build the hub and connect it to the signals `desk`, `presence`, `settings` and `alerts`."""

    alerts = BoardAlerts(rooms.database)

    async def queue_names(tenant_id: str) -> Sequence[Mapping[str, object]]:
        facts = await rooms.facts.of(tenant_id)
        return [{"id": queue.id, "name": queue.name} for queue in facts.settings.queues.values()]

    async def pause_reasons(tenant_id: str) -> Sequence[Mapping[str, object]]:
        async with rooms.database.tenant(tenant_id) as conn:
            return await presence_store.pause_reasons(conn, tenant_id)

    async def work(tenant_id: str, agent_id: UUID) -> Work:
        facts = await rooms.facts.of(tenant_id)
        emergencies = emergencies_of(facts.settings.announcements, utc_now())
        raised = await alerts.of_leader(tenant_id, agent_id)
        return replace(await work_of(rooms.database, tenant_id, agent_id), emergencies=emergencies, alerts=raised)

    async def takes_contacts(tenant_id: str, agent_id: UUID) -> Colleague | None:
        return await takes_contacts_of(rooms.database, tenant_id, agent_id)

    hub = DeskHub(
        contacts=rooms.chat,
        of_agent=rooms.store.of_agent,
        queue_names=queue_names,
        pause_reasons=pause_reasons,
        work_of=work,
        place_of=rooms.facts.place,
        takes_contacts=takes_contacts,
        names=CustomerNames(names),
        picking=Picking(rooms.database),
        interventions=Interventions(rooms.database),
        presence=presence,
        board=board,
        tasks=tasks,
        report=report,
        calls=wire,
    )
    if wire is not None:
        wire.on_frame.append(hub.on_frame)
    feed.on_signal(SIGNAL, hub.on_signal)

    def settings_told(tenant_id: str, payload: str) -> None:
        if payload == "announcement":
            hub.on_announced(tenant_id)

    feed.on_signal("settings", settings_told)
    feed.on_signal(ALERTS, lambda tenant_id, _: hub.on_announced(tenant_id))

    def presence_told(tenant_id: str, payload: str) -> None:
        hub.on_presence(tenant_id, UUID(hex=msgspec.json.decode(payload)["agent"]))

    feed.on_signal("presence", presence_told)
    return hub
