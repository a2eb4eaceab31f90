"""Many commands on one contact become one row: run them in order, then collect what must be written."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec.structs import replace

from warmline.domain.contact import events as e
from warmline.domain.contact.commands import ClearTimer, Decision, SetTimer, StartTask
from warmline.domain.contact.events import AnyEvent
from warmline.domain.contact.model import Contact, ContactStatus, Offer
from warmline.domain.contact.passages import Passage, Unheard
from warmline.runtime import contact_rows
from warmline.runtime.contact_rows import Cold
from warmline.runtime.event_codec import StoredEvent, dedupe_key, encode_event, kind_of
from warmline.runtime.keyring import Keyring

Run = Callable[[Contact | None, datetime], Decision]
Rows = dict[str, list[tuple[Any, ...]]]
SEARCHABLE = frozenset({e.MessageSent, e.NoteAdded, e.ContactWrappedUp})  # their text goes to lane `index`


class BrokenDecision(Exception):
    """A machine broke the rules of decisions: a bug, never the customer's doing."""


@dataclass(slots=True)
class Pending:
    """A command that waits for its commit."""

    tenant_id: str
    contact_id: UUID
    run: Run
    epoch: int | None
    done: "asyncio.Future[Decision]"
    attempts: int = 0

    def resolve(self, outcome: "Decision | BaseException") -> None:
        """Answer the caller, unless it has given up."""
        if self.done.done():
            return
        if isinstance(outcome, BaseException):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


@dataclass(slots=True)
class Known:
    """A contact as this process knows it to be stored."""

    contact: Contact
    cold: Cold


