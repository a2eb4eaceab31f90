"""The board as docs/protocol/desk.md writes it, put together from rows."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.routing.stats import QueuePart, QueueStats
from warmline.features.contacts.ledger_store import Counts
from warmline.features.desk.alerts import Alert, Values
from warmline.features.desk.board_crew import Crew
from warmline.features.desk.board_store import (
    AgentRow,
    BoardRows,
    HeldRow,
    LineRow,
    SkillRow,
    TodayRow,
    WaitingRow,
)
from warmline.features.desk.cards import CardCustomer

NameOf = Callable[[UUID], CardCustomer | None]
WaitOf = Callable[[WaitingRow], "Expected | None"]


class Expected(Struct, frozen=True):
    """How long a newcomer waits: half of them at most `half_s`, nine in ten at most `most_s`."""

    half_s: float
    most_s: float


class BoardQueue(Struct, frozen=True):
    id: str
    name: Mapping[str, str]
    waiting: int
    longest_wait_s: int
    offered: int
    connected: int
    available: int
    staffed: int
    service_level: float | None
    target: float
    target_s: int
    answered_today: int
    abandoned_today: int
    expected: Expected | None = None
    abandonment: float | None = None  # share of those answered or gone today who left without an answer
    occupancy: float | None = None  # share of the room of everybody on shift that is taken
    callbacks: int = 0  # promised calls
    unserved: int = 0  # wait for somebody who is not there: nobody on shift fits them
    later: int = 0  # may be helped only by people who are asked once they have waited longer


class BoardSkill(Struct, frozen=True):
    """A skill: who waits for it, and who could help."""

    id: str
    name: Mapping[str, str]
    waiting: int
    longest_wait_s: int
    staffed: int
    available: int


class BoardContact(Struct, frozen=True):
    id: UUID
    status: str
    queue_id: str | None
    customer: CardCustomer
    since_at: datetime
    channel: str = "webchat"


class BoardAdherence(Struct, frozen=True):
    """How an agent stands to the schedule, since when, and what is planned until when."""

    state: str
    since_at: datetime | None
    planned: str
    until_at: datetime | None


class BoardAgent(Struct, frozen=True):
    id: UUID
    name: str
    presence: str
    reason: str | None
    since_at: datetime
    load: Mapping[str, int]
    capacity: Mapping[str, int]
    contacts: Sequence[BoardContact]
    adherence: BoardAdherence | None = None  # None: nothing is planned, and they are not at work


class BoardWaiting(Struct, frozen=True):
    id: UUID
    queue_id: str | None
    customer: CardCustomer
    intent: str | None
    locale: str
    queued_at: datetime | None
    priority: int | None
    expected: Expected | None = None  # the wait still to come, as the customer is told it (unrounded)


class BoardLedger(Struct, frozen=True):
    open: int
    owned: int
    queued: int
    journey: int
    survey: int
    callback: int
    wrap_up: int
    orphans: int
    repaired_today: int
    checked_at: datetime | None


class Board(Struct, frozen=True):
    at: datetime
    queues: Sequence[BoardQueue]
    agents: Sequence[BoardAgent]
    waiting: Sequence[BoardWaiting]
    ledger: BoardLedger
    skills: Sequence[BoardSkill] = ()
    alerts: Sequence[Alert] = ()


class Outlook(Struct, frozen=True):
    """What the router tells of a queue: how long a newcomer waits, and how many are out of reach."""

    expected: Expected | None = None
    unserved: int = 0
    later: int = 0

    @classmethod
    def of(cls, part: QueuePart) -> "Outlook":
        """Read the newest word of the router."""
        wait = part.newcomer if part.staffed else None
        return cls(None if wait is None else Expected(*wait), part.lost, part.later)


def document(
    rows: BoardRows,
    today: Mapping[str, TodayRow],
    outlooks: Mapping[str, Outlook],
    counts: Counts,
    checked_at: datetime | None,
    name_of: NameOf,
    wait_of: WaitOf,
    now: datetime,
) -> Board:
    """Put the board together; alerts are added by who keeps their memory."""
    loads = _loads(rows)
    crew = Crew(rows.agents, loads)
    return Board(
        at=now,
        queues=_queues(rows, today, outlooks, now, crew),
        agents=[_agent(agent, loads[agent.id], rows.held.get(agent.id, ()), name_of) for agent in rows.agents],
        waiting=[
            BoardWaiting(
                one.id,
                one.queue_id,
                _customer(one.customer_id, name_of),
                one.intent,
                one.locale,
                one.queued_at,
                one.priority,
                wait_of(one),
            )
            for one in rows.waiting
        ],
        ledger=BoardLedger(
            open=counts.open,
            owned=counts.owned,
            queued=counts.queued,
            journey=counts.journey,
            survey=counts.survey,
            callback=counts.callback,
            wrap_up=counts.wrap_up,
            orphans=counts.orphans,
            repaired_today=counts.repaired_today,
            checked_at=checked_at,
        ),
        skills=[_skill(skill, crew, now) for skill in rows.skills if skill.waiting or skill.agents],
    )


def queues(
    rows: BoardRows, today: Mapping[str, TodayRow], outlooks: Mapping[str, Outlook], now: datetime
) -> list[BoardQueue]:
    """Put the figures of every queue together."""
    return _queues(rows, today, outlooks, now, Crew(rows.agents, _loads(rows)))


def outlooks_of(stats: QueueStats | None) -> dict[str, Outlook]:
    """Return the router's newest word on every queue."""
    return {} if stats is None else {part.queue_id: Outlook.of(part) for part in stats.queues()}


