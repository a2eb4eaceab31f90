"""An incident floods one queue: 100,000 customers who all need one rare skill, 10,000 agents who mostly lack it.

What does it cost to find work for an agent who becomes free? The indexed engine against the usual way of looking
through those who wait in order of age until one fits. Both are asked the same; their answers are compared.

Everything is switched on: 200 skills at 5 levels, queues with weights and strategies, rings, a matrix of channels
that interrupt others, wrap-ups in hand, and customers whom somebody has just missed. `--rebuild` measures how long
a new leader needs for profiles and for everybody who waits.
"""

import argparse
import gc
import json
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rings import rings_of
from warmline.domain.routing.rules import MediaRules, QueueRules, Selection
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
READY = NOON + timedelta(seconds=300)
QUEUES = [f"queue-{n}" for n in range(20)]
SKILLS = [f"skill-{n}" for n in range(200)]
RARE = "recall-line-7"
SELECTIONS: list[Selection] = ["longest_idle", "spare_capacity", "round_robin", "fewest", "best_level"]
MEDIA = MediaRules({"voice": 2}, 4, ("video",), (("voice", "email"), ("voice", "webchat")))
CAPACITY = {"webchat": 3, "voice": 1, "email": 4, "video": 1}
RULES = QueueRules(weight=1.5, selection="fewest", relax_skills_after_s=3_600)
MISSED_OF = 500  # one of so many was just missed by somebody, who is left out for a while
CONTACTS = 1_000_000  # ids from here on are customers


def agents(count: int, kinds: int, rng: random.Random) -> list[Agent]:
    """Agents of so many kinds; one kind in a hundred has the rare skill."""
    profiles: list[Profile] = []
    for number in range(kinds):
        skills = {skill: rng.randint(1, 5) for skill in rng.sample(SKILLS, 6)}
        if number % 100 == 0:
            skills[RARE] = 5
        served = (Seat("recall", 1), *(Seat(queue, 2) for queue in rng.sample(QUEUES, 3)))
        profiles.append(Profile.of(served, skills, CAPACITY, media=MEDIA))
    return [Agent(UUID(int=1 + n), profiles[n % kinds], False, NOON) for n in range(count)]


def customers(count: int) -> list[WaitingContact]:
    """All of them ask for the rare skill."""
    skills = (SkillNeed(RARE, 3),)
    rings = rings_of(RULES, "recall", skills)
    return [
        WaitingContact(
            UUID(int=CONTACTS + number), "recall", "voice", NOON + timedelta(microseconds=200 * number),
            skills=skills, rings=rings,
        )
        for number in range(count)
    ]  # fmt: skip


def filled(people: list[Agent], line: list[WaitingContact]) -> tuple[Engine, float]:
    """Return an engine that knows everybody, and how many customers a second it took in."""
    engine = Engine()
    engine.queue_rules("recall", RULES, NOON)
    for number, queue in enumerate(QUEUES):
        engine.queue_rules(queue, QueueRules(weight=0.5 + number / 10, selection=SELECTIONS[number % 5]), NOON)
    for number, agent in enumerate(people):
        engine.agent_changed(agent, NOON)
        engine.contact_held(UUID(int=500_000 + number), "email", agent.id, NOON)  # still being wrapped up
    now = NOON + timedelta(seconds=290)
    began = time.perf_counter()
    for contact in line:
        engine.contact_queued(contact, now)
    rate = len(line) / (time.perf_counter() - began)
    for contact in line[::MISSED_OF]:
        missed_by = people[contact.id.int % len(people)].id
        engine.contact_held(contact.id, contact.channel, missed_by, now, ringing=True)
        engine.contact_queued(contact, now)
    return engine, rate


def scan(waiting: list[WaitingContact], left_out: dict[UUID, UUID], agent: Agent) -> UUID | None:
    """Look through everybody, oldest first, until one fits: what a sorted list can do at best."""
    seats = {seat.queue_id for seat in agent.profile.seats}
    skills = dict(agent.profile.skills)
    for contact in waiting:
        fits = contact.queue_id in seats
        fits = fits and all(skills.get(need.skill, 0) >= need.level for need in contact.skills)
        if fits and left_out.get(contact.id) != agent.id:
            return contact.id
    return None


def percentile(samples: list[float], share: float) -> float:
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * share))]


