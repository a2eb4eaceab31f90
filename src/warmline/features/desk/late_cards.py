"""Cards that may wait a moment: while people write, a contact's card changes with every message."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from warmline.domain.contact.model import Contact

WAIT_S = 0.1  # nobody sees the difference, and many messages become one card


class LateCards:
    """The newest state of each contact whose card is due, shown together `wait_s` after the first of them."""

    __slots__ = ("_contacts", "_show", "_timer", "_wait_s")

    def __init__(self, show: Callable[[Contact], None], *, wait_s: float = WAIT_S) -> None:
        self._show = show
        self._wait_s = wait_s
        self._contacts: dict[UUID, Contact] = {}
        self._timer: asyncio.TimerHandle | None = None

    def put(self, contact: Contact) -> None:
        """Show this contact's card soon; a newer state replaces an older one."""
        self._contacts[contact.id] = contact
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._wait_s, self._due)

    def drop(self, contact_id: UUID) -> None:
        """The card was shown already, or is nobody's business here any more."""
        self._contacts.pop(contact_id, None)

    def close(self) -> None:
        """Show nothing any more."""
        self._contacts.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self._timer = None
        contacts, self._contacts = self._contacts, {}
        for contact in contacts.values():
            self._show(contact)
