"""The web role's application: every route, and the sockets beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from fastapi import FastAPI

from warmline import __version__
from warmline.backends import guide_tasks, tasks_of_companies
from warmline.channels.webchat.origins import allow_origin
from warmline.channels.webchat.session import WidgetSession
from warmline.core import Core, report
from warmline.domain.journey.checker import check
from warmline.features.admin.api import router as admin_router
from warmline.features.contacts.api import router as uploads_router
from warmline.features.contacts.api import widget_router
from warmline.features.contacts.calls_wire import SignalWire
from warmline.features.contacts.case_links_api import case_router
from warmline.features.contacts.ledger import Ledger
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.customers.api import router as customers_router
from warmline.features.customers.service import Customers
from warmline.features.demo import api as demo
from warmline.features.demo import phone
from warmline.features.demo.switch import PauseSwitch
from warmline.features.designer.cases import Cases
from warmline.features.designer.cases_api import cases_router
from warmline.features.designer.drafts import Drafts
from warmline.features.designer.drafts_api import drafts_router
from warmline.features.designer.from_contact import FromContact
from warmline.features.designer.from_contact_api import from_contact_router
from warmline.features.designer.simulator import Libraries, Simulator
from warmline.features.designer.simulator_api import simulator_router
from warmline.features.designer.suites import Suites
from warmline.features.designer.versions import Versions
from warmline.features.designer.versions_api import versions_router
from warmline.features.desk.api import router as contacts_router
from warmline.features.desk.assembly import desk_hub
from warmline.features.desk.board import BoardService
from warmline.features.desk.board_api import router as board_router
from warmline.features.desk.cards import CardCustomer
from warmline.features.desk.colleagues_api import router as colleagues_router
from warmline.features.desk.hub import DeskHub
from warmline.features.desk.names import CustomerNames
from warmline.features.desk.presence import PresenceService
from warmline.features.desk.routing_preview import RoutingPreview
from warmline.features.desk.routing_preview_api import router as routing_preview_router
from warmline.features.desk.socket import DeskSession, allow_own_origin
from warmline.features.desk.vouched import VouchedDesk
from warmline.features.experiments.api import router as experiments_router
from warmline.features.experiments.service import Experiments
from warmline.features.guides.api import guides_router
from warmline.features.guides.service import Guides
from warmline.features.health.api import router as health_router
from warmline.features.help.api import STYLE_VERSION, pages_router
from warmline.features.help.api import figures_router as help_figures_router
from warmline.features.help.counts import Counts
from warmline.features.help.service import HelpPages
from warmline.features.journeys.api import router as journeys_router
from warmline.features.journeys.names_api import router as names_router
from warmline.features.journeys.proof import Proof
from warmline.features.journeys.service import Journeys
from warmline.features.messages.api import router as messages_router
from warmline.features.messages.service import Messages
from warmline.features.reasons.api import router as reasons_router
from warmline.features.reasons.service import Reasons
from warmline.features.reports.api import router as reports_router
from warmline.features.security.api import install
from warmline.features.security.api import router as security_router
from warmline.features.security.service import Security, SessionPolicy
from warmline.features.staffing.api import router as staffing_router
from warmline.features.staffing.presence import Presences
from warmline.features.staffing.rooms import staffing_rooms
from warmline.features.telephony.api import router as telephony_router
from warmline.features.telephony.call_house import HouseCallRows
from warmline.features.telephony.promised import PromisedCalls
from warmline.features.telephony.prompt_recordings import PromptRecordings
from warmline.features.telephony.prompt_recordings_api import router as prompt_recordings_router
from warmline.features.telephony.prompt_recordings_voice import ListeningRoom
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.status import phone_server
from warmline.features.twin.api import router as twin_router
from warmline.features.watch.api import router as watch_router
from warmline.features.watch.unheard_api import router as unheard_router
from warmline.pages import mount_pages
from warmline.ports.socket import Route
from warmline.runtime.revision import current_revision, head_revision
from warmline.runtime.sockets import SocketServer

DEMO_TENANT = "onda"
TITLE = "Warmline"


@dataclass
class Web:
    """The built web role."""

    app: FastAPI
    sockets: SocketServer
    hub: DeskHub
    presence: PresenceService
    boards: BoardService
    security: Security


def build_web(core: Core) -> Web:
    """Put the web role together on an opened core."""
    config, database, feed, rooms = core.config, core.database, core.feed, core.rooms
    security = Security(database, origins=config.origins, policy=SessionPolicy(secure_cookies=config.https))
    customers = Customers(database, core.keyring)

    async def names(tenant_id: str, ids: list[UUID]) -> Mapping[UUID, CardCustomer]:
        found = await customers.names(tenant_id, ids)
        return {id: CardCustomer(one.id, one.name, one.known) for id, one in found.items()}

    presence = PresenceService(database, feed, rooms.service.command)
    board_names = CustomerNames(names)
    boards = BoardService(database, board_names, plan=Presences(database))
    ledger = Ledger(database, feed, rooms.service.command)
    feed.on_signal("queues", boards.queues_told)
    feed.on_signal("ledger", boards.ledger_told)
    feed.on_signal("ledger", ledger.heard)
    wire = SignalWire(feed, HouseCallRows(database).takers)
    rooms.chat.wire = wire
    core.committer.on_committed.append(PromisedCalls(database, wire, core.tasks).committed)
    hub = desk_hub(rooms, feed, presence, boards, names, core.tasks, report, wire)

    def renamed(tenant_id: str, payload: str) -> None:
        for names_known in (hub.names, board_names):
            names_known.forget(tenant_id, UUID(payload))

    feed.on_signal("customer", renamed)
    feed.on_signal("messages", lambda tenant_id, _: hub.on_messages(tenant_id))
    chat = rooms.chat
    sockets = SocketServer(
        [
            Route("/ws/widget", allow_origin(chat), lambda o, w: WidgetSession(chat, core.tasks, report, o, w)),
            Route(
                "/ws/desk",
                allow_own_origin(frozenset(config.origins)),
                lambda o, w: VouchedDesk(
                    DeskSession(hub, security.authenticate, o, w), security.authenticate, core.tasks, o, w
                ),
            ),
        ],
        core.tasks,
        per_address_s=None if config.demo else 20,  # the demo's people all come from this machine
        trust_forwarded=config.trust_forwarded,
    )
    app = _application(core)
    install(app, security, https=config.https)
    _mount(app, core, hub, boards, ledger, security, sockets)
    return Web(app, sockets, hub, presence, boards, security)


def create_app(core: Core) -> FastAPI:
    """Return the HTTP application alone, for tests and for the OpenAPI document."""
    return build_web(core).app


def _application(core: Core) -> FastAPI:
    return FastAPI(
        title=TITLE,
        version=__version__,
        summary="Omnichannel contact center",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )


def _mount(
    app: FastAPI,
    core: Core,
    hub: DeskHub,
    boards: BoardService,
    ledger: Ledger,
    security: Security,
    sockets: SocketServer,
) -> None:
    config, database, rooms = core.config, core.database, core.rooms
    tasks = tasks_of_companies(config)
    libraries, cases = Libraries(database, platform_prompts(), tasks), Cases(database)
    suites = Suites(libraries, cases)
    recordings = Recordings(database, core.keyring, config.data_dir / "recordings")
    messages = Messages(database, hub.picking.queues, rooms.service.command)
    proof = Proof(check, platform_prompts(), tasks)
    journeys = Journeys(database, check, platform_prompts(), tasks, core.feed.signal, rehearse=suites.gate)

    for part in (
        security_router(database),
        contacts_router(rooms.store, hub),
        uploads_router(rooms.uploads),
        customers_router(database, core.keyring, core.feed.signal),
        admin_router(database, security.passwords, core.feed.signal),
        names_router(database, tasks, platform_prompts()),
        journeys_router(journeys),
        drafts_router(Drafts(database, journeys)),
        versions_router(Versions(database, journeys, libraries)),
        simulator_router(libraries, Simulator(libraries)),
        cases_router(libraries, cases, suites),
        from_contact_router(FromContact(core.feed.history, libraries, cases)),
        reasons_router(Reasons(database, proof, tasks, core.feed.signal)),
        experiments_router(Experiments(database, journeys, core.feed.signal)),
        guides_router(
            Guides(
                database,
                core.keyring,
                rooms.facts.of,
                rooms.service.load,
                rooms.chat.history,
                rooms.service.command,
                rooms.chat.pass_on,
                guide_tasks(config),
                report,
            )
        ),
        colleagues_router(database),
        reports_router(database),
        watch_router(database, core.pulse),
        unheard_router(database, core.keyring),
        help_figures_router(database),
        telephony_router(
            database,
            core.keyring,
            recordings,
            messages.heard,
            phones_register_at=phone_server(
                config.voice_host, config.voice_public_address, config.sip_port, config.base_url
            ),
        ),
        messages_router(messages, recordings, hub.names, core.committer.load_many),
        prompt_recordings_router(
            PromptRecordings(database, core.feed.signal),
            ListeningRoom(config.data_dir / "speech.json", config.data_dir / "voice" / "listening", core.tasks),
            journeys.prompts,
        ),
        twin_router(database, core.tasks),
        staffing_router(staffing_rooms(database, core.tasks, config.base_url)),
        board_router(boards, ledger, core.feed.signal),
        routing_preview_router(RoutingPreview(database), rooms.facts),
    ):
        app.include_router(part, prefix="/api")
    app.include_router(case_router(rooms.case_links(config.base_url)), prefix="/widget")
    app.include_router(widget_router(rooms.uploads, rooms.visitors, rooms.facts.upload_limit), prefix="/widget")
    counts = Counts(database, core.tasks)
    help_pages = HelpPages(
        database, core.keyring, rooms.facts, counts, config.base_url, report, version=STYLE_VERSION
    )
    app.include_router(pages_router(help_pages, config.origins))
    switch = PauseSwitch(config.data_dir) if config.demo else None
    app.include_router(demo.state_router(switch, simulation=config.simulation), prefix="/api")
    if switch is not None:
        app.include_router(demo.router(DEMO_TENANT, switch), prefix="/api")
        app.include_router(demo.public_router(switch))
        app.include_router(phone.router(f"http://127.0.0.1:{config.demo_commerce_port}"))

    async def ready() -> str:
        try:
            revision = await current_revision(config.database_url)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return "The database does not answer."
        if revision != head_revision():
            return "The database is not at this version's schema. Run: warmline migrate"
        return "" if core.feed.listening.is_set() else "Not listening to the database yet."

    async def gauges() -> Mapping[str, tuple[str, Mapping[str, float]]]:
        return {
            "warmline_sockets": ("Open sockets of this process.", {"": float(len(sockets))}),
            "warmline_commands_waiting": (
                "Contact commands not committed yet.",
                {"": float(core.committer.waiting)},
            ),
            **ledger_gauges(ledger),
        }

    app.include_router(health_router(ready, gauges))

    def frame_ancestors(key: str) -> tuple[str, ...]:
        widget = rooms.facts.widget(key)
        return (*widget.origins, *config.origins) if widget is not None else ()

    mount_pages(app, frame_ancestors, demo=config.demo)


def ledger_gauges(ledger: Ledger) -> dict[str, tuple[str, Mapping[str, float]]]:
    """Return the newest look of the ledger at every tenant as gauges."""
    reports = ledger.reports
    accounted: dict[str, float] = {}
    for tenant_id, one in reports.items():
        for name in one.counts.__struct_fields__:
            value = getattr(one.counts, name)
            if isinstance(value, int):
                accounted[f'tenant="{tenant_id}",state="{name}"'] = float(value)
    repaired = {f'tenant="{tenant_id}"': float(one.repaired) for tenant_id, one in reports.items()}
    return {
        "warmline_contacts": ("Open contacts by what accounts for them; orphans must be 0.", accounted),
        "warmline_ledger_repaired": ("Contacts the ledger's last look put right.", repaired),
    }
