"""Where a contact went in its journeys can be told afterwards, place by place, and how it left."""

import pytest
from tests.domain.contact.conftest import MINA

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.model import Passed
from warmline.domain.contact.passages import Passage
from warmline.domain.journey.document import Ask, CallModule, DigitsInput, End, Journey, Return, TransferJourney


class Road:
    """The passages of a case, as the committer would keep them."""

    def __init__(self, case) -> None:
        self.case = case
        self.passages: list[Passage] = []
        do = case.do

        def kept(command):
            decision = do(command)
            self.passages += decision.passages
            return decision

        case.do = kept

    @property
    def places(self) -> list[tuple[str, str]]:
        return [(one.kind, one.place.path) for one in self.passages]

    @property
    def ways(self) -> list[tuple[str | None, str]]:
        return [(one.from_path, one.place.path) for one in self.passages if one.kind != "left"]


@pytest.fixture
def road(case) -> Road:
    return Road(case)


def test_a_customer_who_taps_an_option_passes_its_block_and_the_section_it_leads_to(case, road):
    case.open()
    assert road.places == [("block", "start"), ("step", "start/1")]
    case.tap("order")
    assert road.places[2:] == [("block", "start/1/option:order"), ("block", "order"), ("step", "order/1")]
    assert road.ways == [
        (None, "start"),
        ("start", "start/1"),
        ("start/1", "start/1/option:order"),
        ("start/1/option:order", "order"),
        ("order", "order/1"),
    ]
    assert {(one.place.journey_id, one.place.version) for one in road.passages} == {("front", 1)}


def test_places_are_numbered_without_gaps_and_remembered_by_the_contact(case, road):
    case.open()
    case.tap("order")
    assert [one.place.n for one in road.passages] == [1, 2, 3, 4, 5]
    assert case.it.passed == Passed(5, "front", 1, "order/1")


def test_a_question_asked_once_more_is_no_new_place(case, road):
    case.open()
    case.tap("order")
    before = len(road.passages)
    case.say("nothing like a number")
    assert len(road.passages) == before


def test_solved_without_a_person_is_left_where_it_ended(case, road):
    case.open()
    case.tap("bye")
    left = road.passages[-1]
    assert (left.kind, left.how, left.place.path) == ("left", "contained", "start/1/option:bye")
    assert case.it.passed is not None
    assert case.it.passed.left


def test_whoever_is_answered_leaves_the_step_where_they_waited_in_line(case, road):
    case.queued()
    assert road.places[-1] == ("step", "agent/0")
    case.offered()
    assert road.places[-1] == ("step", "agent/0")
    case.do(c.AcceptOffer(MINA, "Mina", case.it.offer.id))
    left = road.passages[-1]
    assert (left.kind, left.how, left.place.path) == ("left", "person", "agent/0")


def test_hanging_up_in_line_is_told_as_leaving_there(case, road):
    case.queued()
    case.do(c.CustomerEnds())
    assert (road.passages[-1].how, road.places[-1]) == ("customer_left", ("left", "agent/0"))


def test_a_call_promised_from_the_line_is_leaving_with_a_promise(case, road):
    case.rules(callback_offered=True)
    case.queued()
    case.do(c.RequestCallback("+821012345678"))
    assert (road.passages[-1].how, road.places[-1]) == ("callback_promised", ("left", "agent/0"))


def test_a_survey_afterwards_begins_anew_with_the_next_number(case, road):
    case.connected()
    person = road.passages[-1].place.n
    case.do(c.AgentEnds(case.it.agent_id))
    survey = road.passages[-2:]
    assert [(one.place.journey_id, one.place.path, one.from_path) for one in survey] == [
        ("csat", "start", None),
        ("csat", "start/0", "start"),
    ]
    assert survey[0].place.n == person + 1


def test_nothing_is_passed_while_a_person_helps_not_even_on_the_way_to_the_next_one(case, road):
    case.connected()
    count = len(road.passages)
    case.say("hello?")
    case.do(c.Transfer(case.it.agent_id, queue_id="refunds"))
    assert len(road.passages) == count


def test_a_module_is_a_place_of_its_own_and_the_way_back_is_told(case, road):
    case.world.journeys["front", 1] = Journey(
        id="front",
        on_error=(End("bye"),),
        sections={"start": (CallModule("mod"), Ask("pin", "ask", DigitsInput(4, 4), give_up=(End("bye"),)))},
    )
    case.world.journeys["mod", 1] = Journey(
        id="mod",
        kind="module",
        on_error=(End("bye"),),
        sections={"start": (Ask("number", "ask", DigitsInput(4, 8), give_up=(End("bye"),)), Return())},
    )
    case.open()
    case.say("1234")
    assert [(one.place.journey_id, one.place.path, one.from_path) for one in road.passages] == [
        ("front", "start", None),
        ("mod", "start", "front#start"),
        ("mod", "start/0", "start"),
        ("front", "start/1", "mod#start/0"),
    ]


def test_a_journey_handed_on_to_is_told_in_its_own_version(case, road):
    case.world.journeys["front", 1] = Journey(
        id="front", on_error=(End("bye"),), sections={"start": (TransferJourney("csat"),)}
    )
    survey = case.world.journeys["csat", 1]
    case.world.journey = lambda journey_id, version: (
        (survey, version or 7) if journey_id == "csat" else (case.world.journeys["front", 1], 1)
    )
    case.open()
    told = [(one.place.journey_id, one.place.version, one.from_path) for one in road.passages]
    assert told == [("front", 1, None), ("csat", 7, "front#start"), ("csat", 7, "start")]


def test_every_section_passed_is_in_the_events_too_and_in_the_same_order(case, road):
    case.open()
    case.tap("order")
    case.say("1234")
    task = next(iter(case.tasks))
    case.do(c.TaskFinished(task, "failed", reason="down"))
    sections = [one.place.path for one in road.passages if one.kind == "block" and "/" not in one.place.path]
    assert sections == [one.section for one in case.events if isinstance(one, e.JourneyMoved)]
    assert road.passages[-1].seq <= case.it.seq
