"""`warmline voice`: SIP, call control, and the media workers below it. Any number may run, each with its ports."""

import asyncio
import contextlib
import logging
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvloop

from warmline.channels.voice.journal import Journal
from warmline.channels.voice.node import VoiceNode
from warmline.channels.voice.rooms import VoiceRooms
from warmline.channels.voice.words import platform_words
from warmline.config import Config
from warmline.core import Core, configure_logging
from warmline.domain.journey import formats
from warmline.features.contacts.calls import CHANNEL, HouseCalls
from warmline.features.contacts.calls_wire import serve_calls
from warmline.features.telephony.call_house import HouseCallRows, HouseGate, HousePlan
from warmline.features.telephony.directory import PlanDirectory
from warmline.features.telephony.number_plan import NumberPlan
from warmline.features.telephony.outbound import OutboundGate
from warmline.features.telephony.prompt_recordings_files import RecordingFiles
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.status import NodeFacts, voices_now
from warmline.features.telephony.transcripts import Transcripts
from warmline.features.telephony.transcripts_rows import TranscriptRows
from warmline.kernel.locale import LOCALES, Locale
from warmline.ports.calls import Dialled
from warmline.ports.telephone import Dialling
from warmline.role_voice_media import Engine, media_engine
from warmline.runtime.egress import Egress
from warmline.runtime.garbage import calm_collector
from warmline.speech.house import SpeechHouse
from warmline.speech.music import music_file
from warmline.speech.settings import SpeechParts, load
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Listen

LOG = logging.getLogger(__name__)


@dataclass
class VoiceRole:
    """The opened parts of a voice process."""

    node: VoiceNode
    rooms: VoiceRooms
    endpoint: Endpoint
    media: Engine
    plan: NumberPlan


def speak(config: Config) -> int:
    """Run a voice node until SIGTERM or SIGINT, then until its calls have ended; return the exit code."""
    configure_logging(config.log_level)
    with contextlib.suppress(asyncio.CancelledError):
        uvloop.run(_speak(config))
    return 0


async def _speak(config: Config) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    running = asyncio.current_task()
    assert running is not None  # noqa: S101 -- we are in a coroutine

    def asked() -> None:
        if stop.is_set():
            running.cancel()  # asked twice: at once
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked)
    async with await Core.open(config) as core, open_voice(core) as role:
        calm_collector()
        await stop.wait()
        await role.node.drain(config.voice_drain_s)


@asynccontextmanager
async def open_voice(core: Core) -> AsyncIterator[VoiceRole]:
    """Open a voice node on an opened core. Raises OSError when a port is taken, Refused without a media worker."""
    config, database = core.config, core.database
    folder = config.data_dir / "voice"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="warmline-media-") as sockets:  # short: their paths have a limit
        media = media_engine(config, core.tasks, Path(sockets))
        plan = NumberPlan(database, core.keyring)
        await plan.load()
        core.feed.on_signal("settings", lambda tenant_id, _: _reload(core, plan, tenant_id))
        core.feed.on_reconnect.append(lambda: _read_again(core, plan))
        settings = await asyncio.to_thread(load, config.data_dir / "speech.json")
        # The operator named this service in the settings; nothing else is reached from here.
        host = urlsplit(settings.endpoint.url).netloc if settings.endpoint is not None else ""
        egress = Egress(lambda _: frozenset({host} if host else ()))
        recorded = RecordingFiles(database, folder / "recorded-prompts")
        await asyncio.to_thread(recorded.tidy)
        core.feed.on_signal("settings", recorded.heard)
        core.feed.on_reconnect.append(recorded.forget)
        parts = SpeechParts(
            settings, config.data_dir / "speech", core.tasks, egress, egress.stream, recordings=recorded
        )
        for problem in parts.problems():
            LOG.warning("%s", problem)
        await parts.house.open()
        await media.start()
        endpoint = Endpoint(
            _listens(config), PlanDirectory(lambda: plan.current), _gate, core.tasks, _report,
            advertised_host=config.voice_public_address or None,
        )  # fmt: skip
        rooms = await _rooms(core, media, endpoint, parts, plan)
        rooms.ears = Path(sockets)
        node = VoiceNode(rooms, lambda: _look(core))
        rooms.tell_agents = serve_calls(core.feed, core.tasks, rooms.node_id, node.has, node.heard)
        core.tasks.spawn("voice.warm", _warm(parts.house))
        await endpoint.start()
        node.start()
        transcripts = _transcripts(core, rooms, parts)
        writing = None if transcripts is None else core.tasks.spawn("voice.transcripts", transcripts.run())
        try:
            yield VoiceRole(node, rooms, endpoint, media, plan)
        finally:
            await endpoint.close()
            await media.shut_down()
            if writing is not None:  # before its engine: it would start another
                writing.cancel()
                await asyncio.wait([writing])
            await parts.close()
            await egress.close()
            with contextlib.suppress(Exception):
                await rooms.rows.leave(rooms.node_id)


