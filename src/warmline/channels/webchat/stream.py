"""A contact's story as one page gets it: in order, without gaps, without doubles."""

from collections.abc import Sequence
from uuid import UUID

from warmline.domain.contact.events import AgentJoined, AgentLeft
from warmline.domain.contact.visible import customer_view
from warmline.ports.chat import Told

Frame = dict[str, object]

HELD_AT_MOST = 1_000  # events kept while the page catches up; beyond that it catches up again


class Stream:
    """Where a page is in a contact's events. Live events are held back until it has caught up."""

    __slots__ = ("_held", "_holding", "_last_visible", "agent_name", "contact_id", "last_seq")

    def __init__(self, contact_id: UUID, after_seq: int) -> None:
        self.contact_id = contact_id
        self.agent_name: str | None = None
        self.last_seq = after_seq
        self._last_visible = after_seq
        self._holding = True
        self._held: list[Told] = []

    def hold(self, after_seq: int) -> None:
        """Begin again after `after_seq`; live events wait."""
        self.last_seq = self._last_visible = after_seq
        self._holding = True

    def catch_up(self, told: Sequence[Told]) -> list[Frame]:
        """Return the visible events of a history, each knowing its visible predecessor."""
        return list(self._advance(told))

    def release(self) -> list[Frame]:
        """Return what happened while the page caught up; from now on events go out as they come."""
        self._holding = False
        held, self._held = self._held, []
        return [self._framed(item) for item in self._advance(held)]

    def live(self, told: Sequence[Told]) -> list[Frame]:
        """Return the frames for new events, or keep them while the page catches up."""
        if self._holding:
            if len(self._held) < HELD_AT_MOST:
                self._held.extend(told)
            return []
        return [self._framed(item) for item in self._advance(told)]

    def _framed(self, item: Frame) -> Frame:
        return {"t": "event", "contact": self.contact_id, **item}

    def _advance(self, told: Sequence[Told]) -> list[Frame]:
        items: list[Frame] = []
        for one in told:
            if one.seq <= self.last_seq:
                continue
            self.last_seq = one.seq
            if isinstance(one.event, AgentJoined):
                self.agent_name = one.event.agent_name
            elif isinstance(one.event, AgentLeft):
                self.agent_name = None
            view = customer_view(one.event)
            if view is not None:
                items.append({"seq": one.seq, "prev": self._last_visible, "at": one.at, "e": view})
                self._last_visible = one.seq
        return items
