"""What supervisors do to other people's contacts can be read in the audit log."""

from datetime import UTC, datetime

from tests.features.conftest import People

from warmline.domain.contact.commands import AddNote, CancelCallback, Reassign, RescheduleCallback
from warmline.features.desk.interventions import Interventions
from warmline.kernel.ids import new_id
from warmline.ports.identity import AgentIdentity
from warmline.runtime.database import Database

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def test_a_supervisor_who_moves_a_contact_is_named_in_the_audit_log(database: Database, people: People):
    boss, mina, contact_id = people["onda", "supervisor"], people["onda", "agent"], new_id()
    agent = AgentIdentity("onda", boss, "Sora", ("supervisor",), "ko")
    interventions = Interventions(database, clock=lambda: NINE)
    await interventions.note(agent, contact_id, Reassign(boss, to_agent_id=mina, force="ring"))
    await interventions.note(agent, contact_id, RescheduleCallback(boss, not_before=NINE))
    await interventions.note(agent, contact_id, CancelCallback(boss, "solved"))
    await interventions.note(agent, contact_id, AddNote(boss, "Sora", "n1", "everyday work"))
    async with database.tenant("onda") as conn:
        rows = await conn.fetch(
            "SELECT actor_id, actor, action, detail FROM audit WHERE subject = $1 ORDER BY seq",
            f"contact:{contact_id}",
        )
    assert [(row["action"], row["detail"]) for row in rows] == [
        ("contact.reassigned", {"to_agent_id": str(mina), "force": "ring"}),
        ("callback.rescheduled", {"not_before": NINE.isoformat()}),
        ("callback.cancelled", {"reason": "solved"}),
    ]
    assert {(row["actor_id"], row["actor"]) for row in rows} == {(boss, "Sora")}
