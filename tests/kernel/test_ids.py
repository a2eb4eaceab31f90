"""Identifiers sort by the time they were made."""

from datetime import UTC, datetime, timedelta

from warmline.kernel.ids import first_id_at, new_id


def test_ids_made_later_sort_later_and_never_repeat():
    made = [new_id() for _ in range(2_000)]
    assert len(set(made)) == len(made)
    milliseconds = [value.int >> 80 for value in made]
    assert milliseconds == sorted(milliseconds)


def test_an_id_says_its_version_and_variant():
    value = new_id()
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"


def test_a_range_by_time_begins_before_everything_made_since():
    before = datetime.now(UTC)
    made = new_id()
    assert first_id_at(before) <= made < first_id_at(before + timedelta(seconds=5))
    assert first_id_at(before).version == 7
