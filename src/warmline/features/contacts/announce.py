"""Tell agents' desks, in whichever process they are, that a contact came to them or left them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from warmline.domain.contact.events import (
    AgentJoined,
    AgentLeft,
    ContactOffered,
    ContactWrappedUp,
    OfferEnded,
    OfferPassed,
)
from warmline.domain.contact.model import Contact
from warmline.ports.chat import Told

SIGNAL = "desk"
CONCERNING = frozenset({ContactOffered, OfferPassed, OfferEnded, AgentJoined, AgentLeft, ContactWrappedUp})

Tell = Callable[[str, str, str], None]


def announce(tell: Tell) -> Callable[[str, Contact, Sequence[Told]], None]:
    """Return a listener of commits. Offers are committed where the router leads, seldom where the desk is."""

    def listen(tenant_id: str, contact: Contact, events: Sequence[Told]) -> None:
        if all(type(told.event) not in CONCERNING for told in events):
            return
        agents: set[UUID] = set()
        for told in events:
            match told.event:
                case ContactOffered(offer=offer):
                    agents.update(offer.recipients)
                case OfferPassed(agent_id=agent_id, offer=offer):
                    agents.update((agent_id, *offer.recipients))
                case OfferEnded(agent_id=agent_id, also=also):
                    agents.update((agent_id, *also))
                case (
                    AgentJoined(agent_id=agent_id)
                    | AgentLeft(agent_id=agent_id)
                    | ContactWrappedUp(agent_id=agent_id)
                ):
                    agents.add(agent_id)
                case _:
                    pass
        for agent_id in agents:
            tell(tenant_id, SIGNAL, f"{agent_id.hex} {contact.id.hex}")

    return listen
