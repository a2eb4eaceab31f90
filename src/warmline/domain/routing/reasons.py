"""Why this agent: one sentence a supervisor can read in the contact's history."""

from warmline.domain.routing.hands import Hand
from warmline.domain.routing.lines import Place

_SECOND_US = 1_000_000


def reason_of(place: Place, hand: Hand, now_us: int) -> str:
    """Explain the choice, with waiting and idle times in whole seconds."""
    contact = place.contact
    waited_s = max(now_us - place.entered_us, 0) // _SECOND_US
    if contact.only_agent_id is not None:
        return f"Meant for this agent alone; waited {waited_s} s."
    if place.preferring:
        return f"Helped this customer last; waited {waited_s} s."
    idle_s = max(now_us - hand.idle_since_us, 0) // _SECOND_US
    who = f"Idle longest ({idle_s} s)" if hand.busy == 0 else f"Least busy ({hand.busy} in hand, {idle_s} s since)"
    skills = ", ".join(f"{need.skill} {need.level}+" for need in place.needs.skills)
    having = f" with {skills}" if skills else ""
    return (
        f"{who} of those who serve {contact.queue_id}{having}; priority {contact.priority}, waited {waited_s} s."
    )
