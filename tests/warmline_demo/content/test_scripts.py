"""The scripts cover every journey and all three languages."""

from warmline_demo.content.catalogue import JOURNEYS
from warmline_demo.content.scripts import TESTS


def test_every_journey_and_every_language_has_a_scripted_customer():
    assert {test.journey for test in TESTS} == {journey.id for journey in JOURNEYS if journey.kind != "module"}
    assert {test.locale for test in TESTS} == {"ko", "ja", "en"}
