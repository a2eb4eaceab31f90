"""What customers do: open, write, change language, come and go, leave."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from warmline.domain.contact import callback, endings, journey_bridge, waiting
from warmline.domain.contact.commands import (
    CameFromHelp,
    CustomerConnection,
    CustomerLocale,
    CustomerMessage,
    Open,
)
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import (
    AgentJoined,
    ContactOpened,
    CustomerPresence,
    DataCollected,
    LocaleChanged,
    MessageSent,
)
from warmline.domain.contact.model import Contact, ContactStatus, DisconnectReason
from warmline.domain.contact.refusals import MESSAGE_EMPTY, MESSAGE_TOO_LONG
from warmline.domain.journey.interface import LocaleSwitched, Said
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.steps_show import written_form
from warmline.kernel.errors import Refused

TEXT_LIMIT = 4_000  # characters
MASK = "••••"
# Where somebody came from who asked for help first, and what they answered there: for whoever takes over.
FROM_HELP = ("help_page", "help_field", "help_answers")
SECRET_LINGERS = timedelta(minutes=2)
SHORT_NUMBER = re.compile(r"[0-9]{4,8}")  # as PINs, codes and birth dates are typed
IN_LINE = frozenset({ContactStatus.QUEUED, ContactStatus.OFFERED})
AWAITS_A_PERSON = IN_LINE | {ContactStatus.CONNECTED, ContactStatus.CALLBACK}


def blank(command: Open, opened_at: datetime) -> Contact:
    """Return the contact as it is before its opening is written."""
    return Contact(
        tenant_id=command.tenant_id,
        id=command.contact_id,
        channel=command.channel,
        customer_id=command.customer_id,
        conversation_id=command.conversation_id,
        locale=command.locale,
        status=ContactStatus.JOURNEY,
        opened_at=opened_at,
        attributes=dict(command.attributes),
        last_customer_at=opened_at,
        last_agent_id=command.last_agent_id,
        last_agent_at=command.last_agent_at,
        intent=command.intent,
        origin=command.journey_id,
    )


def opened(draft: Draft, command: Open) -> None:
    """Write the opening and let the journey speak first; who is called by an agent is with them at once."""
    draft.emit(
        ContactOpened(
            channel=command.channel,
            customer_id=command.customer_id,
            conversation_id=command.conversation_id,
            locale=command.locale,
            journey_id=command.journey_id,
            journey_version=command.journey_version,
            continues=command.continues,
            page=command.page,
        )
    )
    _tell_of_help(draft, command.attributes)
    if command.agent_id is not None:
        draft.emit(AgentJoined(command.agent_id, command.agent_name))
        draft.set(
            status=ContactStatus.CONNECTED,
            agent_id=command.agent_id,
            connected_at=draft.now,
            last_agent_id=command.agent_id,
            last_agent_at=draft.now,
        )
        return
    given: dict[str, object] = dict(command.attributes)
    if is_spoken(command.channel):
        given[CALLER] = given.get("from", "")  # a hint, never an identity: it may be called back, nothing more
    journey_bridge.begin(draft, command.journey_id, command.journey_version, given)


def came_from_help(draft: Draft, command: CameFromHelp) -> None:
    """Write down which help page led a customer back to their open contact, and what they answered there."""
    before = draft.contact.attributes
    told = {name: command.attributes.get(name, "").strip() for name in FROM_HELP}
    news = {name: text for name, text in told.items() if text != before.get(name, "").strip()}
    if not any(news.values()):
        return  # pressed twice
    draft.set(attributes={**before, **news})
    _tell_of_help(draft, news)


def _tell_of_help(draft: Draft, attributes: Mapping[str, str]) -> None:
    for name in FROM_HELP:
        if told := attributes.get(name, "").strip():
            draft.emit(DataCollected(name, told))


def wrote(draft: Draft, command: CustomerMessage) -> None:
    """Store the message, then let whoever speaks hear it: the journey, or the agent by reading."""
    if not (command.text.strip() or command.value or command.attachments or command.fields):
        raise Refused(MESSAGE_EMPTY)
    if len(command.text) > TEXT_LIMIT:
        raise Refused(MESSAGE_TOO_LONG, limit=TEXT_LIMIT)
    contact = draft.contact
    files = {str(file.id): file.name for file in command.attachments}
    said = Said(command.text, command.value, command.fields, files)
    card = _card(draft, said)
    secret = card is None and (
        command.fields is not None or contact.expects_secret or _late_secret(contact, command.text, draft.now)
    )
    event = MessageSent(
        author="customer",
        text=card or (MASK if secret else command.text),
        client_id=command.client_id,
        value=None if secret else command.value,
        attachments=command.attachments,
        locale=contact.locale,
    )
    waiting_since = contact.waiting_since
    if waiting_since is None and contact.status in AWAITS_A_PERSON:
        waiting_since = draft.now
    draft.message(event, "c:" + command.client_id, last_customer_at=draft.now, waiting_since=waiting_since)
    no_call = contact.callback is not None and command.value == callback.CANCEL
    promised = contact.callback is not None and contact.status is ContactStatus.CALLBACK
    if promised or (no_call and contact.status in IN_LINE):
        callback.heard(draft, command.value)
        return
    if contact.status is ContactStatus.CONNECTED and contact.callback is not None:
        callback.tried(draft, "reached", contact.agent_id)  # who answers in writing has been reached
        return
    if command.value in (waiting.ACCEPT, waiting.DECLINE):
        waiting.answered_offer(draft, command.value)
    journey_bridge.advance(draft, said)


def _card(draft: Draft, said: Said) -> str | None:
    """Return a filled card as the transcript shows it, its secrets masked; None where nothing was filled in."""
    contact = draft.contact
    if said.fields is None or contact.journey is None:
        return None
    return written_form(contact.journey, draft.facts, draft.now, contact.channel, said)


def _late_secret(contact: Contact, text: str, now: datetime) -> bool:
    """Whether this looks like one more try at a secret, after a lockout led into the line."""
    asked_at = contact.secret_asked_at
    if asked_at is None or now - asked_at > SECRET_LINGERS or contact.status not in IN_LINE:
        return False
    return SHORT_NUMBER.fullmatch(text.strip()) is not None


def changed_language(draft: Draft, command: CustomerLocale) -> None:
    if command.locale == draft.contact.locale:
        return
    draft.emit(LocaleChanged(command.locale))
    draft.set(locale=command.locale)
    journey_bridge.advance(draft, LocaleSwitched(command.locale))


def connection(draft: Draft, command: CustomerConnection) -> None:
    """Note that the customer's connection came up or went away; `settle_idle` arms what follows from it."""
    if command.present != draft.contact.customer_present:
        draft.emit(CustomerPresence(command.present))
        draft.set(customer_present=command.present, absent_since=None if command.present else draft.now)


