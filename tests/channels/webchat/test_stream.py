"""The story of a contact as a page gets it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from warmline.channels.webchat.stream import Stream
from warmline.domain.contact.events import AgentJoined, AnyEvent, MessageSent, NoteAdded

MINA = UUID(int=1)
AT = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass
class Told:
    seq: int
    event: AnyEvent
    at: datetime = AT


def story(*numbers: int) -> list[Told]:
    """Odd numbers are messages, even ones are notes."""
    return [Told(n, MessageSent("bot", f"m{n}") if n % 2 else NoteAdded(MINA, "Mina", f"n{n}")) for n in numbers]


def test_every_visible_event_names_the_visible_one_before_it():
    stream = Stream(UUID(int=9), 0)
    items = stream.catch_up(story(1, 2, 3, 4, 5))
    assert [(item["seq"], item["prev"]) for item in items] == [(1, 0), (3, 1), (5, 3)]


def test_what_happens_while_the_page_catches_up_comes_after_it_and_once():
    stream = Stream(UUID(int=9), 0)
    assert stream.live(story(3, 4, 5)) == []
    stream.catch_up(story(1, 2, 3))
    assert [(frame["seq"], frame["prev"]) for frame in stream.release()] == [(5, 3)]
    assert [frame["seq"] for frame in stream.live(story(5, 6, 7))] == [7]


def test_a_page_that_resumes_gets_everything_behind_its_place_again():
    stream = Stream(UUID(int=9), 0)
    stream.catch_up(story(1, 3, 5))
    stream.hold(1)
    assert [item["seq"] for item in stream.catch_up(story(3, 5))] == [3, 5]


def test_the_stream_knows_who_speaks():
    stream = Stream(UUID(int=9), 0)
    stream.catch_up([Told(1, AgentJoined(MINA, "Mina"))])
    assert stream.agent_name == "Mina"
