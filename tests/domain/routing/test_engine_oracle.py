"""The indexed engine against a slow, obvious one: the same decisions, and routing's promises after each step."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import AGEING_S, AVOID_S, Engine
from warmline.domain.routing.model import Agent, Match, Profile, Seat, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@dataclass
class Waiter:
    """A waiting contact as the slow engine sees it."""

    contact: WaitingContact
    preferring: bool
    avoid: dict[UUID, datetime] = field(default_factory=dict)

    @property
    def order(self) -> tuple[datetime, int]:
        return (self.contact.entered_at + timedelta(seconds=AGEING_S * self.contact.priority), self.contact.id.int)


class Oracle:
    """Looks at every contact and every agent, every time. Written from the rules, sharing no code."""

    def __init__(self) -> None:
        self.waiting: dict[UUID, Waiter] = {}
        self.held: dict[UUID, tuple[UUID, str, bool]] = {}  # agent, channel, ringing
        self.agents: dict[UUID, Agent] = {}
        self.idle_since: dict[UUID, datetime] = {}

    def load(self, agent_id: UUID, channel: str | None = None) -> int:
        return sum(1 for agent, at, _ in self.held.values() if agent == agent_id and channel in (None, at))

    def serves(self, agent: Agent, contact: WaitingContact) -> Seat | None:
        have = dict(agent.profile.skills)
        if any(have.get(need.skill, 0) < need.level for need in contact.skills):
            return None
        return next((seat for seat in agent.profile.seats if seat.queue_id == contact.queue_id), None)

    def prefers(self, waiter: Waiter, now: datetime) -> bool:
        contact, agent = waiter.contact, self.agents.get(waiter.contact.preferred_agent_id or UUID(int=0))
        if agent is None or contact.preferred_until is None or contact.preferred_until <= now:
            return False
        fits = self.serves(agent, contact) is not None and contact.channel in dict(agent.profile.capacity)
        return fits and agent.routable and agent.id not in waiter.avoid

    def rank(self, waiter: Waiter, agent: Agent, now: datetime) -> int | None:
        """How this agent would rank this contact (0 first); None when it may not be offered."""
        contact, private = waiter.contact, waiter.contact.only_agent_id is not None or waiter.preferring
        wanted = contact.only_agent_id or contact.preferred_agent_id
        capacity = dict(agent.profile.capacity).get(contact.channel, 1 if private else 0)
        if not agent.routable or self.load(agent.id, contact.channel) >= capacity or agent.id in waiter.avoid:
            return None
        if private:
            return 0 if agent.id == wanted else None
        seat = self.serves(agent, contact)
        if seat is None or contact.entered_at + timedelta(seconds=seat.delay_s) > now:
            return None
        return seat.priority

    def relax(self, now: datetime) -> None:
        for waiter in self.waiting.values():
            waiter.avoid = {agent: until for agent, until in waiter.avoid.items() if until > now}
            waiter.preferring = waiter.preferring and self.prefers(waiter, now)

    def seat_everybody(self, now: datetime, matches: list[tuple[UUID, UUID]]) -> None:
        for waiter in sorted(self.waiting.values(), key=lambda waiter: waiter.order):
            best = min(
                (
                    (rank, self.load(agent.id), self.idle_since[agent.id], agent.id.int, agent.id)
                    for agent in self.agents.values()
                    if (rank := self.rank(waiter, agent, now)) is not None
                ),
                default=None,
            )
            if best is not None:
                self.match(waiter, best[4], now, matches)

    def serve(self, agent_id: UUID, now: datetime, matches: list[tuple[UUID, UUID]]) -> None:
        while agent_id in self.agents:
            best = min(
                (
                    (rank, waiter.order, id)
                    for id, waiter in self.waiting.items()
                    if (rank := self.rank(waiter, self.agents[agent_id], now)) is not None
                ),
                default=None,
            )
            if best is None:
                return
            self.match(self.waiting[best[2]], agent_id, now, matches)

    def match(self, waiter: Waiter, agent_id: UUID, now: datetime, matches: list[tuple[UUID, UUID]]) -> None:
        del self.waiting[waiter.contact.id]
        self.take(waiter.contact.id, agent_id, waiter.contact.channel, now, ringing=False)
        matches.append((waiter.contact.id, agent_id))

    def take(self, contact_id: UUID, agent_id: UUID, channel: str, now: datetime, *, ringing: bool) -> None:
        self.held[contact_id] = (agent_id, channel, ringing)
        self.touch(agent_id, now)

    def touch(self, agent_id: UUID, now: datetime) -> None:
        if agent_id in self.agents:
            self.idle_since[agent_id] = max(now, self.idle_since[agent_id])

    def free(self, contact_id: UUID, now: datetime) -> tuple[UUID, bool] | None:
        held = self.held.pop(contact_id, None)
        if held is None:
            return None
        self.touch(held[0], now)
        return held[0], held[2]

    def tick(self, now: datetime) -> list[tuple[UUID, UUID]]:
        matches: list[tuple[UUID, UUID]] = []
        self.relax(now)
        self.seat_everybody(now, matches)
        return matches

    def queued(self, contact: WaitingContact, now: datetime) -> list[tuple[UUID, UUID]]:
        matches = self.tick(now)
        before = self.waiting.get(contact.id)
        if before is not None and before.contact == contact:
            return matches
        freed = self.free(contact.id, now)
        avoid = {} if before is None else before.avoid
        if freed is not None and freed[1]:
            avoid = {freed[0]: now + timedelta(seconds=AVOID_S)}
        if contact.passed_on_by is not None and contact.passed_on_until is not None:
            until = contact.passed_on_until
            avoid = {**avoid, contact.passed_on_by: max(until, avoid.get(contact.passed_on_by, until))}
        avoid = {agent: until for agent, until in avoid.items() if agent != contact.only_agent_id}
        self.waiting[contact.id] = Waiter(contact, contact.preferred_agent_id is not None, avoid)
        self.relax(now)
        if freed is not None:
            self.serve(freed[0], now, matches)
        self.seat_everybody(now, matches)
        return matches

    def holds(self, contact_id: UUID, channel: str, agent_id: UUID, now: datetime, *, ringing: bool) -> list:
        matches = self.tick(now)
        self.waiting.pop(contact_id, None)
        if self.held.get(contact_id, (None, None))[:2] == (agent_id, channel):
            self.held[contact_id] = (agent_id, channel, ringing)
            return matches
        freed = self.free(contact_id, now)
        self.take(contact_id, agent_id, channel, now, ringing=ringing)
        if freed is not None:
            self.serve(freed[0], now, matches)
        return matches

    def gone(self, contact_id: UUID, now: datetime) -> list[tuple[UUID, UUID]]:
        matches = self.tick(now)
        self.waiting.pop(contact_id, None)
        freed = self.free(contact_id, now)
        if freed is not None:
            self.serve(freed[0], now, matches)
        return matches

    def changed(self, agent: Agent, now: datetime) -> list[tuple[UUID, UUID]]:
        matches = self.tick(now)
        self.idle_since[agent.id] = max(agent.idle_since, self.idle_since.get(agent.id, agent.idle_since))
        self.agents[agent.id] = agent
        self.relax(now)
        self.serve(agent.id, now, matches)
        self.seat_everybody(now, matches)
        return matches

    def left(self, agent_id: UUID, now: datetime) -> list[tuple[UUID, UUID]]:
        matches = self.tick(now)
        self.agents.pop(agent_id, None)
        self.idle_since.pop(agent_id, None)
        self.relax(now)
        self.seat_everybody(now, matches)
        return matches


# --- any history --------------------------------------------------------------------------------

AGENTS = [UUID(int=100 + n) for n in range(4)]
CONTACTS = [UUID(int=1 + n) for n in range(8)]
maybe_agent = st.none() | st.sampled_from(AGENTS)
BOTH = (Seat("a", 1), Seat("b", 2))
PROFILES = [
    Profile.of(BOTH, {"ja": 2, "vip": 1}, {"webchat": 1}),
    Profile.of(BOTH, {"ja": 1}, {"webchat": 2, "voice": 1}),
    Profile.of((Seat("a", 1, 20), Seat("b", 1)), {}, {"webchat": 1}),
    Profile.of((Seat("b", 1, 5),), {"vip": 2}, {"webchat": 1, "voice": 1}),
    Profile.of(),
]
profiles = st.sampled_from([*PROFILES[:4], *PROFILES])


class Routing(RuleBasedStateMachine):
    """Random customers, random agents, random moments; both engines are told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.engine, self.oracle = Engine(), Oracle()
        self.now = NOON
        self.entered: dict[UUID, datetime] = {}

    def same(self, matches: list[Match], expected: list[tuple[UUID, UUID]]) -> None:
        assert [(match.contact_id, match.agent_id) for match in matches] == expected

    @initialize(teams=st.lists(profiles, min_size=2, max_size=4))
    def team(self, teams: list[Profile]) -> None:
        for id, profile in zip(AGENTS, teams, strict=False):
            self.presence(id, profile, True)

    @rule(seconds=st.sampled_from([0.5, 3, 10, 20, 31, 120]))
    def time_passes(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        while (due := self.engine.next_deadline()) is not None and due <= until:
            self.now = max(due, self.now)
            self.same(self.engine.tick(self.now), self.oracle.tick(self.now))
        self.now = until

    @rule(
        id=st.sampled_from(CONTACTS), queue=st.sampled_from("ab"),
        channel=st.sampled_from(["webchat", "webchat", "voice"]), priority=st.sampled_from([1, 5, 5, 9]),
        skill=st.sampled_from([None, None, "ja", "vip"]), level=st.integers(1, 2), preferred=maybe_agent,
        only=st.sampled_from([*[None] * 9, AGENTS[0]]), patience_s=st.sampled_from([8, 30]),
        passed_on_by=st.none() | maybe_agent, left_out_s=st.sampled_from([-1, 0, 15, 60]),
    )  # fmt: skip
    def customer_waits(
        self, id, queue, channel, priority, skill, level, preferred, only, patience_s, passed_on_by, left_out_s
    ):
        contact = WaitingContact(
            id, queue, channel, self.entered.setdefault(id, self.now), priority,
            () if skill is None else (SkillNeed(skill, level),),
            preferred, None if preferred is None else self.now + timedelta(seconds=patience_s), only,
            passed_on_by, None if passed_on_by is None else self.now + timedelta(seconds=left_out_s),
        )  # fmt: skip
        self.same(self.engine.contact_queued(contact, self.now), self.oracle.queued(contact, self.now))

    @precondition(lambda self: any(not ringing for _, _, ringing in self.oracle.held.values()))
    @rule(data=st.data(), left_out_s=st.sampled_from([15, 60]))
    def agent_passes_on(self, data: st.DataObject, left_out_s: float) -> None:
        id = data.draw(st.sampled_from(sorted(id for id, held in self.oracle.held.items() if not held[2])))
        agent, channel, _ = self.oracle.held[id]
        until = self.now + timedelta(seconds=left_out_s)
        contact = WaitingContact(
            id, "a", channel, self.entered.setdefault(id, self.now), passed_on_by=agent, passed_on_until=until
        )
        matches = self.engine.contact_queued(contact, self.now)
        self.same(matches, self.oracle.queued(contact, self.now))
        assert (id, agent) not in [(match.contact_id, match.agent_id) for match in matches]

    @rule(id=st.sampled_from(CONTACTS))
    def customer_leaves(self, id: UUID) -> None:
        self.entered.pop(id, None)
        self.same(self.engine.contact_gone(id, self.now), self.oracle.gone(id, self.now))

    @precondition(lambda self: self.oracle.held)
    @rule(data=st.data(), ringing=st.booleans())
    def offer_or_answer_is_committed(self, data: st.DataObject, ringing: bool) -> None:
        id = data.draw(st.sampled_from(sorted(self.oracle.held)))
        agent, channel, _ = self.oracle.held[id]
        expected = self.oracle.holds(id, channel, agent, self.now, ringing=ringing)
        self.same(self.engine.contact_held(id, channel, agent, self.now, ringing=ringing), expected)

    @rule(id=st.sampled_from(CONTACTS), agent=st.sampled_from(AGENTS))
    def supervisor_reassigns(self, id: UUID, agent: UUID) -> None:
        expected = self.oracle.holds(id, "webchat", agent, self.now, ringing=False)
        self.same(self.engine.contact_held(id, "webchat", agent, self.now), expected)

    @rule(id=st.sampled_from(AGENTS), profile=profiles, routable=st.booleans())
    def presence(self, id: UUID, profile: Profile, routable: bool) -> None:
        agent = Agent(id, profile, routable, self.now)
        self.same(self.engine.agent_changed(agent, self.now), self.oracle.changed(agent, self.now))

    @precondition(lambda self: self.oracle.agents)
    @rule(data=st.data(), routable=st.booleans())
    def same_agent_toggles(self, data: st.DataObject, routable: bool) -> None:
        known = self.oracle.agents[data.draw(st.sampled_from(sorted(self.oracle.agents)))]
        self.presence(known.id, known.profile, routable)

    @rule(id=st.sampled_from(AGENTS))
    def agent_is_disabled(self, id: UUID) -> None:
        self.same(self.engine.agent_gone(id, self.now), self.oracle.left(id, self.now))

    @invariant()
    def each_contact_is_in_one_place(self) -> None:
        assert not set(self.oracle.waiting) & set(self.oracle.held)
        for id in CONTACTS:
            assert self.engine.is_waiting(id) == (id in self.oracle.waiting)
            assert self.engine.holder(id) == self.oracle.held.get(id, (None,))[0]

    @invariant()
    def nobody_is_idle_beside_a_customer_they_may_serve(self) -> None:
        for waiter in self.oracle.waiting.values():
            for agent in self.oracle.agents.values():
                assert self.oracle.rank(waiter, agent, self.now) is None

    @invariant()
    def positions_are_one_to_n_in_serving_order(self) -> None:
        for queue in "ab":
            line = sorted(
                (waiter for waiter in self.oracle.waiting.values() if waiter.contact.queue_id == queue),
                key=lambda waiter: waiter.order,
            )
            assert self.engine.waiting(queue) == len(line)
            assert [self.engine.position(waiter.contact.id) for waiter in line] == list(range(1, len(line) + 1))


TestRouting = Routing.TestCase
TestRouting.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)


