"""What a company must tell everybody at once: heard by those who are here already, each announcement once."""

from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import MessageSent
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.journey.platform import ANNOUNCED, spoken_or_written

EMERGENCY = "emergency"  # the slot that interrupts self-service; others wait for their place in a journey
TOLD_KEPT = 32
IN_LINE = frozenset({ContactStatus.QUEUED, ContactStatus.OFFERED})


def tell(draft: Draft) -> bool:
    """Say every announcement that is valid, meant for this customer and new to them; return whether any was.

    A slot is the place in a journey where an announcement is said. Whoever is in line passes none, so any counts.
    """
    contact = draft.contact
    queue = contact.queue
    in_line = contact.status in IN_LINE
    queue_id = queue.queue_id if queue is not None and in_line else None
    journeys = _journeys(contact)
    spoke = False
    for announcement in draft.facts.announcements(None if in_line else EMERGENCY, contact.locale, draft.now):
        if announcement.id in contact.told or not announcement.is_for(contact.channel, journeys, queue_id):
            continue
        said = spoken_or_written(announcement, contact.channel)
        draft.message(
            MessageSent(author="bot", text=said.text, prompt=said.prompt, locale=contact.locale, fixed=said.fixed),
            told=heard(draft.contact, said.prompt),
        )
        spoke = True
    return spoke


def heard(contact: Contact, prompt: str) -> tuple[str, ...]:
    """Return which announcements the customer has heard once they are told `prompt`."""
    if not prompt.startswith(ANNOUNCED):
        return contact.told
    announcement_id = prompt.removeprefix(ANNOUNCED)
    known = tuple(one for one in contact.told if one != announcement_id)
    return (*known, announcement_id)[-TOLD_KEPT:]


def _journeys(contact: Contact) -> set[str]:
    if contact.origin is not None:
        return {contact.origin}
    return set() if contact.journey is None else {frame.journey_id for frame in contact.journey.frames}
