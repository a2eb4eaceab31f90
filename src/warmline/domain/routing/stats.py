"""What the router tells everybody once a second about each queue, and how it travels between processes."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.journey.interface import QueueFacts

IDS_PER_PAYLOAD = 180  # 33 bytes each: a payload stays below PostgreSQL's 8,000-byte limit for NOTIFY
POSITIONS_AT_MOST = 1_800  # further back, a customer is told the estimate without a position


class QueueView(Struct, frozen=True):
    """One queue as it is now. `line` is in serving order; `unserved` wait but nobody on shift fits them."""

    queue_id: str
    waiting: int
    staffed: int
    per_position_s: float | None  # expected time between two departures from the head of the line
    line: Sequence[UUID] = ()
    unserved: Sequence[UUID] = ()


class QueuePart(Struct, frozen=True, omit_defaults=True):
    """One payload of signal `queues`. Parts of one view share `epoch` and `turn`; ids are 32 hex digits."""

    queue_id: str
    epoch: int
    turn: int
    waiting: int
    staffed: int
    per_position_s: float | None = None
    start: int = 0  # ids[0] holds position start + 1
    ids: tuple[str, ...] = ()
    unserved: tuple[str, ...] = ()


def encode(view: QueueView, epoch: int, turn: int) -> list[str]:
    """Return the payloads of one view: at least one, each small enough for a notification."""
    places = [id.hex for id in view.line[:POSITIONS_AT_MOST]]
    lost = [id.hex for id in view.unserved[:POSITIONS_AT_MOST]]
    parts: list[str] = []
    for start in range(0, max(len(places), 1), IDS_PER_PAYLOAD):
        parts.append(_part(view, epoch, turn, start=start, ids=tuple(places[start : start + IDS_PER_PAYLOAD])))
    for start in range(0, len(lost), IDS_PER_PAYLOAD):
        parts.append(_part(view, epoch, turn, unserved=tuple(lost[start : start + IDS_PER_PAYLOAD])))
    return parts


def _part(
    view: QueueView, epoch: int, turn: int, *, start: int = 0, ids: tuple[str, ...] = (),
    unserved: tuple[str, ...] = (),
) -> str:  # fmt: skip
    per_position_s = None if view.per_position_s is None else round(view.per_position_s, 2)
    part = QueuePart(view.queue_id, epoch, turn, view.waiting, view.staffed, per_position_s, start, ids, unserved)
    return msgspec.json.encode(part).decode()


class _Heard:
    """The newest view of one queue, as far as its parts have arrived."""

    __slots__ = ("head", "places", "unserved")

    def __init__(self, head: QueuePart) -> None:
        self.head = head
        self.places: dict[str, int] = {}
        self.unserved: set[str] = set()


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
        for offset, id in enumerate(part.ids):
            heard.places[id] = part.start + offset + 1
        heard.unserved.update(part.unserved)
        return part.queue_id if before is None or (before > 0) != (part.staffed > 0) else None

    def facts(self, queue_id: str, contact_id: UUID | None, *, max_waiting: int = 500) -> QueueFacts:
        """Return what a customer may be told. Never published yet: not staffed, empty."""
        heard = self._queues.get(queue_id)
        if heard is None:
            return QueueFacts(staffed=False, waiting=0)
        head = heard.head
        key = None if contact_id is None else contact_id.hex
        position = None if key is None else heard.places.get(key)
        staffed = head.staffed > 0 and key not in heard.unserved
        estimate_s = None
        if staffed and head.per_position_s is not None:
            estimate_s = head.per_position_s * (position or head.waiting + 1)
        full = position is None and head.waiting >= max_waiting
        return QueueFacts(staffed, head.waiting, full, position, estimate_s)

    def queues(self) -> Iterable[QueuePart]:
        """Return the newest numbers of every queue heard of."""
        return [heard.head for heard in self._queues.values()]
