"""The team speaks three languages, and every skill it has exists."""

from collections import Counter

from warmline_demo.content.company import SKILLS, routing_profiles
from warmline_demo.content.team import COLLEAGUES, MEMBERS, YOU


def test_twelve_agents_a_supervisor_a_designer_and_an_administrator():
    roles = Counter(role for member in MEMBERS for role in member.roles)
    assert roles == {"agent": 12, "supervisor": 1, "designer": 1, "admin": 1}
    assert len({member.email for member in MEMBERS}) == len(MEMBERS)


def test_skills_and_profiles_exist_and_levels_are_in_range():
    skills, profiles = {skill for skill, _ in SKILLS}, {profile["id"] for profile in routing_profiles()}
    for member in MEMBERS:
        assert set(member.skills) <= skills
        assert all(1 <= level <= 5 for level in member.skills.values())
        assert member.profile is None or member.profile in profiles


def test_somebody_speaks_each_language_well_and_you_serve_everything():
    for language in ("ko", "ja", "en"):
        assert sum(colleague.skills.get(language, 0) >= 4 for colleague in COLLEAGUES) >= 3
    assert YOU.profile == "everything"
