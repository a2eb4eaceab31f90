"""A supervisor asks who would get a contact: each agent has a place in the order or a reason."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.engine import Engine
from warmline.domain.routing.model import Agent, Profile, Seat
from warmline.domain.routing.rules import MediaRules, QueueRules, Ring
from warmline.domain.routing.waiting import WaitingContact

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
JA = (SkillNeed("ja", 2),)
C = UUID(int=1)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


class House:
    """An engine and names for its agents."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.names: dict[UUID, str] = {}

    def agent(self, name: str, *, queue="orders", ja=5, since=0.0, held=(), routable=True, on_shift=True, **more):
        id = UUID(int=100 + len(self.names))
        self.names[id] = name
        skills = {"ja": ja} if ja else {}
        profile = Profile.of((Seat(queue),), skills, more.pop("capacity", {"webchat": 1, "voice": 1}), **more)
        self.engine.agent_changed(Agent(id, profile, routable, at(since), on_shift), at(0))
        for number, channel in enumerate(held):
            self.engine.contact_held(UUID(int=id.int * 100 + number), channel, id, at(0))
        return id

    def told(self, contact: WaitingContact, now: float = 10) -> dict[str, object]:
        return {
            self.names[each.agent_id]: each.rank if each.fits else each.why_not
            for each in self.engine.explain(contact, at(now))
        }


def waits(**wishes) -> WaitingContact:
    return WaitingContact(C, "orders", "webchat", at(0), **{"skills": JA, **wishes})


def test_everybody_has_a_place_in_the_order_or_a_reason():
    house = House()
    house.agent("second", since=5)
    house.agent("first", since=1)
    house.agent("elsewhere", queue="refunds")
    house.agent("learning", ja=1)
    house.agent("home", routable=False, on_shift=False)
    house.agent("on a break", routable=False)
    house.agent("chatting", held=["webchat"])
    house.agent("phone only", capacity={"voice": 1})
    house.agent("on the phone", held=["voice"], media=MediaRules(exclusive=("voice",)))
    house.agent("full", held=["voice"], media=MediaRules(total=1))
    assert house.told(waits()) == {
        "first": 1, "second": 2, "elsewhere": "queue", "learning": "skills", "home": "off_shift",
        "on a break": "not_available", "chatting": "capacity", "phone only": "channel",
        "on the phone": "exclusive", "full": "total",
    }  # fmt: skip


def test_those_of_later_rings_say_when():
    house = House()
    house.agent("general", queue="general", ja=0)
    house.agent("night", ja=0, teams=("night",))
    contact = waits(rings=(Ring(30, "general"), Ring(60, teams=("day",))))
    (general, night) = house.engine.explain(contact, at(10))
    assert (general.why_not, general.opens_in_s, night.why_not) == ("later", 20, "skills")
    assert house.told(contact, 30) == {"general": 1, "night": "skills"}


def test_agents_kept_for_a_queue_and_customers_with_an_agent_of_their_own_are_named():
    house = House()
    house.engine.queue_rules("vip", QueueRules(reserve=1), at(0))
    both = Profile.of((Seat("orders"), Seat("vip")), {"ja": 3}, {"webchat": 1})
    mina = UUID(int=900)
    house.names[mina] = "mina"
    house.engine.agent_changed(Agent(mina, both, True, at(0)), at(0))
    yuki = house.agent("yuki", held=["webchat"])
    (candidate, _) = sorted(house.engine.explain(waits(), at(10)), key=lambda each: each.agent_id != mina)
    assert (candidate.why_not, candidate.kept_for) == ("reserved", "vip")
    assert house.told(waits(only_agent_id=mina)) == {"mina": 1, "yuki": "not_named"}
    known = waits(preferred_agent_id=yuki, preferred_until=at(40))
    assert house.told(known) == {"mina": "last_agent_first", "yuki": "capacity"}


def test_who_declined_is_left_out_and_the_preview_changes_nothing():
    house = House()
    mina = house.agent("mina")
    house.engine.contact_queued(waits(), at(1))
    house.engine.contact_held(C, "webchat", mina, at(1), ringing=True)
    house.engine.contact_queued(waits(), at(2))
    assert house.told(waits(), 3) == {"mina": "passed_on"}
    assert house.told(waits(passed_on_by=mina, passed_on_until=at(50))) == {"mina": "passed_on"}
    assert house.engine.is_waiting(C)


def test_the_preview_names_first_whom_the_engine_then_asks():
    for selection in ("longest_idle", "spare_capacity", "round_robin", "fewest", "best_level", "least_occupied"):
        house = House()
        house.engine.queue_rules("orders", QueueRules(selection=selection), at(0))
        for number in range(6):
            id = house.agent(
                str(number), ja=2 + number % 3, since=number % 2, capacity={"webchat": 2 + number % 2}
            )
            house.engine.agent_today(id, handled=number % 4, busy_s=10 * ((number + 2) % 5))
        (best, *_) = house.engine.explain(waits(), at(10))
        (match,) = house.engine.contact_queued(waits(), at(10))
        assert best.agent_id == match.agent_id
