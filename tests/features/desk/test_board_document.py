"""What a supervisor reads on the board is what the rows say."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import structs
from msgspec.structs import replace

from warmline.domain.routing.stats import QueuePart
from warmline.features.contacts.ledger_store import Counts
from warmline.features.desk.board_document import Board, Expected, Outlook, alert_values, document
from warmline.features.desk.board_store import (
    AgentRow,
    BoardRows,
    HeldRow,
    LineRow,
    QueueRow,
    SkillRow,
    TodayRow,
    WaitingRow,
)
from warmline.features.desk.cards import CardCustomer

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI, HANA = (UUID(int=n) for n in (1, 2, 3))
C1, C2 = UUID(int=11), UUID(int=12)
NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}
SEATS = [{"queue_id": "orders", "priority": 1, "delay_s": 0}]


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def board(**changes: object) -> Board:
    rows = BoardRows(queues=[QueueRow("orders", NAME, 60, 80)], lines={}, waiting=[], agents=[], held={})
    return document(
        replace(rows, **changes),
        {"orders": TodayRow(answered=8, abandoned=1, late=2, in_time=6)},
        {"orders": Outlook(Expected(60, 150), 2, 1)},
        Counts(open=3, orphans=1),
        at(-2),
        lambda id: CardCustomer(id, "김하나", True) if id == C1 else None,
        lambda one: Expected(20, 45) if one.id == C2 else None,
        NOON,
    )


def test_a_queue_shows_its_line_its_day_and_its_target():
    lines = {"orders": LineRow(4, 1, 7, at(-95.5))}
    (orders,) = board(lines=lines).queues
    assert (orders.waiting, orders.offered, orders.connected, orders.longest_wait_s) == (4, 1, 7, 95)
    assert (orders.service_level, orders.target, orders.target_s) == (0.6, 0.8, 60)
    assert (orders.answered_today, orders.abandoned_today) == (8, 1)


def test_available_are_those_with_room_and_staffed_those_on_shift():
    agents = [
        AgentRow(MINA, "Mina", "available", None, None, NOON, {"webchat": 1}, SEATS),
        AgentRow(YUKI, "Yuki", "available", None, None, NOON, {"webchat": 1}, SEATS),
        AgentRow(HANA, "Hana", "away", "lunch", None, NOON, {"webchat": 1}, SEATS),
        AgentRow(C2, "Emma", "available", None, "offline", NOON, {"webchat": 1}, SEATS),
    ]
    held = {MINA: [HeldRow(C1, MINA, "connected", False, "webchat", "orders", C1, at(-60), NOON)]}
    (orders,) = board(agents=agents, held=held).queues
    assert (orders.available, orders.staffed) == (1, 3)


def test_an_agent_shows_load_and_contacts_with_the_customers_name():
    agents = [AgentRow(MINA, "Mina", "available", None, None, NOON, {"webchat": 3}, SEATS)]
    held = {
        MINA: [
            HeldRow(C1, MINA, "connected", False, "webchat", "orders", C1, at(-60), at(-1)),
            HeldRow(C2, MINA, "survey", True, "webchat", "orders", C2, at(-90), at(-5)),
        ]
    }
    (mina,) = board(agents=agents, held=held).agents
    assert (dict(mina.load), dict(mina.capacity)) == ({"webchat": 2}, {"webchat": 3})
    assert [(one.status, one.since_at, one.customer.name) for one in mina.contacts] == [
        ("connected", at(-60), "김하나"),
        ("wrap_up", at(-5), None),
    ]


def test_who_waits_and_the_ledger_are_shown():
    shown = board(waiting=[WaitingRow(C2, "orders", C1, "refund", "ja", at(-30), 5)])
    assert (shown.waiting[0].customer.name, shown.waiting[0].locale) == ("김하나", "ja")
    assert shown.waiting[0].expected == Expected(20, 45)
    assert (shown.ledger.open, shown.ledger.orphans, shown.ledger.checked_at) == (3, 1, at(-2))


def test_a_day_without_customers_has_no_service_level():
    assert TodayRow().service_level is None


def test_a_newcomer_s_wait_is_what_the_router_says_and_nothing_is_made_up_when_nobody_is_there():
    part = QueuePart("orders", 1, 1, 4, 2, newcomer=(60, 150), lost=2, later=1)
    assert Outlook.of(part) == Outlook(Expected(60, 150), 2, 1)
    assert Outlook.of(structs.replace(part, staffed=0)).expected is None
    (orders,) = board().queues
    assert (orders.expected, orders.unserved, orders.later) == (Expected(60, 150), 2, 1)


def test_numbers_with_limits_are_percent_and_seconds():
    agents = [AgentRow(MINA, "Mina", "available", None, None, NOON, {"webchat": 4}, SEATS)]
    held = {MINA: [HeldRow(C1, MINA, "connected", False, "webchat", "orders", C1, at(-60), NOON)]}
    (orders,) = board(agents=agents, held=held, lines={"orders": LineRow(2, callbacks=3)}).queues
    values = alert_values(orders)
    assert (values["occupancy"], values["abandonment"], values["service_level"]) == (25.0, 11.1, 60.0)
    assert (values["waiting"], values["available"], orders.callbacks) == (2, 1, 3)


def test_a_skill_shows_who_waits_for_it_and_who_could_help():
    agents = [
        AgentRow(MINA, "Mina", "available", None, None, NOON, {"webchat": 1}, SEATS),
        AgentRow(YUKI, "Yuki", "away", "lunch", None, NOON, {"webchat": 1}, SEATS),
    ]
    skills = [SkillRow("ja", NAME, 2, at(-40), [MINA, YUKI, HANA]), SkillRow("unused", NAME, 0, None, [])]
    (japanese,) = board(agents=agents, skills=skills).skills
    assert (japanese.waiting, japanese.longest_wait_s) == (2, 40)
    assert (japanese.staffed, japanese.available) == (2, 1)
