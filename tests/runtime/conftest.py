"""Small commands on contacts, as the tests of the data layer need them; fixture `contacts` hands them out."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from warmline.domain.contact.commands import Decision
from warmline.domain.contact.events import AnyEvent, ContactOpened, MessageSent
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.kernel.ids import new_id
from warmline.runtime.committer import Committer, Run


class Contacts:
    """Commands: `opened`, `says`, `step` (anything else), `refuses`; and `open_contact` to begin with."""

    @staticmethod
    def opened(contact_id: UUID, customer_id: UUID) -> Run:
        def run(contact: Contact | None, now: datetime) -> Decision:
            if contact is not None:
                return Decision(contact, duplicate_of=contact.seq)
            conversation_id = new_id()
            fresh = Contact(
                "onda", contact_id, "webchat", customer_id, conversation_id, "ko", ContactStatus.JOURNEY, now,
                version=1, seq=1,
            )  # fmt: skip
            event = ContactOpened(
                "webchat", customer_id, conversation_id, "ko", "welcome", 3, page="https://onda.kr/"
            )
            return Decision(fresh, (event,))

        return run

    @staticmethod
    def step(*events: AnyEvent, effects: tuple[Any, ...] = (), **changes: Any) -> Run:
        def run(contact: Contact | None, now: datetime) -> Decision:
            assert contact is not None
            after = replace(contact, version=contact.version + 1, seq=contact.seq + len(events), **changes)
            return Decision(after, events, effects)

        return run

    @staticmethod
    def says(client_id: str, text: str) -> Run:
        def run(contact: Contact | None, now: datetime) -> Decision:
            assert contact is not None
            key = "c:" + client_id
            if key in contact.recent_keys:
                return Decision(contact, duplicate_of=contact.recent_seqs[contact.recent_keys.index(key)])
            event = MessageSent(author="customer", text=text, client_id=client_id)
            after = replace(
                contact,
                version=contact.version + 1,
                seq=contact.seq + 1,
                recent_keys=(*contact.recent_keys, key)[-64:],
                recent_seqs=(*contact.recent_seqs, contact.seq + 1)[-64:],
            )
            return Decision(after, (event,))

        return run

    @staticmethod
    def refuses(contact: Contact | None, now: datetime) -> Decision:
        raise Refused(NOT_ALLOWED)

    @staticmethod
    async def open_contact(committer: Committer) -> UUID:
        contact_id = new_id()
        await committer.execute("onda", contact_id, Contacts.opened(contact_id, new_id()))
        return contact_id


@pytest.fixture
def contacts() -> type[Contacts]:
    """Small commands on contacts."""
    return Contacts
