"""What one event costs the matching engine: a contact centre as busy as can be, played without anything around it.

Customers arrive, are given to whoever is free, are helped for a while, or give up; everything the engine is told
is prepared beforehand, so that only the engine's own time counts.
"""

import argparse
import gc
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.invariants import WatchedEngine
from warmline.domain.routing.model import Agent, Profile, Seat, to_us
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SKILLS = ["ko", "ja", "en", "orders", "refunds", "vip"]


def team(count: int, kinds: int, rng: random.Random) -> list[Agent]:
    """Agents of so many kinds, serving two of three queues each."""
    profiles: list[Profile] = []
    for _ in range(kinds):
        seats = tuple(Seat(queue, rank + 1) for rank, queue in enumerate(rng.sample(["a", "b", "c"], 2)))
        skills = {skill: rng.randint(1, 5) for skill in rng.sample(SKILLS, 4)} if kinds > 1 else {}
        profiles.append(Profile.of(seats if kinds > 1 else (Seat("a"),), skills, {"webchat": 1}))
    return [Agent(UUID(int=1 + n), profiles[n % kinds], True, NOON) for n in range(count)]


def customers(
    count: int, kinds: int, agents: int, rng: random.Random
) -> list[tuple[WaitingContact, float, float]]:
    """Return (contact, patience s, service s); the load is 0.96 of what the team can do."""
    at_s, made = 0.0, []
    needs = [(), *((SkillNeed(skill, 2),) for skill in SKILLS[:3])]
    for number in range(count):
        at_s += rng.expovariate(0.96 * agents / 60)
        queue = rng.choice("abc") if kinds > 1 else "a"
        skills = rng.choice(needs) if kinds > 1 else ()
        entered_at = NOON + timedelta(microseconds=int(at_s * 1_000_000))
        contact = WaitingContact(UUID(int=10_000_000 + number), queue, "webchat", entered_at, 5, skills)
        made.append((contact, rng.expovariate(1 / 120), rng.expovariate(1 / 60)))
    return made


def play(
    engine: Engine, agents: list[Agent], people: list[tuple[WaitingContact, float, float]]
) -> tuple[float, int]:
    """Return seconds spent inside the engine, and events told. Times go in as integers, as the twin does."""
    for agent in agents:
        engine.agent_changed(agent, NOON)
    known = {contact.id: (contact, patience_s, service_s) for contact, patience_s, service_s in people}
    heap = [(to_us(contact.entered_at), 0, contact.id) for contact, _, _ in people]
    inside_s, events = 0.0, 0
    clock = time.perf_counter
    while heap:
        now_us, kind, id = heappop(heap)
        contact, patience_s, _ = known[id]
        if kind == 0:
            began = clock()
            matches = engine.contact_queued_us(contact, now_us, now_us)
            inside_s += clock() - began
            heappush(heap, (now_us + int(patience_s * 1e6), 1, id))
        elif kind == 1 and not engine.is_waiting(id):
            continue
        else:
            began = clock()
            matches = engine.contact_gone_us(id, now_us)
            inside_s += clock() - began
        events += 1
        for match in matches:
            heappush(heap, (now_us + int(known[match.contact_id][2] * 1e6), 2, match.contact_id))
    return inside_s, events


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--contacts", type=int, default=20_000)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    scenes = (
        ("one kind, 50 agents", 50, 1),
        ("12 kinds, 100 agents", 100, 12),
        ("500 kinds, 2,000 agents", 2_000, 500),
    )
    for name, agents, kinds in scenes:
        costs: dict[type[Engine], list[float]] = {Engine: [], WatchedEngine: []}
        for turn in range(given.runs):
            rng = random.Random(turn)
            staff, people = team(agents, kinds, rng), customers(given.contacts, kinds, agents, rng)
            for make, spent in costs.items():
                gc.collect()
                inside_s, events = play(make(), staff, people)
                spent.append(inside_s / events * 1e6)
        plain, watched = (statistics.median(spent) for spent in costs.values())
        print(f"{name:26} {plain:7.2f} µs an event {1e6 / plain:10,.0f} events/s   watched: {watched:7.2f} µs")


if __name__ == "__main__":
    main()
