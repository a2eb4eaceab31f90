"""How much more an agent can take: per channel, all channels together, and what may interrupt what."""

from warmline.domain.routing.model import Profile
from warmline.domain.routing.room import Room
from warmline.domain.routing.rules import MediaRules


def room(media: MediaRules | None = None, **capacity: int) -> Room:
    return Room(Profile.of((), {}, capacity, media=media or MediaRules()))


def test_channels_are_counted_apart_when_nothing_joins_them():
    plain = room(webchat=3, voice=1)
    assert plain.plain
    assert plain.left({"webchat": 2}, "webchat") == 1
    assert plain.left({"webchat": 3}, "voice") == 1
    assert plain.left({}, "email") == 0
    assert plain.left({}, "email", 1) == 1


def test_a_call_costs_as_much_as_three_chats():
    weighed = room(MediaRules(weights={"voice": 3}, total=4), webchat=4, voice=1)
    assert weighed.left({"webchat": 1}, "voice") == 1
    assert weighed.left({"webchat": 2}, "voice") == 0
    assert weighed.left({"voice": 1}, "webchat") == 1
    assert weighed.refusal({"webchat": 2}, "voice") == "total"


def test_a_call_interrupts_mail_but_mail_never_a_call():
    rules = MediaRules(total=2, interrupts=(("voice", "email"),))
    both = room(rules, email=2, voice=1)
    assert both.left({"email": 2}, "voice") == 1
    assert both.left({"email": 2, "voice": 1}, "voice") == 0
    assert both.left({"voice": 1, "email": 1}, "email") == 0


def test_nothing_comes_beside_an_exclusive_call_unless_it_interrupts():
    rules = MediaRules(exclusive=("voice",), interrupts=(("video", "voice"),))
    exclusive = room(rules, voice=2, webchat=3, video=1)
    assert exclusive.left({"webchat": 2}, "voice") == 2
    assert exclusive.left({"voice": 1}, "webchat") == 0
    assert exclusive.left({"voice": 1}, "voice") == 0
    assert exclusive.left({"voice": 1}, "video") == 1


def test_a_channel_never_interrupts_itself_and_load_beyond_capacity_is_simply_full():
    rules = MediaRules(interrupts=(("voice", "voice"),))
    assert room(rules, voice=1).left({"voice": 3}, "voice") <= 0


def test_what_is_in_the_way_has_a_name():
    rules = MediaRules(exclusive=("voice",), total=3)
    busy = room(rules, voice=1, webchat=2)
    assert busy.refusal({}, "email") == "channel"
    assert busy.refusal({"webchat": 2}, "webchat") == "capacity"
    assert busy.refusal({"voice": 1}, "webchat") == "exclusive"
    assert busy.refusal({"webchat": 1}, "voice") is None
