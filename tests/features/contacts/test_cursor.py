"""Cursors of lists."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from warmline.features.contacts import cursor
from warmline.kernel.errors import Refused


def test_a_place_survives_the_way_through_a_browser():
    place = (datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC), UUID(int=7))
    assert cursor.read(cursor.write(place)) == place
    assert cursor.read(None) is None


@pytest.mark.parametrize("word", ["nonsense", "", "가나다", "MjAyNi0wMS0wMXxh"])
def test_an_invented_cursor_is_refused(word: str):
    with pytest.raises(Refused) as refused:
        cursor.read(word)
    assert refused.value.code == "invalid"
