"""The indexed engine against a slow, obvious one: the same decisions, and routing's promises after each step."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.routing.oracle import Oracle, Pair
from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring, Selection
from warmline.domain.routing.waiting import Match, WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def pairs(matches: list[Match]) -> list[Pair]:
    return [(match.contact_id, match.agent_id, match.also) for match in matches]


# --- any history --------------------------------------------------------------------------------

AGENTS = [UUID(int=100 + n) for n in range(4)]
CONTACTS = [UUID(int=1 + n) for n in range(8)]
maybe_agent = st.none() | st.sampled_from(AGENTS)
BOTH = (Seat("a", 1), Seat("b", 2))
MEDIA = MediaRules({"voice": 2}, 3, (), (("voice", "webchat"),))
PROFILES = [
    Profile.of(BOTH, {"ja": 2, "vip": 1}, {"webchat": 1}),
    Profile.of(BOTH, {"ja": 1}, {"webchat": 2, "voice": 1}, teams=("night",)),
    Profile.of((Seat("a", 1, 20), Seat("b", 1)), {}, {"webchat": 1}, attributes={"site": "seoul"}),
    Profile.of((Seat("b", 1, 5),), {"vip": 2}, {"webchat": 1, "voice": 1}),
    Profile.of((Seat("b", 1), Seat("a", 1)), {"ja": 1}, {"webchat": 3, "voice": 1}, media=MEDIA),
    Profile.of((Seat("a", 2),), {"vip": 2}, {"webchat": 2, "voice": 1}, media=MediaRules(exclusive=("voice",))),
    Profile.of(),
]
profiles = st.sampled_from([*PROFILES[:6], *PROFILES])
JA, VIP = SkillNeed("ja", 1), SkillNeed("vip", 2)
RINGS = [
    (),
    (Ring(20),),
    (Ring(10, "b"), Ring(31, "a", (VIP,))),
    (Ring(31, "b", (JA, VIP), "any"), Ring(5, teams=("night",))),
    (Ring(0, "b", attributes=(("site", "seoul"),)), Ring(120, "b")),
]
SELECTIONS: list[Selection] = [
    "longest_idle", "spare_capacity", "round_robin", "fewest", "best_level", "least_occupied",
]  # fmt: skip
rules_of_queues = st.builds(
    QueueRules,
    weight=st.sampled_from([1, 1, 2, 0.5]), selection=st.sampled_from(SELECTIONS),
    reserve=st.sampled_from([0, 0, 1, 2]), broadcast=st.sampled_from([1, 1, 2, 3]),
)  # fmt: skip


class Routing(RuleBasedStateMachine):
    """Random customers, random agents, random rules, random moments; both engines are told the same."""

    make: type[Engine] = Engine

    def __init__(self) -> None:
        super().__init__()
        self.engine, self.oracle = self.make(), Oracle()
        self.now = NOON
        self.entered: dict[UUID, datetime] = {}

    def same(self, matches: list[Match], expected: list[Pair]) -> None:
        assert pairs(matches) == expected

    @initialize(teams=st.lists(profiles, min_size=2, max_size=4))
    def team(self, teams: list[Profile]) -> None:
        for id, profile in zip(AGENTS, teams, strict=False):
            self.presence(id, profile, True)

    @rule(seconds=st.sampled_from([0.5, 3, 10, 20, 31, 120]), watched=st.booleans())
    def time_passes(self, seconds: float, watched: bool) -> None:
        until = self.now + timedelta(seconds=seconds)
        while watched and (due := self.engine.next_deadline()) is not None and due <= until:
            self.now = max(due, self.now)
            self.same(self.engine.tick(self.now), self.oracle.tick(self.now))
        self.now = until
        self.same(self.engine.tick(self.now), self.oracle.tick(self.now))

    @rule(
        id=st.sampled_from(CONTACTS), queue=st.sampled_from("ab"),
        channel=st.sampled_from(["webchat", "webchat", "voice"]), priority=st.sampled_from([1, 5, 5, 9]),
        skill=st.sampled_from([None, None, "ja", "vip"]), level=st.integers(1, 2), preferred=maybe_agent,
        only=st.sampled_from([*[None] * 9, AGENTS[0]]), patience_s=st.sampled_from([8, 30]),
        passed_on_by=st.none() | maybe_agent, left_out_s=st.sampled_from([-1, 0, 15, 60]),
        rings=st.sampled_from([(), *RINGS]),
    )  # fmt: skip
    def customer_waits(
        self,
        id,
        queue,
        channel,
        priority,
        skill,
        level,
        preferred,
        only,
        patience_s,
        passed_on_by,
        left_out_s,
        rings,
    ):
        contact = WaitingContact(
            id, queue, channel, self.entered.setdefault(id, self.now), priority,
            () if skill is None else (SkillNeed(skill, level),),
            preferred, None if preferred is None else self.now + timedelta(seconds=patience_s), only,
            passed_on_by, None if passed_on_by is None else self.now + timedelta(seconds=left_out_s), rings,
        )  # fmt: skip
        self.same(self.engine.contact_queued(contact, self.now), self.oracle.queued(contact, self.now))

    @rule(id=st.sampled_from(CONTACTS), queue=st.sampled_from("ab"), rings=st.sampled_from(RINGS))
    def ordinary_customer_waits(self, id: UUID, queue: str, rings: tuple[Ring, ...]) -> None:
        contact = WaitingContact(id, queue, "webchat", self.entered.setdefault(id, self.now), rings=rings)
        self.same(self.engine.contact_queued(contact, self.now), self.oracle.queued(contact, self.now))

    @rule(queue=st.sampled_from("ab"), rings=st.sampled_from(RINGS), first=st.integers(0, len(CONTACTS) - 3))
    def a_group_waits(self, queue: str, rings: tuple[Ring, ...], first: int) -> None:
        for id in CONTACTS[first : first + 3]:
            self.customer_leaves(id)
            self.now += timedelta(seconds=1)
            self.ordinary_customer_waits(id, queue, rings)

    @precondition(lambda self: any(not taken.ringing for taken in self.oracle.taken.values()))
    @rule(data=st.data(), left_out_s=st.sampled_from([15, 60]))
    def agent_passes_on(self, data: st.DataObject, left_out_s: float) -> None:
        id = data.draw(st.sampled_from(sorted(id for id, taken in self.oracle.taken.items() if not taken.ringing)))
        taken = self.oracle.taken[id]
        agent, until = taken.agents[0], self.now + timedelta(seconds=left_out_s)
        contact = WaitingContact(
            id,
            "a",
            taken.channel,
            self.entered.setdefault(id, self.now),
            passed_on_by=agent,
            passed_on_until=until,
        )
        matches = self.engine.contact_queued(contact, self.now)
        self.same(matches, self.oracle.queued(contact, self.now))
        assert (id, agent) not in [(match.contact_id, match.agent_id) for match in matches]

    @rule(id=st.sampled_from(CONTACTS))
    def customer_leaves(self, id: UUID) -> None:
        self.entered.pop(id, None)
        self.same(self.engine.contact_gone(id, self.now), self.oracle.gone(id, self.now))

    @precondition(lambda self: self.oracle.taken)
    @rule(data=st.data(), ringing=st.booleans(), more=st.lists(st.sampled_from(AGENTS), max_size=2, unique=True))
    def offer_or_answer_is_committed(self, data: st.DataObject, ringing: bool, more: list[UUID]) -> None:
        id = data.draw(st.sampled_from(sorted(self.oracle.taken)))
        taken = self.oracle.taken[id]
        agent, channel = data.draw(st.sampled_from(taken.agents)), taken.channel
        also = tuple(each for each in more if each != agent) if len(more) == 2 else ()
        expected = self.oracle.holds(id, channel, agent, self.now, ringing=ringing, also=also)
        matches = self.engine.contact_held(id, channel, agent, self.now, ringing=ringing, also=also)
        self.same(matches, expected)

    @precondition(lambda self: self.oracle.taken)
    @rule(data=st.data())
    def agent_declines(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.oracle.taken)))
        agent = data.draw(st.sampled_from(self.oracle.taken[id].agents))
        expected = self.oracle.declines(id, agent, self.now)
        self.same(self.engine.offer_declined(id, agent, self.now), expected)

    @rule(id=st.sampled_from(CONTACTS), agent=st.sampled_from(AGENTS))
    def supervisor_reassigns(self, id: UUID, agent: UUID) -> None:
        expected = self.oracle.holds(id, "webchat", agent, self.now, ringing=False)
        self.same(self.engine.contact_held(id, "webchat", agent, self.now), expected)

    @precondition(lambda self: self.oracle.waiting)
    @rule(data=st.data(), agent=st.sampled_from(AGENTS))
    def supervisor_pushes(self, data: st.DataObject, agent: UUID) -> None:
        id = data.draw(st.sampled_from(sorted(self.oracle.waiting)))
        expected = self.oracle.forced(id, agent, self.now)
        self.same(self.engine.force(id, agent, self.now), expected)

    @rule(queue=st.sampled_from("ab"), rules=rules_of_queues)
    def queue_is_served_differently(self, queue: str, rules: QueueRules) -> None:
        self.same(self.engine.queue_rules(queue, rules, self.now), self.oracle.ruled(queue, rules, self.now))

    @rule()
    def a_new_day_begins(self) -> None:
        self.engine.new_day(self.now)
        self.oracle.new_day(self.now)

    @rule(id=st.sampled_from(AGENTS), profile=profiles, routable=st.booleans())
    def presence(self, id: UUID, profile: Profile, routable: bool) -> None:
        agent = Agent(id, profile, routable, self.now)
        self.same(self.engine.agent_changed(agent, self.now), self.oracle.changed(agent, self.now))

    @precondition(lambda self: self.oracle.workers)
    @rule(data=st.data(), routable=st.booleans())
    def same_agent_toggles(self, data: st.DataObject, routable: bool) -> None:
        known = self.oracle.workers[data.draw(st.sampled_from(sorted(self.oracle.workers)))].agent
        self.presence(known.id, known.profile, routable)

    @rule(profile=profiles)
    def all_agents_are_alike(self, profile: Profile) -> None:
        for id in AGENTS:
            self.presence(id, profile, True)

    @rule(id=st.sampled_from(AGENTS))
    def agent_is_disabled(self, id: UUID) -> None:
        self.same(self.engine.agent_gone(id, self.now), self.oracle.left(id, self.now))

    @invariant()
    def each_contact_is_in_one_place(self) -> None:
        assert not set(self.oracle.waiting) & set(self.oracle.taken)
        for id in CONTACTS:
            taken = self.oracle.taken.get(id)
            assert self.engine.is_waiting(id) == (id in self.oracle.waiting)
            assert self.engine.holder(id) == (None if taken is None else taken.agents[0])
            ringing = () if taken is None or not taken.ringing else tuple(taken.agents)
            assert self.engine.ringing_at(id) == ringing

    @invariant()
    def nobody_is_idle_beside_a_customer_they_may_serve(self) -> None:
        for waiter in self.oracle.waiting.values():
            for worker in self.oracle.workers.values():
                assert self.oracle.may(waiter, worker.agent, self.now) is None

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


class AmongMany(Engine):
    """As with hundreds of kinds of agents: all idle ones are kept in one list as well."""

    def __init__(self) -> None:
        super().__init__()
        self._hands.crowded = 2


class RoutingAmongMany(Routing):
    make = AmongMany


TestRoutingAmongMany = RoutingAmongMany.TestCase
TestRoutingAmongMany.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)


# --- every history of a small house -------------------------------------------------------------

MINA, YUKI = AGENTS[0], AGENTS[1]
TEAM = {
    MINA: Agent(MINA, Profile.of((Seat("a", 1, 10), Seat("b")), {}, {"webchat": 1}), True, NOON),
    YUKI: Agent(YUKI, Profile.of((Seat("a"),), {}, {"webchat": 1}), True, NOON),
}
THREE = {
    CONTACTS[0]: WaitingContact(CONTACTS[0], "a", "webchat", after(1), 5, (), YUKI, after(16)),
    CONTACTS[1]: WaitingContact(CONTACTS[1], "b", "webchat", after(2), 1, rings=(Ring(8, "a"),)),
    CONTACTS[2]: WaitingContact(CONTACTS[2], "a", "webchat", after(3), 5, (), YUKI, after(40)),
}
STEPS = [(kind, id) for kind in ("queue", "gone", "ring") for id in THREE] + [
    (kind, id) for kind in ("on", "off") for id in TEAM
]
BY_HAND = [(kind, id) for kind in ("decline", "push") for id in THREE]
RULES = {
    "plain": {},
    "kept and widely offered": {"b": QueueRules(reserve=1, weight=2), "a": QueueRules(broadcast=2)},
}


def step(engine: Engine, oracle: Oracle, kind: str, id: UUID, now: datetime) -> None:
    if kind == "queue":
        got, expected = engine.contact_queued(THREE[id], now), oracle.queued(THREE[id], now)
    elif kind == "gone":
        got, expected = engine.contact_gone(id, now), oracle.gone(id, now)
    elif kind == "ring":
        if id not in oracle.taken:
            return
        taken = oracle.taken[id]
        agent, channel = taken.agents[0], taken.channel
        got = engine.contact_held(id, channel, agent, now, ringing=True)
        expected = oracle.holds(id, channel, agent, now, ringing=True)
    elif kind == "decline":
        if id not in oracle.taken:
            return
        agent = oracle.taken[id].agents[-1]
        got, expected = engine.offer_declined(id, agent, now), oracle.declines(id, agent, now)
    elif kind == "push":
        got, expected = engine.force(id, MINA, now), oracle.forced(id, MINA, now)
    else:
        agent_now = Agent(id, TEAM[id].profile, kind == "on", now)
        got, expected = engine.agent_changed(agent_now, now), oracle.changed(agent_now, now)
    assert pairs(got) == expected


def test_every_history_of_two_agents_and_three_customers_is_decided_as_the_rules_say():
    histories = 0
    kept = RULES["kept and widely offered"]
    for rules, steps, depth in ((RULES["plain"], STEPS, 4), (kept, STEPS + BY_HAND, 3)):
        for history in product(steps, repeat=depth):
            engine, oracle = Engine(), Oracle()
            for queue, its in rules.items():
                assert pairs(engine.queue_rules(queue, its, NOON)) == oracle.ruled(queue, its, NOON)
            for number, (kind, id) in enumerate([("on", YUKI), ("queue", CONTACTS[1]), *history]):
                step(engine, oracle, kind, id, after(3 + 4 * number))
            histories += 1
    assert histories == len(STEPS) ** 4 + len(STEPS + BY_HAND) ** 3
