"""Agents walk guides beside their contacts: begin one, fill in its cards, go back, come to its end."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.commands import AnyCommand, Decision, NameReason, RecordGuide
from warmline.domain.contact.events import DataCollected
from warmline.domain.contact.model import Contact
from warmline.domain.journey.cards import GUIDE
from warmline.domain.journey.document import Journey
from warmline.domain.journey.interface import (
    Facts,
    LocaleSwitched,
    Said,
    Started,
)
from warmline.domain.journey.machine import advance, begin
from warmline.features.contacts.facts import TenantFacts
from warmline.features.guides import store
from warmline.features.guides.play import Player, Report, Way
from warmline.features.guides.state import (
    CLOSED,
    GuideState,
    Moment,
    answered,
    decode,
    encode,
    outcome_of,
    serves,
    shown,
    went_back,
    went_on,
)
from warmline.features.guides.store import Row, Step
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.ports.chat import Told
from warmline.ports.connector import TaskHandler
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

MOST_OPEN = 5  # guides of one contact
TAKEN = timedelta(minutes=2)  # what backends are given; a process that died is waited for as long

NEWER = declare(
    "guides.newer",
    409,
    "This guide went on after you opened it.",
    "Look at it as it is now, then go on.",
)
OVER = declare("guides.over", 409, "This guide has come to its end.", "Begin it anew if there is more to do.")
TOO_MANY_OPEN = declare(
    "guides.too_many_open",
    409,
    "{most} guides are open for this contact already.",
    "Finish or close one of them first.",
)

Changed = Callable[[str, UUID, dict[str, object]], None]


class Guide(Struct, frozen=True):
    """A guide of a contact as its agent sees it."""

    row: Row
    title: str
    state: GuideState


class Offered(Struct, frozen=True):
    """A published guide. `suggested`: it is made for the contact's reason."""

    journey_id: str
    title: str
    suggested: bool


