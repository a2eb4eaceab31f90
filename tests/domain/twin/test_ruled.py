import pytest
from msgspec.structs import replace
from tests.domain.twin.conftest import HELP, MORNING, calls, center, figures, house, run, small

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.invariants import WatchedEngine
from warmline.domain.routing.model import Seat
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring
from warmline.domain.twin.distributions import Empirical, Fixed
from warmline.domain.twin.result import read
from warmline.domain.twin.ruled import RuledSimulation, simulation_of
from warmline.domain.twin.simulation import Simulation
from warmline.domain.twin.world import (
    Group,
    Outage,
    Queue,
    Recorded,
    RecordedContact,
    Shift,
    Span,
    Steady,
    Stream,
    World,
)

SALES = Seat("sales")


def two_queues(help_rules: QueueRules, *groups: Group, sales: Recorded, help_calls: Recorded) -> World:
    """Sales beside help, a minute each."""
    streams = (Stream("sales", "sales", sales, Fixed(60)), Stream("calls", "help", help_calls, Fixed(60)))
    return World(MORNING, (Queue("sales"), Queue("help", rules=help_rules)), groups, streams)


def test_a_plain_world_is_played_by_the_quick_simulation_and_one_with_rules_by_the_other():
    assert type(simulation_of(center(0), 1, 60)) is Simulation
    ruled = small(calls(0), queue=Queue("help", rules=QueueRules(broadcast=2)))
    assert type(simulation_of(ruled, 1, 60)) is RuledSimulation


def test_rules_that_change_nothing_change_nothing():
    world = small(calls(0, 10, 20, patience_s=45), group=Group("team", HELP, 1, answers_after=Fixed(3)))
    ruled = replace(world, queues=(Queue("help", looks_every_s=600.0),))
    assert run(world, 600)[1].entries == run(ruled, 600)[1].entries


def test_both_simulations_play_a_busy_day_alike():
    world = center(5)
    ruled = replace(world, queues=tuple(replace(queue, looks_every_s=10_000.0) for queue in world.queues))
    assert type(simulation_of(ruled, 5, 60)) is RuledSimulation
    assert run(world, 3_000, 5, thorough=False)[1].entries == run(ruled, 3_000, 5, thorough=False)[1].entries