async def _rooms(
    core: Core, media: Engine, endpoint: Endpoint, parts: SpeechParts, plan: NumberPlan
) -> VoiceRooms:
    config, database, rooms = core.config, core.database, core.rooms
    contacts = HouseCalls(
        rooms.service, core.feed, rooms.uploads,
        facts=rooms.facts, store=rooms.store, database=database, keyring=core.keyring,
    )  # fmt: skip

    def fallback(tenant_id: str) -> Dialled:
        """Companies without a number of their own: calls from pages follow the first journey of their widgets."""
        for tenant in rooms.facts.known():
            facts = rooms.facts.ready(tenant_id)
            if tenant == tenant_id and facts is not None:
                for widget in facts.settings.widgets.values():
                    return Dialled(tenant_id, widget.journey_id, "ko")
        return Dialled(tenant_id, "front", "ko")

    def own_words(tenant_id: str, key: str, locale: Locale) -> str | None:
        facts = rooms.facts.ready(tenant_id)
        return None if facts is None else facts.prompt(key, locale, CHANNEL)

    directory = PlanDirectory(lambda: plan.current)

    def known() -> NodeFacts:
        lines = {one.id: "up" if endpoint.trunks.is_up(one.id) else "down" for one in directory.trunks()}
        return NodeFacts(lines, media.workers_up, voices_now(parts.house.voices), endpoint.line_use.here())

    return VoiceRooms(
        node_id=f"{config.voice_host}:{config.sip_port}-{secrets.token_hex(4)}",
        media=media,
        telephone=endpoint,
        speech=parts.house,
        recogniser=parts.recogniser,
        contacts=contacts,
        plan=HousePlan(lambda: plan.current, fallback),
        rows=HouseCallRows(database, known, endpoint.line_use.told),
        recordings=Recordings(database, core.keyring, config.data_dir / "recordings"),
        gate=HouseGate(OutboundGate(database)),
        journal=Journal(config.data_dir / "voice" / "promises.jsonl"),
        tell_agents=lambda tenant_id, message: None,
        tasks=core.tasks,
        own_words=own_words,
        music=await asyncio.to_thread(music_file, config.data_dir / "voice" / "music"),
    )


def _transcripts(core: Core, rooms: VoiceRooms, parts: SpeechParts) -> Transcripts | None:
    """Return what writes recordings down, where there is a recogniser: it is here, not in the worker."""
    if parts.patient_recogniser is None:
        return None
    return Transcripts(
        TranscriptRows(core.database),
        Recordings(core.database, core.keyring, core.config.data_dir / "recordings"),
        parts.patient_recogniser,
        core.rooms.service.command,
        busy=lambda: bool(rooms.listening),
        rest=parts.rest,
    )


def _listens(config: Config) -> tuple[Listen, ...]:
    host = config.voice_host
    found = [Listen("udp", host, config.sip_port), Listen("tcp", host, config.sip_port)]
    if config.sips_port:
        found.append(Listen("tls", host, config.sips_port, config.sips_certificate, config.sips_key))
    return tuple(found)


async def _gate(wish: Dialling) -> Dialling:
    """Let pass what call control dials: it has asked the company's own gate before."""
    return wish


def _report(name: str, text: str) -> None:
    LOG.warning("%s: %s", name, text)


def _reload(core: Core, plan: NumberPlan, tenant_id: str) -> None:
    async def reload() -> None:
        await plan.reload(tenant_id)

    core.tasks.spawn("voice.plan", reload())


def _read_again(core: Core, plan: NumberPlan) -> None:
    """Settings may have changed while nothing was heard."""

    async def load() -> None:
        await plan.load()

    core.tasks.spawn("voice.plan", load())


async def _look(core: Core) -> None:
    async with core.database.system() as conn:
        await conn.fetchval("SELECT 1")


async def _warm(speech: SpeechHouse) -> None:
    """Have what is said without the database rendered, and dates and times loaded, before they are needed."""
    await asyncio.to_thread(formats.load)
    problems = await speech.warm(
        [(texts[locale], locale) for texts in platform_words().values() for locale in LOCALES]
    )
    for problem in problems:
        LOG.warning("Calls cannot be spoken to: %s", problem)
