import pytest
from msgspec.structs import replace
from tests.features.twin.conftest import NINE_S, answered, busy_day, tiny

from warmline.features.twin.changes import Changes, Disturbance
from warmline.features.twin.comparing import what_if
from warmline.features.twin.running import never_stop


def test_more_agents_help_and_the_verdict_says_so():
    report = what_if(busy_day(4, per_hour=60), Changes(agents=2), 8, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "better"
    level = report.parts[0].total["service_level"]
    assert level.clear
    assert level.difference is not None
    assert level.difference.low is not None
    assert level.difference.low > 0
    assert report.verdict.figures["service_level_after"] > report.verdict.figures["service_level_before"]


def test_an_outage_hurts_in_its_half_hours_and_not_before():
    changes = Changes(outages=(Disturbance(10 * 3_600, 10 * 3_600 + 1_200),))
    report = what_if(busy_day(5), changes, 8, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "worse"
    hit = {one.at: one for one in report.parts[0].half_hours}
    assert hit["09:00"].before == hit["09:00"].after  # the same people with the same luck
    assert hit["10:00"].after["service_level"].mean < hit["10:00"].before["service_level"].mean - 0.2


def test_no_change_makes_no_difference_at_all():
    report = what_if(busy_day(), Changes(), 4, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "same"
    assert all(
        one.difference is None or one.difference.mean == 0 for part in report.parts for one in part.total.values()
    )


def test_longer_talks_make_everybody_wait():
    report = what_if(busy_day(), Changes(queue_id="help", handle=1.6), 8, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "worse"


def test_stopped_between_the_two_worlds_the_half_pair_is_dropped():
    report = what_if(busy_day(), Changes(agents=1), 4, 1, lambda share, _: share < 0.35)
    assert report is not None
    assert (report.runs, report.complete) == (1, False)


NOBODY = (
    Changes(agents=-1_000),
    Changes(outages=(Disturbance(0, 86_400),)),
)


@pytest.mark.parametrize("changes", NOBODY, ids=["everybody goes home", "an outage all day"])
@pytest.mark.parametrize("leave", [True, False], ids=["customers give up", "customers never give up"])
def test_where_nobody_is_helped_any_more_the_verdict_is_worse(changes: Changes, leave: bool):
    day = busy_day(6)
    if not leave:
        day = replace(day, stays=tuple(stay for stay in day.stays if stay.ending == "answered"))
    report = what_if(day, changes, 3, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "worse"
    total = report.parts[0].total
    assert total["not_helped"].after is not None
    assert total["not_helped"].after.mean == 1
    assert total["not_helped"].clear
    assert (total["wait_p90_s"].after, total["wait_p90_s"].beyond) == (None, 1)
    assert report.verdict.figures["service_level_after"] == 0


def test_customers_who_still_wait_at_the_end_of_the_day_are_not_forgotten():
    stays = tuple(answered(NINE_S + 60 * number, 0, 60) for number in range(45))
    report = what_if(replace(tiny(), stays=stays), Changes(handle=20, patience=20), 3, 1, never_stop)
    assert report is not None
    total = report.parts[0].total
    assert report.verdict.word == "worse"
    assert total["service_level"].after is not None
    assert total["service_level"].after.mean < 0.5
    assert total["not_helped"].after is not None
    assert total["not_helped"].after.mean > 0.5


def test_a_day_without_any_customers_is_not_called_worse():
    report = what_if(busy_day(), Changes(volume=0), 3, 1, never_stop)
    assert report is not None
    assert report.verdict.word == "same"


def test_a_rush_makes_customers_give_up_although_nobody_did_on_the_day_itself():
    stays = tuple(answered(NINE_S + 60 * number, 0, 60) for number in range(45))
    report = what_if(replace(tiny(), stays=stays), Changes(volume=20), 3, 1, never_stop)
    assert report is not None
    abandonment = report.parts[0].total["abandonment"]
    assert abandonment.after is not None
    assert abandonment.after.mean > 0.5
    assert report.patience_assumed == {"help": 240}
