"""Where a contact goes in its journeys: each block it enters, each step it waits at, where it is not understood.

A passage holds no personal data: which place of which document, never what was said there.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from warmline.domain.contact.model import Contact, ContactStatus, Passed
from warmline.domain.journey.interface import Advance, Misunderstood, Moved
from warmline.domain.journey.session import JourneySession

Kind = Literal["block", "step", "left"]

_HOW: dict[ContactStatus, str] = {
    ContactStatus.CONNECTED: "person",
    ContactStatus.QUEUED: "queue",
    ContactStatus.OFFERED: "queue",
    ContactStatus.CALLBACK: "callback_promised",
}


class Passage(Struct, frozen=True, omit_defaults=True):
    """One place passed. `seq`: the last event before it. `from_path`: the place before, `journey#path` when that
    was in another journey; None: a journey began here.

    `kind`: `block`, entered; `step`, where the contact waits; `left`, the journey is over, at `place`. `how` it
    was left: `person`, `queue`, `callback_promised`, or the reason the contact ended with.
    """

    place: Passed
    seq: int
    kind: Kind
    from_path: str | None = None
    how: str | None = None


class Unheard(Struct, frozen=True):
    """One misunderstanding. `seq`: the last event before it."""

    seq: int
    what: Misunderstood


def passing(last: Passed | None, before: JourneySession, step: Advance, seq: int) -> Iterator[Passage]:
    """Yield what one advance passes, in order: the blocks it enters, then the step it comes to wait at."""
    versions = {frame.journey_id: frame.version for frame in (*step.session.frames, *before.frames)}
    sections = [one for one in step.commands if isinstance(one, Moved)]
    moved = 0
    begun = last is None or last.left
    for block in step.entered:
        journey_id, _, path = block.partition("#")
        if moved < len(sections) and block == f"{sections[moved].journey_id}#{sections[moved].section}":
            versions[journey_id] = sections[moved].version
            moved += 1
        last, before_it = Passed(_next(last), journey_id, versions[journey_id], path), last
        yield Passage(last, seq, "block", None if begun else _from(before_it, journey_id))
        begun = False
    frame = step.session.frames[-1]
    if step.session.waiting is None or not (step.entered or _place(before) != _place(step.session)):
        return
    path = "/".join([frame.section, *map(str, frame.path)])
    here = Passed(_next(last), frame.journey_id, frame.version, path)
    yield Passage(here, seq, "step", None if begun else _from(last, frame.journey_id))


def leaving(contact: Contact, seq: int) -> Passage | None:
    """Return how the contact has left its journey, if it just did: whoever has none stands in none."""
    last = contact.passed
    if contact.journey is not None or last is None or last.left:
        return None
    ended = contact.disconnect_reason.value if contact.disconnect_reason is not None else "ended"
    how = ended if contact.status is ContactStatus.ENDED else _HOW.get(contact.status, "ended")
    place = Passed(last.n + 1, last.journey_id, last.version, last.path, left=True)
    return Passage(place, seq, "left", last.path, how)


def _next(last: Passed | None) -> int:
    return 1 if last is None else last.n + 1


def _from(last: Passed | None, journey_id: str) -> str | None:
    if last is None:
        return None
    return last.path if last.journey_id == journey_id else f"{last.journey_id}#{last.path}"


def _place(session: JourneySession) -> tuple[object, ...]:
    frame = session.frames[-1]
    return (frame.journey_id, frame.section, frame.path, len(session.frames), session.waiting is None)
