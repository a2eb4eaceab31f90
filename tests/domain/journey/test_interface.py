"""Whom an announcement is meant for."""

from warmline.domain.journey.interface import AnnouncementText


def test_an_announcement_without_a_scope_is_for_everybody():
    assert AnnouncementText("1", "Snow.").is_for("voice", set(), None)


def test_every_scope_must_fit_and_one_entry_of_each_is_enough():
    scoped = AnnouncementText(
        "1", "Snow.", queues=frozenset({"a", "b"}), journeys=frozenset({"front"}), channels=frozenset({"voice"})
    )
    assert scoped.is_for("voice", {"front", "module"}, "b")
    assert not scoped.is_for("webchat", {"front"}, "b")
    assert not scoped.is_for("voice", {"other"}, "b")
    assert not scoped.is_for("voice", {"front"}, None), "who waits in no queue"