def waits_of(stats: QueueStats | None) -> WaitOf:
    """Return who looks up how long somebody in line still waits, in the router's newest word."""

    def wait_of(one: WaitingRow) -> Expected | None:
        if stats is None or one.queue_id is None:
            return None
        facts = stats.facts(one.queue_id, one.id)
        if facts.position is None or facts.half_s is None or facts.most_s is None:
            return None
        return Expected(facts.half_s, facts.most_s)

    return wait_of


def _loads(rows: BoardRows) -> dict[UUID, Counter[str]]:
    return {agent.id: Counter(held.channel for held in rows.held.get(agent.id, ())) for agent in rows.agents}


def _queues(
    rows: BoardRows, today: Mapping[str, TodayRow], outlooks: Mapping[str, Outlook], now: datetime, crew: Crew
) -> list[BoardQueue]:
    return [
        _queue(rows.lines.get(queue.id, LineRow()), today.get(queue.id, TodayRow()), now, **{
            "id": queue.id,
            "name": queue.name,
            "available": crew.available[queue.id],
            "staffed": crew.staffed[queue.id],
            "target": queue.target_share / 100,
            "target_s": queue.target_s,
            "outlook": outlooks.get(queue.id, Outlook()),
            "occupancy": crew.occupancy(queue.id),
        })
        for queue in rows.queues
    ]  # fmt: skip


def _queue(
    line: LineRow, day: TodayRow, now: datetime, *, id: str, name: Mapping[str, str], available: int,
    staffed: int, target: float, target_s: int, outlook: Outlook, occupancy: float | None,
) -> BoardQueue:  # fmt: skip
    oldest_s = 0 if line.oldest_at is None else max(0, int((now - line.oldest_at).total_seconds()))
    level, gone = day.service_level, day.answered + day.abandoned
    return BoardQueue(
        id=id,
        name=name,
        waiting=line.waiting,
        longest_wait_s=oldest_s,
        offered=line.offered,
        connected=line.connected,
        available=available,
        staffed=staffed,
        service_level=None if level is None else round(level, 4),
        target=target,
        target_s=target_s,
        answered_today=day.answered,
        abandoned_today=day.abandoned,
        expected=outlook.expected,
        abandonment=round(day.abandoned / gone, 4) if gone else None,
        occupancy=occupancy,
        callbacks=line.callbacks,
        unserved=outlook.unserved,
        later=outlook.later,
    )


def alert_values(queue: BoardQueue) -> Values:
    """Return the numbers of a queue that have limits; shares in percent."""

    def percent(share: float | None) -> float | None:
        return None if share is None else round(100 * share, 1)

    return {
        "waiting": queue.waiting,
        "longest_wait_s": queue.longest_wait_s,
        "expected_wait_s": None if queue.expected is None else queue.expected.most_s,
        "service_level": percent(queue.service_level),
        "abandonment": percent(queue.abandonment),
        "occupancy": percent(queue.occupancy),
        "available": queue.available if queue.waiting or queue.staffed else None,
    }


def _skill(skill: SkillRow, crew: Crew, now: datetime) -> BoardSkill:
    having = set(skill.agents)
    return BoardSkill(
        id=skill.id,
        name=skill.name,
        waiting=skill.waiting,
        longest_wait_s=0 if skill.oldest_at is None else max(0, int((now - skill.oldest_at).total_seconds())),
        staffed=len(having & crew.on_shift),
        available=len(having & crew.free),
    )


def _agent(agent: AgentRow, load: Counter[str], held: Sequence[HeldRow], name_of: NameOf) -> BoardAgent:
    return BoardAgent(
        id=agent.id,
        name=agent.name,
        presence=agent.presence,
        reason=agent.reason,
        since_at=agent.since_at,
        load=load,
        capacity=agent.capacity or {},
        contacts=[
            BoardContact(
                one.id,
                "wrap_up" if one.wrapping and one.status not in ("offered", "connected") else one.status,
                one.queue_id,
                _customer(one.customer_id, name_of),
                one.connected_at if one.status == "connected" and one.connected_at else one.updated_at,
                one.channel,
            )
            for one in held
        ],
    )


def _customer(customer_id: UUID, name_of: NameOf) -> CardCustomer:
    return name_of(customer_id) or CardCustomer(customer_id)