# --- every history of a small house -------------------------------------------------------------

MINA, YUKI = AGENTS[0], AGENTS[1]
TEAM = {
    MINA: Agent(MINA, Profile.of((Seat("a", 1, 10),), {}, {"webchat": 1}), True, NOON),
    YUKI: Agent(YUKI, Profile.of((Seat("a"),), {}, {"webchat": 1}), True, NOON),
}
THREE = {
    CONTACTS[0]: WaitingContact(CONTACTS[0], "a", "webchat", after(1), 5, (), YUKI, after(16)),
    CONTACTS[1]: WaitingContact(CONTACTS[1], "a", "webchat", after(2), 1),
    CONTACTS[2]: WaitingContact(CONTACTS[2], "a", "webchat", after(3), 5, (), YUKI, after(40)),
}
STEPS = [(kind, id) for kind in ("queue", "gone", "ring") for id in THREE] + [
    (kind, id) for kind in ("on", "off") for id in TEAM
]


def step(engine: Engine, oracle: Oracle, kind: str, id: UUID, now: datetime) -> None:
    if kind == "queue":
        got, expected = engine.contact_queued(THREE[id], now), oracle.queued(THREE[id], now)
    elif kind == "gone":
        got, expected = engine.contact_gone(id, now), oracle.gone(id, now)
    elif kind == "ring":
        if id not in oracle.held:
            return
        agent, channel, _ = oracle.held[id]
        got = engine.contact_held(id, channel, agent, now, ringing=True)
        expected = oracle.holds(id, channel, agent, now, ringing=True)
    else:
        agent_now = replace_routable(TEAM[id], kind == "on", now)
        got, expected = engine.agent_changed(agent_now, now), oracle.changed(agent_now, now)
    assert [(match.contact_id, match.agent_id) for match in got] == expected


def replace_routable(agent: Agent, routable: bool, now: datetime) -> Agent:
    return Agent(agent.id, agent.profile, routable, now)


def test_every_history_of_two_agents_and_three_customers_is_decided_as_the_rules_say():
    histories = 0
    for history in product(STEPS, repeat=4):
        engine, oracle = Engine(), Oracle()
        for number, (kind, id) in enumerate([("on", YUKI), ("queue", CONTACTS[1]), *history]):
            step(engine, oracle, kind, id, after(3 + 4 * number))
        histories += 1
    assert histories == len(STEPS) ** 4
