"""The rules said plainly agree with what the engine works out quickly."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.hands import Hand, ProfileHands
from warmline.domain.routing.lines import Plan, open_stage
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.room import Room
from warmline.domain.routing.rules import MediaRules, Ring
from warmline.domain.routing.scan import idle_for, may_serve, room_for

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
CHANNELS = ["webchat", "voice", "email"]
channels = st.sampled_from(CHANNELS)
media = st.builds(
    MediaRules,
    weights=st.dictionaries(channels, st.integers(1, 3)), total=st.none() | st.integers(0, 5),
    exclusive=st.lists(channels, max_size=2).map(tuple),
    interrupts=st.lists(st.tuples(channels, channels)).map(tuple),
)  # fmt: skip


@given(media, st.dictionaries(channels, st.integers(0, 3)), st.dictionaries(channels, st.integers(0, 4)), channels)
def test_room_is_the_same_however_it_is_worked_out(rules, capacity, load, channel):
    profile = Profile.of((), {}, capacity, media=rules)
    assert (Room(profile).left(load, channel) > 0) == (room_for(profile, load, channel) > 0)
    assert (Room(profile).left(load, channel, 1) > 0) == (room_for(profile, load, channel, True) > 0)


needs = st.lists(st.builds(SkillNeed, st.sampled_from(["ja", "vip"]), st.integers(1, 3)), max_size=2).map(tuple)
rings = st.builds(
    Ring,
    after_s=st.integers(0, 9), queue_id=st.sampled_from([None, "a", "b"]),
    skills=needs, match=st.sampled_from(["all", "any"]),
)  # fmt: skip
seats = st.lists(st.builds(Seat, st.sampled_from("abc"), st.integers(1, 3), st.integers(0, 9)), max_size=3).map(
    tuple
)


@given(st.lists(rings, max_size=4), seats, st.dictionaries(st.sampled_from(["ja", "vip"]), st.integers(1, 3)))
def test_stages_say_at_every_second_who_may_be_asked(more, served, skills):
    plan = Plan("a", (SkillNeed("ja", 2),), tuple(sorted(more, key=lambda ring: ring.after_s)))
    home = ProfileHands(Profile.of(served, skills))
    stages = plan.stages(home)
    for waited_s in range(11):
        stage = open_stage(stages, waited_s * 1_000_000)
        told = None if stage is None else (stage.ring, stage.rank)
        assert told == may_serve(plan, home, waited_s * 1_000_000)


def test_only_those_with_room_count_as_idle():
    profile = Profile.of((Seat("a"),), {}, {"webchat": 1})
    hands = [Hand(Agent(UUID(int=n), profile, n != 2, NOON), ProfileHands(profile)) for n in range(3)]
    hands[0].take("webchat", 0)
    assert (idle_for("a", hands), idle_for("b", hands)) == (1, 0)
