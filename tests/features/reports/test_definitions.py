"""Every figure has one written definition."""

from warmline.features.reports.definitions import DEFINITIONS, METRICS
from warmline.features.reports.store import COUNTS


def test_every_metric_is_defined_once_in_three_languages_and_can_be_looked_behind():
    assert [d.id for d in DEFINITIONS] == list(METRICS) == list(COUNTS)
    for definition in DEFINITIONS:
        for words in (definition.name, definition.text):
            assert set(words) == {"ko", "ja", "en"}
            assert all(words.values())