def left(draft: Draft) -> None:
    """End because the customer wants to."""
    endings.end(draft, DisconnectReason.CUSTOMER_LEFT, "customer")


def idle(draft: Draft) -> None:
    """End because the customer has been gone for as long as the policy waits."""
    if draft.contact.status is not ContactStatus.SURVEY:
        draft.say("contact.idle_ended")
    endings.end(draft, DisconnectReason.CUSTOMER_IDLE, "system")


def settle_idle(draft: Draft) -> None:
    """Arm the idle timer exactly while an absent customer is not with a person.

    Who comes into a line while they are gone keeps the place for as long, counted from when they went: so a
    journey that goes round between line and self-service ends as well.
    """
    contact = draft.contact
    in_line = contact.status in IN_LINE
    talks_to_bot = contact.status in (ContactStatus.JOURNEY, ContactStatus.SURVEY)
    # Who was promised a call need not keep the page open.
    awaited = in_line and contact.callback is None
    if contact.customer_present or not (awaited or talks_to_bot):
        if contact.timers:
            draft.unwake("idle")
    elif "idle" not in contact.timers:
        draft.wake("idle", draft.policy.queue_idle_s if in_line else draft.policy.idle_s)
    elif in_line and draft.before.status not in IN_LINE and contact.absent_since is not None:
        kept_until = contact.absent_since + timedelta(seconds=draft.policy.queue_idle_s)
        if kept_until > contact.timers["idle"]:
            draft.wake_at("idle", kept_until)
