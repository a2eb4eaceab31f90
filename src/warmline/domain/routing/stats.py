"""What the router tells everybody once a second about each queue, and how it travels between processes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.model import SkillNeed
from warmline.domain.journey.interface import QueueFacts

IDS_PER_PAYLOAD = (
    140  # up to 48 bytes each with the wait: a payload stays below PostgreSQL's 8,000-byte limit for NOTIFY
)
ID_BYTES = 48
LOST_PER_PAYLOAD = 180  # ids alone: 33 bytes each
KINDS_AT_MOST = 200
KINDS_BYTES_AT_MOST = 5_000
NEWCOMERS_BYTES_AT_MOST = 1_500
POSITIONS_AT_MOST = 1_800  # further back, a customer is told the estimate without a position


Interval = tuple[int, int]  # seconds from now on: for half of the customers, for nine in ten
Skills = tuple[SkillNeed, ...]
Kinds = tuple[tuple[str, ...], tuple[str, ...]]  # all skills; for each kind of person one digit a skill


class QueueView(Struct, frozen=True):
    """One queue as it is now. `line` is in serving order, `waits` says how long each of it waits still.

    `newcomers`: the wait of those who come with these skills, `newcomer` of those with none or with others.
    `unserved` wait but nobody on shift fits them; `later` are those whom only a ring they have not reached yet
    finds somebody for.
    """

    queue_id: str
    waiting: int
    staffed: int
    line: Sequence[UUID] = ()
    waits: Sequence[Interval | None] = ()
    newcomer: Interval | None = None
    newcomers: Mapping[Skills, Interval] = {}
    unserved: Sequence[UUID] = ()
    later: Sequence[UUID] = ()
    skills: Sequence[Mapping[str, int]] = ()  # what those on shift can do, one entry for each kind of person


class QueuePart(Struct, frozen=True, omit_defaults=True):
    """One payload of signal `queues`. Parts of one view share `epoch` and `turn`; ids are 32 hex digits."""

    queue_id: str
    epoch: int
    turn: int
    waiting: int
    staffed: int
    start: int = 0  # ids[0] holds position start + 1
    ids: tuple[str, ...] = ()
    waits: tuple[int, ...] = ()  # for each id two numbers: half, most; -1 where nothing is known
    newcomer: Interval | None = None
    newcomers: tuple[tuple[str, int, int], ...] = ()  # skills as `skill:level,…`, half, most
    lost: int = 0  # how many are unserved
    later: int = 0  # how many wait for a ring to come
    unserved: tuple[str, ...] = ()
    skills: tuple[str, ...] | None = None  # the names of all skills there are; None: too many kinds to tell
    kinds: tuple[str, ...] = ()  # of those on shift; a digit is the level, 0 without the skill


def encode(view: QueueView, epoch: int, turn: int) -> list[str]:
    """Return the payloads of one view: at least one, each small enough for a notification."""
    places = [id.hex for id in view.line[:POSITIONS_AT_MOST]]
    waits = [each for wait in view.waits[: len(places)] for each in (wait or (-1, -1))]
    lost = [id.hex for id in view.unserved[:POSITIONS_AT_MOST]]
    kinds, newcomers = _kinds(view.skills), _newcomers(view.newcomers)
    room = max(
        IDS_PER_PAYLOAD - (_told_bytes(kinds) + sum(len(text) + 24 for text, *_ in newcomers)) // ID_BYTES, 0
    )
    first = len(places) if len(places) <= room else 0
    plain = QueuePart(
        view.queue_id, epoch, turn, view.waiting, view.staffed, lost=len(view.unserved), later=len(view.later)
    )
    # The people come first of all, so that nobody reads a new turn without them.
    head = replace(
        plain,
        ids=tuple(places[:first]),
        waits=tuple(waits[: 2 * first]),
        newcomer=view.newcomer,
        newcomers=newcomers,
    )
    parts = [head if kinds is None else replace(head, skills=kinds[0], kinds=kinds[1])]
    for start in range(first, len(places), IDS_PER_PAYLOAD):
        end = start + IDS_PER_PAYLOAD
        parts.append(
            replace(plain, start=start, ids=tuple(places[start:end]), waits=tuple(waits[2 * start : 2 * end]))
        )
    for start in range(0, len(lost), LOST_PER_PAYLOAD):
        parts.append(replace(plain, unserved=tuple(lost[start : start + LOST_PER_PAYLOAD])))
    return [msgspec.json.encode(part).decode() for part in parts]


def _newcomers(known: Mapping[Skills, Interval]) -> tuple[tuple[str, int, int], ...]:
    """Return the waits of newcomers by what they ask for, as many as fit."""
    told: list[tuple[str, int, int]] = []
    left = NEWCOMERS_BYTES_AT_MOST
    for skills, wait in known.items():
        text = wish(skills)
        left -= len(text.encode()) + 24
        if left < 0:
            break
        told.append((text, *wait))
    return tuple(told)


def wish(skills: Iterable[SkillNeed]) -> str:
    """Return skills asked for as one text, whatever their order: `orders:2,ko:1`."""
    return ",".join(sorted(f"{need.skill}:{need.level}" for need in skills))


def _kinds(people: Sequence[Mapping[str, int]]) -> Kinds | None:
    """Return the skills and the kinds of people no other kind surpasses; None when too many."""
    names = tuple(sorted({name for skills in people for name in skills}))
    rows = {tuple(min(skills.get(name, 0), 9) for name in names) for skills in people}
    if len(rows) > KINDS_AT_MOST:
        return None
    kinds = (names, _best(frozenset(rows)))
    return None if _told_bytes(kinds) > KINDS_BYTES_AT_MOST else kinds


def _told_bytes(kinds: Kinds | None) -> int:
    names, rows = kinds or ((), ())
    return sum(len(text.encode()) + 6 for text in (*names, *rows))  # quotes count twice, and a comma


@lru_cache(maxsize=512)  # people come and go more rarely than their numbers are told
def _best(rows: frozenset[tuple[int, ...]]) -> tuple[str, ...]:
    best = [row for row in rows if not any(_surpasses(other, row) for other in rows if other != row)]
    return tuple(sorted("".join(map(str, row)) for row in best))


def _surpasses(other: tuple[int, ...], row: tuple[int, ...]) -> bool:
    return all(mine >= theirs for mine, theirs in zip(other, row, strict=True))


class _Heard:
    """The newest view of one queue, as far as its parts have arrived."""

    __slots__ = ("head", "kinds", "newcomers", "places", "skills", "unserved", "waits")

    def __init__(self, head: QueuePart) -> None:
        self.head = head
        self.places: dict[str, int] = {}
        self.waits: dict[str, Interval] = {}
        self.newcomers: dict[str, Interval] = {}
        self.unserved: set[str] = set()
        self.skills: dict[str, int] | None = None  # position of each skill in a kind's digits; None: not known
        self.kinds: tuple[str, ...] = ()

    def learn(self, part: QueuePart) -> None:
        """Add what one part of the view tells."""
        for offset, id in enumerate(part.ids):
            self.places[id] = part.start + offset + 1
            wait = part.waits[2 * offset : 2 * offset + 2]
            if len(wait) == 2 and wait[0] >= 0:
                self.waits[id] = (wait[0], wait[1])
        self.unserved.update(part.unserved)
        if part.skills is not None:
            self.skills = {name: position for position, name in enumerate(part.skills)}
            self.kinds = part.kinds
        self.newcomers.update((text, (half_s, most_s)) for text, half_s, most_s in part.newcomers)

    def wait(self, key: str | None, needs: Iterable[SkillNeed]) -> Interval | None:
        """Return how long somebody waits: as found for exactly them, for their kind, or for anybody."""
        if key is not None and key in self.places:
            return self.waits.get(key)
        return self.newcomers.get(wish(needs), self.head.newcomer)

    def somebody_meets(self, needs: Iterable[SkillNeed]) -> bool:
        """Tell whether one of the kinds of people on shift has all of this."""
        if self.skills is None:
            return True
        wanted = [(self.skills.get(need.skill), need.level) for need in needs]
        return not wanted or any(
            all(position is not None and int(kind[position]) >= level for position, level in wanted)
            for kind in self.kinds
        )


class QueueStats:
    """One tenant's queues as last published; feed it every `queues` payload, ask it `facts`."""

    def __init__(self) -> None:
        self._queues: dict[str, _Heard] = {}

    def receive(self, payload: str) -> str | None:
        """Take in one payload; return the queue's id when its staffing began or ended, else None."""
        part = msgspec.json.decode(payload, type=QueuePart)
        heard = self._queues.get(part.queue_id)
        before = None if heard is None else heard.head.staffed
        if heard is not None and (part.epoch, part.turn) < (heard.head.epoch, heard.head.turn):
            return None  # a leader of the past, or a late notification
        if heard is None or (part.epoch, part.turn) > (heard.head.epoch, heard.head.turn):
            heard = self._queues[part.queue_id] = _Heard(part)
        heard.learn(part)
        return part.queue_id if before is None or (before > 0) != (part.staffed > 0) else None

    def facts(
        self, queue_id: str, contact_id: UUID | None, *, max_waiting: int = 500, needs: Sequence[SkillNeed] = ()
    ) -> QueueFacts:
        """Return what a customer who asks for `needs` may be told. Never published yet: not staffed, empty."""
        heard = self._queues.get(queue_id)
        if heard is None:
            return QueueFacts(staffed=False, waiting=0)
        head = heard.head
        key = None if contact_id is None else contact_id.hex
        position = None if key is None else heard.places.get(key)
        staffed = head.staffed > 0 and key not in heard.unserved and heard.somebody_meets(needs)
        wait = heard.wait(key, needs) if staffed else None
        full = position is None and head.waiting >= max_waiting
        return QueueFacts(staffed, head.waiting, full, position, *(wait or (None, None)))

    def queues(self) -> Iterable[QueuePart]:
        """Return the newest numbers of every queue heard of."""
        return [heard.head for heard in self._queues.values()]
