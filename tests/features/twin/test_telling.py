import msgspec
from msgspec.structs import replace
from tests.features.twin.conftest import HELP, MONEY, busy_day, tiny

from warmline.features.twin.telling import Told, parts_of, told


def test_a_report_says_which_day_it_is_about_and_how_far_it_came():
    fields = told(replace(tiny(), left_out=("windows",)), 7, 3, 20)
    assert msgspec.convert(fields, Told) == Told(
        "2026-11-02", "Asia/Seoul", 7, 3, 20, False, "presence", ["windows"], {}
    )
    assert told(tiny(), 7, 20, 20)["complete"]


def test_everything_comes_first_and_then_each_queue_that_is_asked_about():
    assert parts_of(busy_day(), {"money"}) == [(None, {}), ("money", MONEY.name)]
    assert parts_of(tiny(), {"help", "gone"}) == [(None, {}), ("help", HELP.name)]


def test_a_report_says_whose_patience_is_assumed():
    day = replace(tiny(), stays=tuple(stay for stay in tiny().stays if stay.ending == "answered"))
    assert told(day, 1, 1, 1)["patience_assumed"] == {"help": 240}
    assert told(tiny(), 1, 1, 1)["patience_assumed"] == {}