@dataclass(slots=True)
class Fold:
    """One contact in one batch: what it was, what it becomes, and who waits for it."""

    tenant_id: str
    contact_id: UUID
    before: Known | None
    fresh: bool  # `before` was read in this very batch
    items: list[Pending]
    later: list[Pending] = field(default_factory=list)
    outcomes: list[Decision | BaseException] = field(default_factory=list)
    after: Contact | None = None
    cold: Cold = ()
    state: bytes = b""
    events: list[AnyEvent] = field(default_factory=list)
    timers: dict[str, datetime | None] = field(default_factory=dict)  # None: clear
    tasks: list[StartTask] = field(default_factory=list)
    passages: list[tuple[Passage, str | None]] = field(default_factory=list)  # with the reason known by then
    unheard: list[tuple[Unheard, str | None]] = field(default_factory=list)  # likewise
    epoch: int | None = None

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return self.after is not None

    @property
    def expected(self) -> int:
        """The version the row must still have; 0 for a contact that is not there yet."""
        return self.before.contact.version if self.before else 0

    @property
    def first_seq(self) -> int:
        """The number of the first event of this fold."""
        return (self.before.contact.seq if self.before else 0) + 1

    def run(self, now: datetime) -> None:
        """Run all commands in order; one that raises fails alone."""
        current = self.before.contact if self.before else None
        if len(self.items) > 1:  # one statement checks one epoch a contact: commands of another wait for the next
            epochs = [item.epoch for item in self.items if item.epoch is not None]
            if epochs:
                self.later = [item for item in self.items if item.epoch not in (None, epochs[0])]
                self.items = [item for item in self.items if item.epoch in (None, epochs[0])]
        for item in self.items:
            try:
                decision = item.run(current, now)
                self._take(current, decision, item.epoch)
            except Exception as refusal:  # Refused, or a bug: either belongs to this caller
                self.outcomes.append(refusal)
                continue
            self.outcomes.append(decision)
            if decision.duplicate_of is None and decision.contact is not current:
                current = self.after = decision.contact

    def _take(self, current: Contact | None, decision: Decision, epoch: int | None) -> None:
        after = decision.contact
        if decision.duplicate_of is not None or after is current:
            if decision.events or decision.effects or decision.passages or decision.unheard:
                raise BrokenDecision("A decision that changes nothing has events or effects.")
            return
        version, seq = (current.version, current.seq) if current else (0, 0)
        if after.version <= version or after.seq != seq + len(decision.events) or after.id != self.contact_id:
            raise BrokenDecision(
                f"Version {version} → {after.version}, seq {seq} → {after.seq} with {len(decision.events)} events."
            )
        self.events.extend(decision.events)
        self.passages.extend((passage, after.intent) for passage in decision.passages)
        self.unheard.extend((unheard, after.intent) for unheard in decision.unheard)
        for effect in decision.effects:
            match effect:
                case SetTimer():
                    self.timers[effect.timer] = effect.due_at
                case ClearTimer():
                    self.timers[effect.timer] = None
                case StartTask():
                    self.tasks.append(effect)
        if epoch is not None:
            self.epoch = epoch

    def stored_events(self, now: datetime) -> list[StoredEvent]:
        """Return the events in their places."""
        first = self.first_seq
        return [StoredEvent(self.contact_id, first + n, now, event) for n, event in enumerate(self.events)]

    def write(self, keyring: Keyring, now: datetime, rows: Rows, lanes: set[str]) -> None:
        """Add everything to write for this contact to `rows`, encrypted, and the outbox lanes it uses to `lanes`.

        Raises Erased when the customer's key was destroyed, ColdKey when it is not loaded; nothing is added then.
        """
        after, before = self.after, self.before
        assert after is not None  # noqa: S101
        tenant_id, contact_id, first_seq = self.tenant_id, self.contact_id, self.first_seq
        key = keyring.key_for(tenant_id, after.customer_id)
        self.state = contact_rows.encode_state(key, after)
        events = self.events
        bodies = [encode_event(key, tenant_id, contact_id, seq, one) for seq, one in enumerate(events, first_seq)]
        tasks = [
            (contact_id, contact_rows.encode_task(key, tenant_id, contact_id, task), contact_rows.due(task, now))
            for task in self.tasks
        ]
        offer = None if before is None else self._one_offer(before.contact, after, now)
        if before is not None and offer is not None:
            offered = (
                contact_id, self.expected, self.epoch, first_seq, self.state, offer.id, offer.agent_id,
                offer.expires_at, bodies[0],
            )  # fmt: skip
            self.cold = contact_rows.with_offer(before.cold, offer)
            rows.setdefault("offered", []).append(offered)
            lanes.add("router")
            return
        self.cold = contact_rows.cold_columns(after)
        if before is not None and self._is_one_message(before, after):
            said = (contact_id, self.expected, first_seq, self.state, bodies[0], dedupe_key(events[0]))
            rows.setdefault("said", []).append(said)
            lanes.add("index")
            return
        if before is None:
            birth = (contact_id, after.version, after.seq, self.state, *self._birth(after), *self.cold)
            rows.setdefault("born", []).append(birth)
        else:
            versioned = (contact_id, self.expected, after.version, after.seq, self.state)
            if self.epoch is not None:
                rows.setdefault("fence", []).append((contact_id, self.epoch))
            if self.cold == before.cold:
                rows.setdefault("hot", []).append(versioned)
            else:
                rows.setdefault("moved", []).append((*versioned, *self.cold))
        if events:
            rows.setdefault("event", []).extend(
                (contact_id, seq, kind_of(event), body, dedupe_key(event))
                for seq, (event, body) in enumerate(zip(events, bodies, strict=True), first_seq)
            )
        for timer, due_at in self.timers.items():
            if due_at is None:
                rows.setdefault("clear_timer", []).append((contact_id, timer))
            else:
                rows.setdefault("set_timer", []).append((contact_id, timer, due_at))
        if tasks:
            rows.setdefault("task", []).extend(tasks)
            lanes.add("task")
        if self.passages:
            rows.setdefault("passage", []).extend(
                contact_rows.passage_row(after, passage, reason) for passage, reason in self.passages
            )
        if self.unheard:
            rows.setdefault("unheard", []).extend(
                contact_rows.unheard_row(key, after, unheard, reason) for unheard, reason in self.unheard
            )
        self._outbox_rows(after, rows, lanes)
        self._offer_rows(rows, now)

    def _is_one_message(self, before: Known, after: Contact) -> bool:
        """Whether part `said` holds all there is to write: by far the most frequent case."""
        return (
            len(self.events) == 1
            and type(self.events[0]) is e.MessageSent
            and after.version == before.contact.version + 1
            and self.epoch is None
            and not self.timers
            and not self.tasks
            and not self.passages
            and not self.unheard
            and self.cold == before.cold
            and contact_rows.routed_by(before.contact) == contact_rows.routed_by(after)
        )

    def _one_offer(self, before: Contact, after: Contact, now: datetime) -> Offer | None:
        """Return the offer if part `offered` holds all there is to write: the router's most frequent decision."""
        event = self.events[0] if len(self.events) == 1 else None
        more = self.tasks or self.passages or self.unheard
        if type(event) is not e.ContactOffered or self.epoch is None or more:
            return None
        offer = event.offer
        if offer.also or offer.offered_at != now or self.timers != {"offer": offer.expires_at}:
            return None
        if before.status is not ContactStatus.QUEUED:
            return None
        offered = replace(
            before, status=ContactStatus.OFFERED, offer=offer, timers={**before.timers, "offer": offer.expires_at},
            version=before.version + 1, seq=before.seq + 1,
        )  # fmt: skip
        return offer if after == offered else None

    def _birth(self, after: Contact) -> tuple[Any, ...]:
        opened = next((one for one in self.events if isinstance(one, e.ContactOpened)), None)
        journey_id = opened.journey_id if opened else None
        return contact_rows.birth_columns(after, journey_id, opened.journey_version if opened else None)

    def _outbox_rows(self, after: Contact, rows: Rows, lanes: set[str]) -> None:
        before = self.before.contact if self.before else None
        if contact_rows.routed_by(before) != contact_rows.routed_by(after):
            rows.setdefault("router", []).append((self.contact_id,))
            lanes.add("router")
        if any(type(event) in SEARCHABLE for event in self.events):
            rows.setdefault("index", []).append((self.contact_id,))
            lanes.add("index")

    def _offer_rows(self, rows: Rows, now: datetime) -> None:
        made: dict[UUID, Offer] = {}
        ended: dict[UUID, tuple[str, UUID]] = {}  # how, and by whom of those it rang at
        apart: list[tuple[Any, ...]] = []  # what others of those it rang at did: rows of their own, ended at once
        live = self.before.contact.offer if self.before else None
        for event in self.events:
            match event:
                case e.ContactOffered(offer=offer):
                    made[offer.id] = live = offer
                case e.OfferPassed(agent_id=agent_id, outcome=outcome, offer=offer):
                    apart.append(self._apart(offer, agent_id, outcome, now))
                    live = offer
                case e.OfferEnded(offer_id=offer_id, agent_id=agent_id, outcome=outcome, also=also):
                    ended[offer_id] = (outcome, agent_id)
                    if outcome == "expired" and live is not None:
                        apart += [self._apart(live, one, outcome, now) for one in also]
                case _:
                    pass
        if made:  # and perhaps ended in the same batch: one row all the same
            apart += [
                (
                    self.contact_id, offer.id, ended.get(offer.id, (None, offer.agent_id))[1], self.epoch or 0,
                    offer.offered_at, offer.expires_at, now if offer.id in ended else None,
                    ended.get(offer.id, (None,))[0], "{" + ",".join(map(str, offer.also)) + "}",
                )
                for offer in made.values()
            ]  # fmt: skip
        if apart:
            rows.setdefault("offer", []).extend(apart)
        closing = [
            (self.contact_id, offer_id, outcome, agent_id)
            for offer_id, (outcome, agent_id) in ended.items()
            if offer_id not in made
        ]
        if closing:
            rows.setdefault("end_offer", []).extend(closing)

    def _apart(self, offer: Offer, agent_id: UUID, outcome: str, now: datetime) -> tuple[Any, ...]:
        """Return the row of one of several an offer rang at: their answer counts as theirs, not only the last."""
        return (
            self.contact_id, uuid5(offer.id, agent_id.hex), agent_id, self.epoch or 0, offer.offered_at,
            offer.expires_at, now, outcome, "{}",
        )  # fmt: skip

    def dedupe_keys(self) -> list[str]:
        """Return the keys under which this fold's events may exist only once."""
        return [key for event in self.events if (key := dedupe_key(event)) is not None]

    def settle(self) -> None:
        """Answer every caller: what was decided is stored, or needed no storing."""
        for item, outcome in zip(self.items, self.outcomes, strict=True):
            item.resolve(outcome)

    def fail(self, failure: BaseException) -> None:
        """Answer every caller with the same failure."""
        for item in self.items:
            item.resolve(failure)
