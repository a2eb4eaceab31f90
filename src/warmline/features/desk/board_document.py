"""The board as docs/protocol/desk.md writes it, put together from rows."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from warmline.domain.presence.model import Presence, Status
from warmline.features.contacts.ledger_store import Counts
from warmline.features.desk.board_store import AgentRow, BoardRows, HeldRow, LineRow, TodayRow
from warmline.features.desk.cards import CardCustomer

NameOf = Callable[[UUID], CardCustomer | None]


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
    estimate_s: float | None


class BoardContact(Struct, frozen=True):
    id: UUID
    status: str
    queue_id: str | None
    customer: CardCustomer
    since_at: datetime


class BoardAgent(Struct, frozen=True):
    id: UUID
    name: str
    presence: str
    reason: str | None
    since_at: datetime
    load: Mapping[str, int]
    capacity: Mapping[str, int]
    contacts: Sequence[BoardContact]


class BoardWaiting(Struct, frozen=True):
    id: UUID
    queue_id: str | None
    customer: CardCustomer
    intent: str | None
    locale: str
    queued_at: datetime | None
    priority: int | None


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


def document(
    rows: BoardRows,
    today: Mapping[str, TodayRow],
    estimates_s: Mapping[str, float | None],
    counts: Counts,
    checked_at: datetime | None,
    name_of: NameOf,
    now: datetime,
) -> Board:
    """Put the board together. `estimates_s`: what a newcomer of each queue would be told."""
    loads = {agent.id: Counter(held.channel for held in rows.held.get(agent.id, ())) for agent in rows.agents}
    available, staffed = _staffing(rows.agents, loads)
    return Board(
        at=now,
        queues=[
            _queue(rows.lines.get(queue.id, LineRow()), today.get(queue.id, TodayRow()), now, **{
                "id": queue.id,
                "name": queue.name,
                "available": available[queue.id],
                "staffed": staffed[queue.id],
                "target": queue.target_share / 100,
                "target_s": queue.target_s,
                "estimate_s": estimates_s.get(queue.id),
            })
            for queue in rows.queues
        ],
        agents=[_agent(agent, loads[agent.id], rows.held.get(agent.id, ()), name_of) for agent in rows.agents],
        waiting=[
            BoardWaiting(
                one.id, one.queue_id, _customer(one.customer_id, name_of), one.intent, one.locale, one.queued_at,
                one.priority,
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
    )  # fmt: skip


def _queue(
    line: LineRow, day: TodayRow, now: datetime, *, id: str, name: Mapping[str, str], available: int,
    staffed: int, target: float, target_s: int, estimate_s: float | None,
) -> BoardQueue:  # fmt: skip
    oldest_s = 0 if line.oldest_at is None else max(0, int((now - line.oldest_at).total_seconds()))
    level = day.service_level
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
        estimate_s=None if estimate_s is None else round(estimate_s, 1),
    )


def _staffing(agents: Sequence[AgentRow], loads: Mapping[UUID, Counter[str]]) -> tuple[Counter[str], Counter[str]]:
    """Count, per queue, agents who could take one more contact now, and agents on shift."""
    available: Counter[str] = Counter()
    staffed: Counter[str] = Counter()
    for agent in agents:
        following = None if agent.next_presence is None else Status(agent.next_presence)
        presence = Presence(
            agent.id, Status(agent.presence), agent.since_at, agent.since_at, agent.reason, following
        )
        queues = {str(seat["queue_id"]) for seat in agent.queues or ()}
        if presence.on_shift:
            staffed.update(queues)
        free = any(loads[agent.id][channel] < at_once for channel, at_once in (agent.capacity or {}).items())
        if presence.routable and free:
            available.update(queues)
    return available, staffed


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
            )
            for one in held
        ],
    )


def _customer(customer_id: UUID, name_of: NameOf) -> CardCustomer:
    return name_of(customer_id) or CardCustomer(customer_id)
