"""The team that comes to work is mixed: every language is there even when few come."""

from warmline_demo.colleagues.__main__ import mixed
from warmline_demo.content.team import COLLEAGUES


def test_the_first_three_speak_three_languages_and_nobody_is_lost():
    team = mixed(COLLEAGUES)
    assert {member.locale for member in team[:3]} == {"ko", "ja", "en"}
    assert sorted(team) == sorted(COLLEAGUES)
