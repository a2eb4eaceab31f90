import pytest
from tests.features.twin.conftest import NINE_S, busy_day, tiny

from warmline.features.twin.changes import Changes, Disturbance, Promotion
from warmline.features.twin.comparing import what_if
from warmline.features.twin.running import never_stop
from warmline.features.twin.scenario import Scenario, decode, described, with_events
from warmline.kernel.errors import Refused

FILE = b"""{"streams": [{"queue_id": "help", "from": "09:00", "until": "10:15", "per_hour": 40, "handle_s": 120}],
 "promotions": [{"from": "09:30", "until": "10:00", "factor": 3}],
 "outages": [{"from": "09:10", "until": "09:20", "desks_dead": true}], "absent": 2}"""


def test_described_contacts_take_the_place_of_those_recorded():
    (expected,) = described(tiny(), decode(FILE, "rush.json")).expected
    assert expected.per_half_hour[17:22] == (0, 20, 20, 10, 0)
    assert expected.handle_s == 120


def test_what_happens_becomes_changes_besides_those_asked_for():
    changes = with_events(Changes(agents=1), tiny(), decode(FILE, "rush.json"))
    assert changes == Changes(
        agents=-1,
        promotions=(Promotion(NINE_S + 1_800, NINE_S + 3_600, 3),),
        outages=(Disturbance(NINE_S + 600, NINE_S + 1_200, True),),
    )


def test_a_list_of_half_hours_begins_when_it_says():
    text = b'{"streams": [{"queue_id": "help", "from": "09:00", "per_half_hour": [4, 5]}]}'
    (expected,) = described(tiny(), decode(text, "f")).expected
    assert expected.per_half_hour[17:21] == (0, 4, 5, 0)


def test_a_described_day_can_be_played():
    scenario = decode(FILE, "rush.json")
    day = described(busy_day(6), scenario)
    report = what_if(day, with_events(Changes(), day, scenario), 3, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "worse"


def test_an_empty_scenario_leaves_the_day_alone():
    assert described(tiny(), Scenario()) == tiny()
    assert with_events(Changes(), tiny(), Scenario()).nothing


@pytest.mark.parametrize(
    "text",
    [
        b"{", b'{"strems": []}', b'{"outages": [{"from": "9 o\'clock", "until": "10:00"}]}',
        b'{"streams": [{"queue_id": "help", "per_hour": -1}]}', b'{"promotions": [{"from": "25:00"}]}',
    ],
)  # fmt: skip
def test_a_file_that_makes_no_sense_is_refused_with_its_reason(text: bytes):
    with pytest.raises(Refused) as refused:
        decode(text, "rush.json")
    assert refused.value.details["file"] == "rush.json"


def test_a_queue_that_is_not_there_is_refused():
    with pytest.raises(Refused):
        described(tiny(), decode(b'{"streams": [{"queue_id": "nowhere", "per_hour": 3}]}', "f"))
