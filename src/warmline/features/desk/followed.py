"""A contact on a desk: where the desk is in its events, and why it is there."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from warmline.domain.contact.model import Contact
from warmline.ports.chat import Follow, Told

HELD_AT_MOST = 1_000

Frame = dict[str, object]


class Followed:
    """One contact of one desk. Implements `warmline.ports.chat.Listener`."""

    __slots__ = ("_held", "_holding", "_pass", "_tell", "contact_id", "follow", "last_seq", "mine", "watched")

    def __init__(
        self,
        contact_id: UUID,
        after_seq: int,
        tell: Callable[["Followed", Contact, list[Frame]], None],
        passing: Callable[[UUID, Mapping[str, object]], None],
    ) -> None:
        self.contact_id = contact_id
        self.follow: Follow | None = None
        self.mine = False
        self.watched = False
        self._tell = tell
        self._pass = passing
        self.last_seq = after_seq
        self._holding = True
        self._held: list[tuple[Contact, Sequence[Told]]] = []

    def rewind(self, after_seq: int) -> None:
        """The desk asks for the story again from `after_seq`; live events wait."""
        self.last_seq = after_seq
        self._holding = True

    def catch_up(self, told: Sequence[Told]) -> list[Frame]:
        """Return a history's events that the desk does not have."""
        return self._advance(told)

    def release(self) -> None:
        """Send what happened meanwhile; from now on events go out as they come."""
        self._holding = False
        held, self._held = self._held, []
        for contact, told in held:
            self._tell(self, contact, self._advance(told))

    def on_events(self, contact: Contact, events: Sequence[Told]) -> None:
        if self._holding:
            if len(self._held) < HELD_AT_MOST:
                self._held.append((contact, events))
            return
        self._tell(self, contact, self._advance(events))

    def on_passing(self, message: Mapping[str, object]) -> None:
        self._pass(self.contact_id, message)

    def close(self) -> None:
        if self.follow is not None:
            self.follow.close()
            self.follow = None

    def _advance(self, told: Sequence[Told]) -> list[Frame]:
        items: list[Frame] = []
        for one in told:
            if one.seq > self.last_seq:
                self.last_seq = one.seq
                items.append({"seq": one.seq, "at": one.at, "e": one.event})
        return items


def passing_frame(contact_id: UUID, message: Mapping[str, object]) -> dict[str, object] | None:
    """Return what a desk is sent of a notice that is not stored: the customer's, a call's, or a guide's."""
    match message.get("t"):
        case "call":
            return dict(message)
        case "typing" if message.get("from") == "customer":
            return {"t": "typing", "contact": contact_id, "on": message.get("on"), "author": "customer"}
        case "read" if message.get("from") == "customer":
            return {"t": "read", "contact": contact_id, "seq": message.get("seq")}
        case "guide":
            return {**message, "contact": contact_id}
        case _:
            return None
