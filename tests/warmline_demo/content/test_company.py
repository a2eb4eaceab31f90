"""Onda's settings are complete in three languages and fit together."""

from warmline.kernel.locale import LOCALES
from warmline_demo.content.company import ANNOUNCEMENTS, SKILLS, USUAL_DAYS, calendars, queues, routing_profiles
from warmline_demo.content.macros import MACROS


def test_every_name_is_there_in_every_language():
    names = [row["name"] for row in (*queues(), *routing_profiles(), *calendars())]
    names += [name for _, name in SKILLS] + [texts for _, texts in ANNOUNCEMENTS]
    names += [texts for _, title, text in MACROS for texts in (title, text)]
    for queue in queues():
        dispositions = queue["dispositions"]
        assert isinstance(dispositions, list)
        names += [disposition["name"] for disposition in dispositions]
    for name in names:
        assert isinstance(name, dict)
        assert set(name) == set(LOCALES)
        assert all(name.values())


def test_each_profile_serves_every_queue_some_at_once_and_some_later():
    ids = {queue["id"] for queue in queues()}
    for profile in routing_profiles():
        served = profile["queues"]
        assert isinstance(served, list)
        assert {entry["queue_id"] for entry in served} == ids
        assert any(entry["delay_s"] == 0 for entry in served)


def test_queues_use_calendars_that_exist():
    known = {calendar["id"] for calendar in calendars()}
    assert {queue["calendar_id"] for queue in queues()} <= known


def test_every_queue_has_a_usual_day_to_plan_with():
    assert set(USUAL_DAYS) == {queue["id"] for queue in queues()}
