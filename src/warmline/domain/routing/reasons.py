"""Why this agent: facts an interface can say in any language, and one English sentence for everything else."""

from typing import Literal

from msgspec import Struct

from warmline.domain.contact.model import SkillNeed

Code = Literal[
    "only_agent",  # meant for this agent alone
    "last_agent",  # helped this customer last
    "pushed",  # a supervisor gave it
    "picked",  # the agent took it
    "longest_idle",
    "least_busy",  # nobody had nothing in hand: the least, then longest idle
    "spare_capacity",
    "round_robin",
    "fewest",
    "best_level",
    "least_occupied",
]


class Reason(Struct, frozen=True, omit_defaults=True, gc=False):
    """One decision. Times in whole seconds.

    `ring`: 0 for the contact's own wishes, n for the nth ring. `measure`: what the strategy compared (contacts
    that still fit, handled today, sum of levels, seconds worked today). `reserved`: queues this agent serves
    as well that keep agents for themselves, and had enough. `also`: how many more agents ring at the same time.
    """

    code: Code
    queue_id: str
    waited_s: int
    priority: int = 5
    skills: tuple[SkillNeed, ...] = ()
    idle_s: int = 0
    busy: int = 0
    ring: int = 0
    ring_after_s: float = 0
    ring_queue_id: str | None = None
    measure: int | None = None
    weight: float = 1.0
    reserved: tuple[str, ...] = ()
    also: int = 0
    over_capacity: bool = False


def sentence(why: Reason) -> str:
    """Say it in one English sentence a supervisor can read in the contact's history."""
    waited = f"waited {why.waited_s} s"
    match why.code:
        case "only_agent":
            return f"Meant for this agent alone; {waited}."
        case "last_agent":
            return f"Helped this customer last; {waited}."
        case "pushed" | "picked":
            who = "Given by a supervisor" if why.code == "pushed" else "Taken by the agent"
            beyond = ", beyond what the agent can do at once" if why.over_capacity else ""
            return f"{who}{beyond}; {waited}."
        case _:
            pass
    skills = ", ".join(f"{need.skill} {need.level}+" for need in why.skills)
    having = f" with {skills}" if skills else ""
    facts = [f"priority {why.priority}", waited]
    if why.weight != 1:
        facts.append(f"weight {why.weight:g}")
    if why.also:
        facts.append(f"{why.also} more ringing")
    if why.reserved:
        facts.append(f"enough left for {', '.join(why.reserved)}")
    return f"{_who(why)} of those {_whom(why)}{having}; {', '.join(facts)}."


def _who(why: Reason) -> str:
    since = f"{why.idle_s} s"
    match why.code:
        case "least_busy":
            return f"Least busy ({why.busy} in hand, {since} since)"
        case "spare_capacity":
            return f"Most room ({why.measure} more)"
        case "round_robin":
            return "Next in turn"
        case "fewest":
            return f"Fewest handled today ({why.measure})"
        case "best_level":
            return f"Best at it (levels {why.measure})"
        case "least_occupied":
            return f"Least occupied today ({why.measure} s)"
        case _:
            return f"Idle longest ({since})"


def _whom(why: Reason) -> str:
    if not why.ring:
        return f"who serve {why.queue_id}"
    return f"who may be asked for {why.queue_id} after {why.ring_after_s:g} s, serving {why.ring_queue_id}"
