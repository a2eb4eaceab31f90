"""Each store says how it is today, whatever the day."""

from warmline.domain.journey.document import Hours, Menu
from warmline_demo.content.journeys.store_hours import STORE_HOURS


def test_each_store_has_words_for_open_closed_holiday_and_emergency():
    menu = STORE_HOURS.sections["start"][-1]
    assert isinstance(menu, Menu)
    for option in menu.options:
        hours = option.then[0]
        assert isinstance(hours, Hours)
        assert len({hours.open, hours.closed, hours.holiday, hours.emergency}) == 4