class Guides:
    """The guides of all contacts."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        facts: Callable[[str], Awaitable[TenantFacts]],
        load: Callable[[str, UUID], Awaitable[Contact]],
        history: Callable[[str, UUID, int], Awaitable[Sequence[Told]]],
        command: Callable[[str, UUID, AnyCommand], Awaitable[Decision]],
        changed: Changed,
        tasks: Mapping[str, TaskHandler],
        report: Report,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._facts = facts
        self._load = load
        self._history = history
        self._command = command
        self._changed = changed
        self._player = Player(tasks, report, now)
        self._now = now

    async def of_contact(self, agent: AgentIdentity, contact_id: UUID) -> tuple[list[Offered], list[Guide]]:
        """Return the guides there are for a contact, suggested ones first, and those begun, newest first."""
        contact = await self._load(agent.tenant_id, contact_id)
        facts = await self._facts(agent.tenant_id)
        async with self._database.tenant(agent.tenant_id) as conn:
            rows = await store.of_contact(conn, agent.tenant_id, contact_id)
        sealed = [(row.state, _context(row.id)) for row in rows]
        plain = await self._keyring.decrypt_many(agent.tenant_id, sealed)
        begun = [
            Guide(row, _title(facts, row, agent.locale), self._told_in(agent.locale, facts, row, decode(state)))
            for row, state in zip(rows, plain, strict=True)
            if state is not None
        ]
        return _offered(facts, contact, agent.locale), begun

    async def start(self, agent: AgentIdentity, contact_id: UUID, journey_id: str) -> Guide:
        """Begin a guide beside a contact, with what is known of it. Raises Refused."""
        tenant_id = agent.tenant_id
        contact = await self._load(tenant_id, contact_id)
        facts = await self._facts(tenant_id)
        journey, version = facts.published(journey_id, "guide")
        async with self._database.tenant(tenant_id) as conn:
            rows = await store.of_contact(conn, tenant_id, contact_id)
        if sum(row.ended_at is None for row in rows) >= MOST_OPEN:
            raise Refused(TOO_MANY_OPEN, most=MOST_OPEN)
        guide_id, now = new_id(), self._now()
        given = await self._known(contact, journey)
        # Task ids are unique within a contact, and a guide may be walked again.
        session = replace(
            begin(journey_id, version, agent.locale, given), task_count=guide_id.int % 1_000_000_000 * 1_000
        )
        way = await self._player.play(tenant_id, contact_id, session, Started(), facts)
        state = GuideState((Moment(way.session, shown(way.commands)),), outcome_of(way.commands))
        row = Row(
            guide_id, contact_id, journey_id, version, 1, await self._sealed(contact, guide_id, state),
            agent.agent_id, now, agent.agent_id, now, now if state.outcome else None, state.outcome,
        )  # fmt: skip
        guide = Guide(row, _title(facts, row, agent.locale), state)
        await self._write_down(agent, guide, way)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.insert(conn, tenant_id, row)
            await store.add_step(conn, tenant_id, row, Step("started", way.entered, agent.agent_id, now))
        self._announce(tenant_id, row)
        return guide

    async def answer(
        self,
        agent: AgentIdentity,
        contact_id: UUID,
        guide_id: UUID,
        revision: int,
        button: str | None,
        entries: dict[str, str],
    ) -> Guide:
        """Send the open card. Raises Refused, `guides.newer` when a colleague was faster.

        The guide is taken before a backend does anything: of two desks with one card only one pays.
        """
        contact, guide, facts = await self._open(agent, contact_id, guide_id, revision)
        before = guide.state.now
        async with self._taken(agent.tenant_id, guide.row):
            event = Said("", button, entries)
            way = await self._player.play(agent.tenant_id, contact_id, before.session, event, facts)
            filled = tuple(answered(before.shown, button, entries))
            state = went_on(guide.state, way.session, way.commands, filled, worked=way.worked)
            return await self._save(agent, contact, guide, state, "answered", way)

    async def back(self, agent: AgentIdentity, contact_id: UUID, guide_id: UUID, revision: int) -> Guide:
        """Go back to the card before; what a backend did since cannot be taken back, so there the way ends."""
        contact, guide, _ = await self._open(agent, contact_id, guide_id, revision)
        async with self._taken(agent.tenant_id, guide.row):
            return await self._save(agent, contact, guide, went_back(guide.state), "back")

    async def close(self, agent: AgentIdentity, contact_id: UUID, guide_id: UUID, revision: int) -> Guide:
        """Put a guide away before its end; what was filled in so far is written down."""
        contact, guide, _ = await self._open(agent, contact_id, guide_id, revision)
        async with self._taken(agent.tenant_id, guide.row):
            return await self._save(agent, contact, guide, replace(guide.state, outcome=CLOSED), "closed")

    # --- inside ----------------------------------------------------------------------------------

    @asynccontextmanager
    async def _taken(self, tenant_id: str, row: Row) -> AsyncIterator[None]:
        """Have the guide to oneself. A process that dies meanwhile keeps others from it for `TAKEN`."""
        now = self._now()
        async with self._database.tenant(tenant_id) as conn:
            if not await store.take(conn, tenant_id, row, now, now + TAKEN):
                raise Refused(NEWER)
        try:
            yield
        except BaseException:
            async with self._database.tenant(tenant_id) as conn:
                await store.release(conn, tenant_id, row)
            raise

    async def _open(
        self, agent: AgentIdentity, contact_id: UUID, guide_id: UUID, revision: int
    ) -> tuple[Contact, Guide, TenantFacts]:
        contact = await self._load(agent.tenant_id, contact_id)
        facts = await self._facts(agent.tenant_id)
        async with self._database.tenant(agent.tenant_id) as conn:
            row = await store.one(conn, agent.tenant_id, contact_id, guide_id)
        if row is None:
            raise Refused(NOT_FOUND, what="guide")
        if row.ended_at is not None:
            raise Refused(OVER)
        if row.revision != revision:
            raise Refused(NEWER)
        (plain,) = await self._keyring.decrypt_many(agent.tenant_id, [(row.state, _context(row.id))])
        if plain is None:
            raise Refused(NOT_FOUND, what="guide")
        state = self._told_in(agent.locale, facts, row, decode(plain))
        return contact, Guide(row, _title(facts, row, agent.locale), state), facts

    async def _save(
        self, agent: AgentIdentity, contact: Contact, before: Guide, state: GuideState, kind: str,
        way: Way | None = None,
    ) -> Guide:  # fmt: skip
        """Keep a guide that was taken, and tell the contact what came of it; no connection is held meanwhile."""
        now = self._now()
        row = replace(
            before.row,
            revision=before.row.revision + 1,
            state=await self._sealed(contact, before.row.id, state),
            updated_by=agent.agent_id,
            updated_at=now,
            ended_at=now if state.outcome is not None else None,
            outcome=state.outcome,
        )
        guide = Guide(row, before.title, state)
        await self._write_down(agent, guide, way)
        async with self._database.tenant(agent.tenant_id) as conn, conn.transaction():
            if not await store.update(conn, agent.tenant_id, row, taken=True):
                raise Refused(NEWER)
            entered = () if way is None else way.entered
            await store.add_step(conn, agent.tenant_id, row, Step(kind, entered, agent.agent_id, now))
        self._announce(agent.tenant_id, row)
        return guide

    async def _write_down(self, agent: AgentIdentity, guide: Guide, way: Way | None) -> None:
        """Give the contact the reason a guide named, and put what came of an ended one on its timeline.

        Before the guide itself is kept: if this fails, nothing has ended, and told twice it counts once.
        """
        row, state = guide.row, guide.state
        if way is not None and way.reason is not None:
            reason = NameReason(agent.agent_id, row.id, way.reason)
            await self._command(agent.tenant_id, row.contact_id, reason)
        if state.outcome is not None:
            await self._command(
                agent.tenant_id,
                row.contact_id,
                RecordGuide(
                    agent.agent_id, agent.name, row.id, row.journey_id, row.version, guide.title, state.outcome,
                    state.now.filled,
                ),
            )  # fmt: skip

    def _announce(self, tenant_id: str, row: Row) -> None:
        """Tell the desks that follow the contact that a guide went on; they read it in their own language."""
        message: dict[str, object] = {"t": "guide", "guide": str(row.id), "revision": row.revision}
        self._changed(tenant_id, row.contact_id, message)

    async def _sealed(self, contact: Contact, guide_id: UUID, state: GuideState) -> bytes:
        await self._keyring.warm_customers(contact.tenant_id, [contact.customer_id], create=True)
        key_id = self._keyring.key_of(contact.tenant_id, contact.customer_id)
        return self._keyring.encrypt(contact.tenant_id, key_id, encode(state), _context(guide_id))

    async def _known(self, contact: Contact, journey: Journey) -> dict[str, object]:
        """Return what a guide is begun with: of all that is known, what it declares as its parameters."""
        known: dict[str, object] = dict(contact.attributes)
        for told in await self._history(contact.tenant_id, contact.id, 0):
            if isinstance(told.event, DataCollected):
                known[told.event.name] = told.event.value
        known |= {"reason": contact.intent or "", "channel": contact.channel}
        return {name: known.get(name, "") for name in journey.parameters}

    def _told_in(self, locale: Locale, facts: Facts, row: Row, state: GuideState) -> GuideState:
        """Return the guide with its open card in this agent's language: the colleague's may have been another."""
        moment = state.now
        if row.ended_at is not None or moment.session.locale == locale:
            return state
        outcome = advance(moment.session, LocaleSwitched(locale), facts, self._now(), channel=GUIDE)
        seen = shown(outcome.commands)
        return replace(state, moments=(*state.moments[:-1], replace(moment, session=outcome.session, shown=seen)))


def _context(guide_id: UUID) -> str:
    return f"guide|{guide_id}"


def _offered(facts: TenantFacts, contact: Contact, locale: Locale) -> list[Offered]:
    found: list[Offered] = []
    for journey_id in facts.settings.published:
        journey, _ = facts.journey(journey_id, None)
        if journey.kind == "guide":
            title = facts.prompt(journey.title, locale, GUIDE) or journey_id
            found.append(Offered(journey_id, title, serves(journey, contact.intent)))
    return sorted(found, key=lambda one: (not one.suggested, one.title))


def _title(facts: TenantFacts, row: Row, locale: Locale) -> str:
    try:
        journey, _ = facts.journey(row.journey_id, row.version)
    except KeyError:
        return row.journey_id
    return facts.prompt(journey.title, locale, GUIDE) or row.journey_id
