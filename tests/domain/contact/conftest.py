"""A small world for contacts: one journey, two queues, a clock that moves when told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

import pytest
from msgspec.structs import replace

from warmline.domain.contact import commands as c
from warmline.domain.contact.commands import AnyCommand, ClearTimer, Decision, SetTimer, StartTask
from warmline.domain.contact.events import AnyEvent, MessageSent
from warmline.domain.contact.fold import fold, seen
from warmline.domain.contact.machine import handle
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.journey.document import (
    Ask,
    Callback,
    ChoiceInput,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    Reason,
    Say,
    Survey,
    Verify,
)
from warmline.domain.journey.interface import AnnouncementText, HoursState, QueueFacts

Event = TypeVar("Event", bound=AnyEvent)
SPACE = UUID(int=7)
MINA, YUKI = uuid5(SPACE, "mina"), uuid5(SPACE, "yuki")

FRONT = Journey(
    id="front",
    title="t",
    on_error=(End("bye"),),
    sections={
        "start": (
            Say("hello"),
            Menu(
                "menu",
                options=(
                    Option("order", "label.order", then=(Goto("order"),)),
                    Option("verify", "label.verify", then=(Goto("verify"),)),
                    Option("call", "label.call", then=(Goto("call"),)),
                    Option("agent", "label.agent", then=(Goto("agent"),)),
                    Option("bye", "label.bye", then=(End("bye"),)),
                ),
                give_up=(Goto("agent"),),
            ),
        ),
        "order": (
            Reason("order_status"),
            Ask("number", "ask", DigitsInput(4, 8), give_up=(Goto("agent"),)),
            Invoke("orders.find", into="order", failed=(Goto("agent"),), retries=0, result=("status",)),
            End("bye"),
        ),
        "verify": (
            Verify("account_pin", subject="A-1", failed=(Goto("agent"),), locked=(Goto("agent"),)),
            Goto("agent"),
        ),
        "call": (Callback("orders", give_up=(Goto("agent"),)),),
        "agent": (
            Enqueue(
                "orders",
                nobody_staffed=(Goto("call"),),
                queue_full=(End("bye"),),
                overflow=(End("sorry", "message_taken"),),
                overflow_after_s=600,
                callback_after_s=120,
                callback=(Goto("call"),),
            ),
        ),
    },
)
CSAT = Journey(
    id="csat",
    kind="survey",
    on_error=(End("bye"),),
    sections={"start": (Survey("rate", no_input_s=60), End("thanks"))},
)
PLAIN = Ask("x", "ask", ChoiceInput((Option("a", "b"),)), give_up=())


class World:
    """The facts the machines read. Every prompt exists and says its own key."""

    def __init__(self) -> None:
        self.staffed = True
        self.wait_s: tuple[float | None, float | None] = (180, 300)
        self.journeys = {("front", 1): FRONT, ("csat", 1): CSAT}
        self.texts: dict[str, str] = {}
        self.emergencies: list[tuple[AnnouncementText, datetime]] = []  # and until when each is valid
        self.others: list[tuple[AnnouncementText, datetime]] = []  # of other kinds than emergencies

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        return self.journeys[journey_id, version or 1], version or 1

    def hours(self, calendar: str, now: datetime) -> HoursState:
        return "open"

    def announcements(self, slot: str | None, locale: str, now: datetime) -> Sequence[AnnouncementText]:
        of_slot = {"emergency": self.emergencies, "holiday": self.others, None: [*self.emergencies, *self.others]}
        return [one for one, until in of_slot.get(slot, []) if now < until]

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: object = None) -> QueueFacts:
        half_s, most_s = self.wait_s
        return QueueFacts(staffed=self.staffed, waiting=3, position=2, half_s=half_s, most_s=most_s)

    def prompt(self, key: str, locale: str, channel: str) -> str | None:
        return self.texts.get(key) if key.startswith("contact.") else self.texts.get(key, f"[{key}]")


@dataclass
class Case:
    """One contact and everything that happened to it."""

    world: World = field(default_factory=World)
    policy: ContactPolicy = field(
        default_factory=lambda: ContactPolicy(
            survey_journey_id="csat",
            survey_version=1,
            fallback_queue_id="general",
            queue_ids=frozenset({"orders", "refunds", "general"}),
        )
    )
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    contact: Contact | None = None
    events: list[AnyEvent] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    tasks: dict[str, StartTask] = field(default_factory=dict)

    def rules(self, queue_id: str = "orders", **rules: object) -> None:
        """Let a queue treat those who wait in it like this."""
        policy = self.policy
        queues = {**policy.queues, queue_id: replace(policy.queue(queue_id), **rules)}
        self.policy = replace(policy, queues=queues)

    @property
    def it(self) -> Contact:
        assert self.contact is not None
        return self.contact

    def do(self, command: AnyCommand) -> Decision:
        """Carry out a command and keep what follows, as the committer would."""
        decision = handle(self.contact, command, self.world, self.now, self.policy)
        if decision.duplicate_of is None:
            self.events += decision.events
            for effect in decision.effects:
                match effect:
                    case SetTimer(timer, due_at):
                        self.timers[timer] = due_at
                    case ClearTimer(timer):
                        self.timers.pop(timer, None)
                    case StartTask():
                        self.tasks[effect.task_id] = effect
        self.contact = decision.contact
        return decision

    def open(self, **changes: object) -> Decision:
        command = c.Open(
            tenant_id="onda",
            contact_id=uuid5(SPACE, "contact"),
            channel="webchat",
            customer_id=uuid5(SPACE, "customer"),
            conversation_id=uuid5(SPACE, "conversation"),
            locale="ko",
            journey_id="front",
            journey_version=1,
        )
        return self.do(c.Open(**{f: changes.get(f, getattr(command, f)) for f in command.__struct_fields__}))

    def say(self, text: str, key: str | None = None) -> Decision:
        return self.do(c.CustomerMessage(key or f"k{self.it.seq}", text))

    def tap(self, value: str) -> Decision:
        return self.do(c.CustomerMessage(f"k{self.it.seq}", value, value))

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def fire(self, timer: str) -> Decision:
        """Let time pass until a timer is due, and fire it."""
        self.now = max(self.now, self.timers[timer])
        return self.do(c.TimerFired(timer))

    def queued(self) -> None:
        self.open()
        self.tap("agent")
        assert self.it.status is ContactStatus.QUEUED

    def offered(self, agent_id: UUID = MINA, name: str = "offer") -> UUID:
        offer_id = uuid5(SPACE, f"{name}{self.it.seq}")
        self.do(c.MakeOffer(offer_id, agent_id, self.now + timedelta(seconds=20)))
        return offer_id

    def connected(self, agent_id: UUID = MINA) -> None:
        if self.contact is None:
            self.queued()
        self.do(c.AcceptOffer(agent_id, "Mina", self.offered(agent_id)))
        assert self.it.status is ContactStatus.CONNECTED

    def kinds(self, since: int = 0) -> list[str]:
        return [str(event.__struct_config__.tag) for event in self.events[since:]]

    def last(self, kind: type[Event]) -> Event:
        return next(event for event in reversed(self.events) if isinstance(event, kind))

    def said_by_bot(self) -> list[str]:
        return [e.prompt or "" for e in self.events if isinstance(e, MessageSent) and e.author == "bot"]

    def check(self) -> None:
        """The state is what its events tell, and the timer rows are what it remembers."""
        assert fold(self.events) == seen(self.it)
        assert self.it.seq == len(self.events)
        assert self.timers == self.it.timers


@pytest.fixture
def case() -> Case:
    return Case()


@pytest.fixture
def people() -> tuple[UUID, UUID]:
    """Mina and Yuki, two agents."""
    return MINA, YUKI