def test_a_ring_lets_others_help_after_its_seconds():
    rules = QueueRules(rings=(Ring(30, teams=("helpers",)),))
    skilled = Group("skilled", HELP, 1, {"billing": 3})
    helpers = Group("helpers", HELP, 1, teams=("helpers",))
    world = replace(small(calls(0, 5), queue=Queue("help", rules=rules)), groups=(skilled, helpers))
    billing = replace(world.streams[0], skills=(SkillNeed("billing", 2),))
    _, diary = run(replace(world, streams=(billing,)), 300, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [(0, "answered"), (60, "done")]
    assert diary.of(2) == [(35, "answered"), (95, "done")]


def test_skills_are_relaxed_and_the_next_queue_helps_out_as_in_the_live_router():
    rules = QueueRules(relax_skills_after_s=50, overflow_queue_id="sales", overflow_after_s=20)
    sellers = Group("sellers", (SALES,), 1, {"billing": 1})
    world = two_queues(rules, sellers, Group("novices", HELP, 1), sales=calls(), help_calls=calls(0, 1))
    billing = replace(world.streams[1], skills=(SkillNeed("billing", 1),))
    _, diary = run(replace(world, streams=(billing,)), 300, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [(20, "answered"), (80, "done")]
    assert diary.of(2) == [(51, "answered"), (111, "done")]


def test_a_reserved_agent_is_kept_for_the_queue_that_keeps_one():
    both = Group("both", (SALES, HELP[0]), 2)
    world = two_queues(QueueRules(reserve=1), both, sales=calls(0, 1), help_calls=calls(10))
    _, diary = run(world, 300, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [(0, "answered"), (60, "done")]
    assert diary.of(3) == [(10, "answered"), (70, "done")]  # the call for help found somebody
    assert diary.of(2) == [(70, "answered"), (130, "done")]  # not before two are idle


def test_a_broadcast_rings_at_several_desks_and_the_first_to_accept_wins():
    rules = QueueRules(broadcast=3)
    team = Group("team", HELP, 3, answers_after=Empirical((4.0, 9.0, 15.0)))
    world = small(calls(0, 1), queue=Queue("help", rules=rules), group=team)
    simulation, diary = run(world, 300, engine=WatchedEngine(full_every=1))
    assert [what for _, what in diary.of(1)] == ["offered"] * 3 + ["answered", "done"]
    won_s = diary.of(1)[3][0]
    # Whoever lost is free that very moment and is asked for the next customer.
    assert [(at_s, what) for at_s, what in diary.of(2)][:2] == [(won_s, "offered")] * 2
    assert figures(simulation).answered == 2


def test_a_broadcast_everybody_misses_puts_the_customer_back_into_line():
    team = Group("team", HELP, 2, no_answer=1.0, offer_timeout_s=10, misses_allowed=9)
    world = small(calls(0), queue=Queue("help", rules=QueueRules(broadcast=2)), group=team)
    _, diary = run(world, 30, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [
        (0, "offered"), (0, "offered"), (10, "missed"), (10, "missed"), (10, "waits again"),
    ]  # fmt: skip


def test_a_customer_who_hangs_up_during_a_broadcast_frees_all_desks():
    team = Group("team", HELP, 2, answers_after=Fixed(9))
    world = small(calls(0, 1, patience_s=5), queue=Queue("help", rules=QueueRules(broadcast=2)), group=team)
    simulation, diary = run(world, 60, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [(0, "offered"), (0, "offered"), (5, "gave up")]
    assert diary.of(2)[:2] == [(5, "offered"), (5, "offered")]
    assert read(simulation).overall.total.work.busy_s == 12


def test_desks_that_die_during_a_broadcast_leave_it_to_the_others():
    gone, left = Group("gone", HELP, 1, answers_after=Fixed(20)), Group("left", HELP, 1, answers_after=Fixed(20))
    world = small(calls(0), queue=Queue("help", rules=QueueRules(broadcast=2)), group=gone)
    outage = Outage(5, 100, "agents_gone", ("gone",))
    simulation, diary = run(replace(world, groups=(gone, left), outages=(outage,)), 90)
    assert diary.of(1) == [(0, "offered"), (0, "offered"), (20, "answered"), (80, "done")]
    assert figures(simulation).requeued == 0


def test_voice_interrupts_mail_and_nothing_else_is_offered_beside_it():
    media = MediaRules(exclusive=("voice", "mail"), interrupts=(("voice", "mail"),))
    one = Group("one", HELP, 1, capacity={"voice": 1, "mail": 2}, media=media)
    mail = Stream("mail", "help", calls(0, 20, handle_s=100), Fixed(100), channel="mail")
    voice = Stream("voice", "help", calls(10), Fixed(60))
    world = World(MORNING, (Queue("help"),), (one,), (mail, voice))
    _, diary = run(world, 400, engine=WatchedEngine(full_every=1))
    assert diary.of(1) == [(0, "answered"), (100, "done")]
    assert diary.of(2) == [(10, "answered"), (70, "done")]  # the call does not wait for the mail
    assert diary.of(3) == [(100, "answered"), (200, "done")]  # the second mail waits for the first one


def test_heavier_contacts_take_more_of_what_an_agent_can_carry():
    one = Group("one", HELP, 1, capacity={"voice": 1, "webchat": 3}, media=MediaRules({"voice": 3}, 3))
    chats = Stream("chats", "help", calls(0, 20), Fixed(50), channel="webchat")
    world = World(MORNING, (Queue("help"),), (one,), (chats, Stream("voice", "help", calls(10), Fixed(60))))
    _, diary = run(world, 400, engine=WatchedEngine(full_every=1))
    assert (diary.of(1)[0], diary.of(3)[0]) == ((0, "answered"), (20, "answered"))  # two chats at once
    assert diary.of(2)[0] == (80, "answered")  # a call needs all of the agent


def test_between_queues_of_one_rank_waiting_counts_by_weight():
    both = Group("both", (SALES, HELP[0]), 1)
    world = two_queues(QueueRules(weight=5), both, sales=calls(0, 10), help_calls=calls(30))
    _, diary = run(world, 300, engine=WatchedEngine(full_every=1))
    assert diary.of(3)[0] == (60, "answered")  # 30 s count as 150
    assert diary.of(2)[0] == (120, "answered")


def test_the_queue_s_own_strategy_chooses_the_agent():
    able = tuple(Group(f"level {level}", HELP, 1, {"ko": level}) for level in (1, 4))
    world = small(calls(0), queue=Queue("help", rules=QueueRules(selection="best_level")))
    korean = replace(world.streams[0], skills=(SkillNeed("ko", 1),))
    world = replace(world, groups=able, streams=(korean,))
    _, diary = run(world, 100, engine=WatchedEngine(full_every=1))
    assert diary.entries[0] == (0, "answered", 1, 2)
    _, plain = run(replace(world, queues=(Queue("help"),)), 100)
    assert plain.entries[0] == (0, "answered", 1, 1)


def returning(*contacts: RecordedContact, agents: tuple[Group, ...]) -> World:
    stream = Stream("calls", "help", Recorded(contacts), Fixed(60), preferred_s=30)
    return World(MORNING, (Queue("help"),), agents, (stream,))


def test_who_comes_back_waits_for_the_agent_they_know_and_then_for_anybody():
    agents = (Group("mina", HELP, 1), Group("yuki", HELP, 1))
    world = returning(RecordedContact(0, last="mina"), RecordedContact(10, last="mina"), agents=agents)
    _, diary = run(world, 300, engine=WatchedEngine(full_every=1))
    assert diary.entries[0] == (0, "answered", 1, 1)
    assert diary.of(2)[0] == (40, "answered")  # 30 s for mina, who talks; then yuki
    sooner = returning(RecordedContact(0, 25, last="mina"), RecordedContact(10, last="mina"), agents=agents)
    assert (25, "answered", 2, 1) in run(sooner, 300)[1].entries


def test_an_agent_who_is_not_there_is_not_waited_for():
    agents = (Group("mina", HELP, 1, shifts=(Shift(100, 200),)), Group("yuki", HELP, 1))
    _, diary = run(returning(RecordedContact(0, last="mina"), agents=agents), 300)
    assert diary.entries[0] == (0, "answered", 1, 2)


def test_who_is_passed_to_one_agent_waits_for_that_one_alone_and_later_for_anybody():
    agents = (Group("mina", HELP, 1, shifts=(Shift(100, 200),)), Group("yuki", HELP, 1))
    _, diary = run(returning(RecordedContact(0, last="mina", alone_s=60), agents=agents), 300,
                   engine=WatchedEngine(full_every=1))  # fmt: skip
    assert diary.entries[0] == (60, "answered", 1, 2)


def test_a_share_of_described_customers_comes_back_to_somebody():
    world = returning(agents=(Group("team", HELP, 6),))
    stream = replace(world.streams[0], arrivals=Steady(200), returning=0.5)
    _, with_wish = run(replace(world, streams=(stream,)), 3_600, thorough=False)
    plain = run(replace(world, streams=(replace(stream, returning=0.0),)), 3_600, thorough=False)[1]
    assert with_wish.entries != plain.entries
    assert len([entry for entry in with_wish.entries if entry[1] == "answered"]) > 150


def test_the_journey_keeps_some_and_takes_its_time_with_the_others():
    stream = Stream("calls", "help", calls(0, 5, 10), Fixed(60), self_service=Fixed(40), contained=1.0)
    recorded = Recorded((RecordedContact(0, before_s=40), RecordedContact(5, before_s=12, contained=True)))
    world = World(MORNING, (Queue("help"),), (Group("team", HELP),), (replace(stream, arrivals=recorded),))
    simulation, diary = run(world, 300)
    assert diary.of(1) == [(40, "queued"), (40, "answered"), (100, "done")]
    assert diary.of(2) == [(17, "contained")]
    assert (figures(simulation).came, figures(simulation).contained) == (1, 1)
    described = replace(world, streams=(replace(stream, arrivals=Steady(120)),))
    simulation, _ = run(described, 3_600)
    assert figures(simulation).came == 0
    assert figures(simulation).contained > 80


def test_when_all_have_gone_home_those_in_line_are_told_within_a_minute():
    rules = QueueRules(leave_when_empty=True)
    team = Group("team", HELP, 1, shifts=(Shift(0, 50),))
    world = small(calls(0, 10), queue=Queue("help", rules=rules, looks_every_s=60), group=team)
    simulation, diary = run(world, 300)
    assert diary.of(2) == [(70, "sent away")]
    assert figures(simulation).sent_away == 1
    stays = replace(world, queues=(Queue("help", rules=QueueRules(), looks_every_s=60),))
    assert run(stays, 300)[1].of(2) == []


def test_a_break_is_not_the_end_of_a_shift():
    team = Group("team", HELP, 1, shifts=(Shift(0, 400, (Span(5, 200),)),))
    queue = Queue("help", rules=QueueRules(leave_when_empty=True), looks_every_s=60)
    _, diary = run(small(calls(10), queue=queue, group=team), 400)
    assert diary.of(1) == [(200, "answered"), (260, "done")]


def test_past_closing_time_those_who_were_let_in_are_served_while_somebody_is_there():
    queue = Queue("help", opened=(Span(0, 30),), lets_in=True, looks_every_s=60)
    there = Group("team", HELP, 1, shifts=(Shift(0, 90),))
    _, diary = run(small(calls(0, 10, 40), queue=queue, group=there), 300)
    assert diary.of(2)[0] == (60, "answered")
    assert diary.of(3) == [(100, "sent away")]


def test_who_finds_nobody_on_shift_may_be_turned_away():
    team = Group("team", HELP, 1, shifts=(Shift(50, 100),))
    queue = Queue("help", when_unstaffed="turn_away")
    simulation, diary = run(small(calls(0, 60), queue=queue, group=team), 300)
    assert diary.of(1) == [(0, "turned away")]
    assert diary.of(2)[0] == (60, "answered")
    assert figures(simulation).turned_away == 1


@pytest.mark.parametrize("number", range(8))
def test_every_promise_holds_in_a_house_where_everything_is_set(number: int):
    engine = WatchedEngine(full_every=7, record=True)
    simulation, diary = run(house(number), 4_000, seed=number, engine=engine)
    engine.check_replay()
    told = figures(simulation)
    ends = told.answered + told.abandoned + told.sent_away + told.turned_away + told.promised + told.unfinished
    assert told.came == ends
    assert told.answered > 5
    assert diary.entries


def test_the_same_seed_gives_the_same_day_with_all_rules():
    days = [run(house(3), 3_000, seed=5, thorough=False)[1].entries for _ in range(2)]
    assert days[0] == days[1]
    assert days[0] != run(house(3), 3_000, seed=6, thorough=False)[1].entries