def measure(waiting_count: int, agent_count: int, asked: int, scanned: int) -> dict[str, float]:
    """Return times in µs."""
    rng = random.Random(7)
    people, line = agents(agent_count, 500, rng), customers(waiting_count)
    engine, rate = filled(people, line)
    left_out = {contact.id: people[contact.id.int % agent_count].id for contact in line[::MISSED_OF]}
    gc.collect()
    gc.freeze()
    indexed: list[float] = []
    looked: list[float] = []
    found: list[float] = []
    for turn, agent in enumerate(rng.choices(people, k=asked)):
        ready, away = Agent(agent.id, agent.profile, True, READY), Agent(agent.id, agent.profile, False, READY)
        if turn < scanned:
            began = time.perf_counter()
            expected = scan(line, left_out, ready)
            looked.append((time.perf_counter() - began) * 1e6)
        began = time.perf_counter()
        matches = engine.agent_changed(ready, READY)
        indexed.append((time.perf_counter() - began) * 1e6)
        if matches:
            found.append(indexed[-1])
        if turn < scanned:
            assert [match.contact_id for match in matches] == ([expected] if expected else [])
        engine.agent_changed(away, READY)
        for match in matches:  # the customer is helped elsewhere; the list is searched as it was
            engine.contact_queued(line[match.contact_id.int - CONTACTS], READY)
    gc.unfreeze()
    return {
        "arrivals a second": rate,
        "index p50 µs": statistics.median(indexed),
        "index p50 µs, if found": statistics.median(found),
        "index p99 µs": percentile(indexed, 0.99),
        "scan p50 µs": statistics.median(looked) if looked else 0.0,
        "scan p99 µs": percentile(looked, 0.99) if looked else 0.0,
    }


def rebuild(waiting_count: int, kinds: int) -> None:
    """Measure what a new leader does first: 10,000 kinds of agents, thousands of wishes, a million who wait."""
    rng = random.Random(9)
    people = agents(kinds, kinds, rng)
    needs = [rng.sample(SKILLS, rng.randint(0, 2)) for _ in range(2_237)]
    wishes = [(rng.choice(QUEUES), tuple(SkillNeed(skill, rng.randint(1, 5)) for skill in each)) for each in needs]
    line = [
        WaitingContact(UUID(int=CONTACTS + n), queue, "voice", NOON + timedelta(microseconds=n), 5, skills)
        for n, (queue, skills) in enumerate(rng.choices(wishes, k=waiting_count))
    ]
    gc.collect()
    gc.disable()  # a million new objects in one go: the collector would look at them again and again
    engine = Engine()
    began = time.perf_counter()
    for agent in people:
        engine.agent_changed(agent, NOON)
    joined_s = time.perf_counter() - began
    seen: set[object] = set()
    began = time.perf_counter()
    for contact in line:
        wish = (contact.queue_id, contact.skills)
        if wish not in seen:
            seen.add(wish)
            engine.contact_queued(contact, READY)
    wishes_s = time.perf_counter() - began
    began = time.perf_counter()
    for contact in line:
        engine.contact_queued(contact, READY)
    filled_s = time.perf_counter() - began
    print(
        f"{kinds:,} kinds of agents known after {joined_s:.1f} s, {len(seen):,} wishes matched in {wishes_s:.1f} s"
    )
    print(f"{waiting_count:,} waiting taken in after {filled_s:.1f} s ({waiting_count / filled_s:,.0f} a second)")
    free: list[float] = []
    for agent in rng.choices(people, k=2_000):
        ready = Agent(agent.id, agent.profile, True, READY)
        began = time.perf_counter()
        engine.agent_changed(ready, READY)
        free.append((time.perf_counter() - began) * 1e6)
    p50, p99 = statistics.median(free), percentile(free, 0.99)
    print(f"an agent who becomes free among them: p50 {p50:.0f} µs, p99 {p99:.0f} µs")
    gc.enable()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--waiting", type=int, default=100_000)
    arguments.add_argument("--most", type=int, default=1_000_000, help="for the growth of p50; 0: not measured")
    arguments.add_argument("--agents", type=int, default=10_000)
    arguments.add_argument("--asked", type=int, default=20_000)
    arguments.add_argument("--scanned", type=int, default=200)
    arguments.add_argument("--rebuild", action="store_true")
    given = arguments.parse_args()
    if given.rebuild:
        rebuild(given.most, given.agents)
        return
    small = measure(1_000, given.agents, given.asked, given.scanned)
    large = measure(given.waiting, given.agents, given.asked, given.scanned)
    for name, value in large.items():
        print(f"{name:24} {value:14,.1f}    (1,000 waiting: {small[name]:12,.1f})")
    figures = {
        "waiting": given.waiting,
        "faster_p50": round(large["scan p50 µs"] / large["index p50 µs"]),
        "growth_p50": round(large["index p50 µs"] / small["index p50 µs"], 2),
        "targets": {"faster_p50": 1_000, "growth_p50_at_most": 8},
    }
    if given.most:
        most = measure(given.most, given.agents, given.asked, 0)
        figures["most"] = given.most
        figures["growth_p50_to_most"] = round(most["index p50 µs"] / small["index p50 µs"], 2)
        print(f"{given.most:,} waiting: p50 {most['index p50 µs']:.1f} µs, p99 {most['index p99 µs']:.1f} µs")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
