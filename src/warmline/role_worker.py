"""`warmline worker`: timers, tasks, routing, presence, ledger and search index. Any number may run."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Mapping
from uuid import UUID

import uvloop

from warmline.backends import task_handlers_of
from warmline.config import Config
from warmline.core import Core, configure_logging
from warmline.domain.contact.commands import AnyCommand
from warmline.features.contacts.announcer import Announcer
from warmline.features.contacts.ledger import Ledger
from warmline.features.contacts.unsent import UnsentFiles
from warmline.features.customers.indexing import Indexer
from warmline.features.desk.alerts_watch import AlertWatch
from warmline.features.desk.presence import PresenceService
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.retention import Retention
from warmline.features.watch.unheard_retention import UnheardRetention
from warmline.ports.connector import TaskHandler
from warmline.runtime.garbage import calm_collector
from warmline.runtime.outbox import OutboxLane
from warmline.runtime.routers import Routers
from warmline.runtime.timers import TimerService

LOG = logging.getLogger(__name__)


def work(config: Config) -> int:
    """Run the worker until SIGTERM or SIGINT; return the exit code."""
    configure_logging(config.log_level)
    with contextlib.suppress(asyncio.CancelledError):
        uvloop.run(_work(config))
    return 0


async def _work(config: Config) -> None:
    loop = asyncio.get_running_loop()
    running = asyncio.current_task()
    assert running is not None  # noqa: S101 -- we are in a coroutine
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    async with await Core.open(config) as core:
        handlers = await task_handlers_of(core)
        await run_worker(core, handlers)


async def run_worker(core: Core, handlers: Mapping[str, TaskHandler]) -> None:
    """Run every duty of a worker until cancelled."""
    service = core.rooms.service
    presence = PresenceService(core.database, core.feed, service.command)

    async def fenced(tenant_id: str, contact_id: UUID, command: AnyCommand, epoch: int) -> object:
        return await service.command(tenant_id, contact_id, command, epoch=epoch)

    async def fallback(tenant_id: str) -> str | None:
        return (await core.rooms.facts.of(tenant_id)).policy(None).fallback_queue_id

    def staffing_changed(tenant_id: str, queue_id: str) -> None:
        if tenant_id in routers.leaders and routers.leaders[tenant_id].epoch is not None:  # one process tells them
            core.tasks.spawn("staffing", service.queue_changed(tenant_id, queue_id))

    routers = Routers(core.database, core.feed, fenced, presence.review, core.notifier.lane("router"))
    ledger = Ledger(core.database, core.feed, service.command, fallback=fallback, remind_router=routers.remind)
    announcer = Announcer(
        core.rooms.facts,
        core.rooms.store,
        service.command,
        lambda tenant_id: tenant_id in routers.leaders and routers.leaders[tenant_id].epoch is not None,
    )
    alerts = AlertWatch(
        core.database,
        core.feed.signal,
        lambda tenant_id: tenant_id in routers.leaders and routers.leaders[tenant_id].epoch is not None,
    )
    indexer = Indexer(core.database, core.keyring)
    recordings = Recordings(core.database, core.keyring, core.config.data_dir / "recordings")
    core.feed.on_signal("presence", routers.presence)
    core.feed.on_signal("settings", routers.settings)
    core.feed.on_signal("settings", announcer.changed)
    core.feed.on_signal("queues", alerts.queues_told)
    core.feed.on_reconnect.append(routers.missed_something)
    core.rooms.facts.on_staffing.append(staffing_changed)
    calm_collector()
    LOG.info("Worker is ready")
    async with asyncio.TaskGroup() as group:
        group.create_task(TimerService(core.database).run(service.timer_fired))
        group.create_task(core.rooms.task_runner(handlers).run(core.rooms.task_lane))
        group.create_task(OutboxLane("index", core.database, core.notifier).run(indexer.handle))
        group.create_task(routers.run())
        group.create_task(presence.run())
        group.create_task(announcer.run())
        group.create_task(alerts.run())
        group.create_task(ledger.run())
        group.create_task(UnsentFiles(core.database).run())
        group.create_task(Retention(recordings).run())
        group.create_task(UnheardRetention(core.database).run())
