"""How busy those on shift are."""

from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

from warmline.features.desk.board_crew import Crew
from warmline.features.desk.board_store import AgentRow

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINA, YUKI, HANA = (UUID(int=n) for n in (1, 2, 3))
SEATS = [{"queue_id": "orders"}]


def test_occupancy_is_the_share_of_room_taken_of_all_on_shift():
    agents = [
        AgentRow(MINA, "Mina", "available", None, None, NOON, {"webchat": 2}, SEATS),
        AgentRow(YUKI, "Yuki", "away", "lunch", None, NOON, {"webchat": 2}, SEATS),
        AgentRow(HANA, "Hana", "offline", None, None, NOON, {"webchat": 2}, SEATS),
    ]
    crew = Crew(agents, {MINA: Counter(webchat=2), YUKI: Counter(webchat=1), HANA: Counter()})
    assert crew.occupancy("orders") == 0.75
    assert crew.occupancy("nowhere") is None
    assert (crew.staffed["orders"], crew.available["orders"]) == (2, 0)
