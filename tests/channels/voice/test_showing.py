"""A call as desks see it."""

from tests.channels.voice.playbook import answered, with_mina

from warmline.channels.voice import inputs as i
from warmline.channels.voice.showing import shown, state_word
from warmline.domain.contact import events as e


def test_a_call_tells_its_state_from_self_service_to_the_end():
    book = answered()
    words = [state_word(book.state)]
    book.queued()
    words.append(state_word(book.state))
    book.accepted()
    book.joins()
    words.append(state_word(book.state))
    book.contact(e.CustomerHeld())
    words.append(state_word(book.state))
    book.put(i.LineClosed())
    words.append(state_word(book.state))
    assert words == ["self_service", "waiting", "talking", "held", "ended"]


def test_its_parties_are_named_with_what_they_do():
    call = shown(with_mina().state)
    parties = call["parties"]
    assert isinstance(parties, list)
    assert [(one["kind"], one["name"], one["state"]) for one in parties] == [
        ("customer", "", "talking"), ("agent", "Mina", "talking"),
    ]  # fmt: skip


def test_a_recording_shows_since_when_it_runs():
    recording = shown(with_mina(recorded=True).state)["recording"]
    assert recording == {"state": "on", "since_at": "2026-11-22T09:00:03+00:00"}


def test_the_quality_of_the_line_is_shown():
    book = with_mina()
    book.put(i.Quality(4.234, 0.01234, 7.6))
    assert shown(book.state)["quality"] == {"mos": 4.2, "lost_share": 0.012, "jitter_ms": 8}
