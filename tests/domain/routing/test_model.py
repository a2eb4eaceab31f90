"""Moments become exact keys, and equal profiles are one."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from warmline.domain.routing.model import Media, Profile, Seat, from_us, to_us
from warmline.domain.routing.rules import MediaRules


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_the_way_through_microseconds(moment):
    assert from_us(to_us(moment)) == moment


def test_agents_with_the_same_terms_in_any_order_share_a_profile():
    one = Profile.of((Seat("b", 2), Seat("a", 1)), {"ja": 3, "en": 1}, {"webchat": 2, "voice": 1})
    two = Profile.of((Seat("a", 1), Seat("b", 2)), {"en": 1, "ja": 3}, {"voice": 1, "webchat": 2})
    assert one == two
    assert hash(one) == hash(two)


def test_rules_about_channels_in_any_order_are_one_profile():
    one = MediaRules({"voice": 3, "webchat": 1}, 4, ("voice",), (("voice", "email"), ("voice", "voice")))
    two = MediaRules({"webchat": 1, "voice": 3}, 4, ("voice", "voice"), (("voice", "email"),))
    assert Profile.of(media=one) == Profile.of(media=two)
    assert hash(Profile.of(media=one)) == hash(Profile.of(media=Media.of(two)))
    assert Profile.of(teams=("b", "a", "b"), attributes={"y": "2", "x": "1"}) == (
        Profile.of(teams=("a", "b"), attributes={"x": "1", "y": "2"})
    )
