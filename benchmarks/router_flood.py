"""An incident floods one queue: 100,000 customers who all need one rare skill, 10,000 agents who mostly lack it.

What does it cost to find work for an agent who becomes free? The indexed engine against the usual way of looking
through those who wait in order of age until one fits. Both are asked the same; their answers are compared.
"""

import argparse
import json
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
QUEUES = [f"queue-{n}" for n in range(20)]
COMMON = [f"skill-{n}" for n in range(40)]
RARE = "recall-line-7"


def agents(count: int, rng: random.Random) -> list[Agent]:
    """Agents of 500 kinds; one in a hundred has the rare skill."""
    kinds: list[Profile] = []
    for number in range(500):
        skills = {skill: rng.randint(1, 5) for skill in rng.sample(COMMON, 4)}
        if number % 100 == 0:
            skills[RARE] = 5
        served = (Seat("recall", 1), *(Seat(queue, 2) for queue in rng.sample(QUEUES, 3)))
        kinds.append(Profile.of(served, skills, {"webchat": 1}))
    return [Agent(UUID(int=1 + n), kinds[n % 500], False, NOON) for n in range(count)]


def scan(waiting: list[WaitingContact], agent: Agent) -> UUID | None:
    """Look through everybody, oldest first, until one fits: what a sorted list can do at best."""
    seats = {seat.queue_id for seat in agent.profile.seats}
    skills = dict(agent.profile.skills)
    for contact in waiting:
        fits = contact.queue_id in seats
        if fits and all(skills.get(need.skill, 0) >= need.level for need in contact.skills):
            return contact.id
    return None


def percentile(samples: list[float], share: float) -> float:
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * share))]


def measure(waiting_count: int, agent_count: int, asked: int, scanned: int) -> dict[str, float]:
    """Return times in µs."""
    rng = random.Random(7)
    engine, people = Engine(), agents(agent_count, rng)
    for agent in people:
        engine.agent_changed(agent, NOON)
    line: list[WaitingContact] = []
    began = time.perf_counter()
    for number in range(waiting_count):
        contact = WaitingContact(
            UUID(int=1_000_000 + number),
            "recall",
            "webchat",
            NOON + timedelta(milliseconds=number),
            skills=(SkillNeed(RARE, 3),),
        )
        line.append(contact)
        engine.contact_queued(contact, NOON + timedelta(seconds=200))
    filled_s = time.perf_counter() - began
    indexed: list[float] = []
    looked: list[float] = []
    now = NOON + timedelta(seconds=300)
    for turn, agent in enumerate(rng.choices(people, k=asked)):
        ready = Agent(agent.id, agent.profile, True, now)
        if turn < scanned:
            began = time.perf_counter()
            expected = scan(line, ready)
            looked.append((time.perf_counter() - began) * 1e6)
        began = time.perf_counter()
        matches = engine.agent_changed(ready, now)
        indexed.append((time.perf_counter() - began) * 1e6)
        if turn < scanned:
            assert [match.contact_id for match in matches] == ([expected] if expected else [])
        for match in matches:  # the customer is helped elsewhere; the list is searched as it was
            engine.agent_changed(Agent(agent.id, agent.profile, False, now), now)
            engine.contact_queued(line[match.contact_id.int - 1_000_000], now)
        engine.agent_changed(Agent(agent.id, agent.profile, False, now), now)
    return {
        "arrivals a second": waiting_count / filled_s,
        "index p50 µs": statistics.median(indexed),
        "index p99 µs": percentile(indexed, 0.99),
        "scan p50 µs": statistics.median(looked),
        "scan p99 µs": percentile(looked, 0.99),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--waiting", type=int, default=100_000)
    arguments.add_argument("--agents", type=int, default=10_000)
    arguments.add_argument("--asked", type=int, default=20_000)
    arguments.add_argument("--scanned", type=int, default=200)
    given = arguments.parse_args()
    small = measure(1_000, given.agents, given.asked, given.scanned)
    large = measure(given.waiting, given.agents, given.asked, given.scanned)
    for name, value in large.items():
        print(f"{name:24} {value:14,.1f}    (1,000 waiting: {small[name]:12,.1f})")
    print(
        json.dumps(
            {
                "waiting": given.waiting,
                "faster_p50": round(large["scan p50 µs"] / large["index p50 µs"]),
                "growth_p50": round(large["index p50 µs"] / small["index p50 µs"], 2),
                "targets": {"faster_p50": 1_000, "growth_p50_at_most": 8},
            }
        )
    )


if __name__ == "__main__":
    main()
