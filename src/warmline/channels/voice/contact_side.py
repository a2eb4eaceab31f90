"""What the contact's events mean for its call."""

from uuid import UUID

from warmline.channels.voice.actions import CallAgent
from warmline.channels.voice.asking import Choice, Question
from warmline.channels.voice.inputs import ContactEvent
from warmline.channels.voice.lips import Utterance
from warmline.channels.voice.state import CallState
from warmline.channels.voice.words import with_options
from warmline.domain.contact import events as e
from warmline.domain.contact.events_voice import VoicemailAsked
from warmline.domain.contact.model import DisconnectReason
from warmline.domain.journey.prompts import is_spoken
from warmline.kernel.locale import Locale


def contact_event(call: CallState, told: ContactEvent) -> None:
    """Follow the contact by one event."""
    event = told.event
    call.locale = told.locale
    call.written = not is_spoken(told.channel)
    match event:
        case e.MessageSent():
            _message(call, event, told)
        case e.ContactQueued():
            call.waiting = True
        case e.QueueLeft():
            call.waiting = False
        case e.AgentJoined():
            _agent_joined(call, event.agent_id, event.agent_name)
        case e.AgentLeft():
            _agent_left(call, event.agent_id)
        case e.CustomerHeld():
            call.circle.held = True
        case e.CustomerResumed():
            call.circle.held = False
        case e.CallbackClosed():
            call.owed = False
        case e.CallbackPromised():
            _leave_politely(call)
        case e.ContactEnded():
            _ended(call, event)
        case e.TaskEnded() if call.secure is not None:
            call.secure.task_ended(event.task, event.outcome)
        case VoicemailAsked():
            call.voicemail_s = event.max_s
        case _:
            pass


def _message(call: CallState, event: e.MessageSent, told: ContactEvent) -> None:
    if event.author == "customer":
        if call.asked is not None and not (event.client_id or "").startswith(f"{call.id}:"):
            call.asked = None  # answered in writing
        return
    owner = call.circle.owner()
    if owner is not None and owner.up:
        return  # they talk with each other
    if event.author == "agent" and not is_spoken(told.channel):
        return
    locale = event.locale or call.locale
    question = None
    if event.author == "bot" and event.input_kind is not None:
        question = question_of(event, call.locale, told.seq)
        call.asked = None
    choices = () if question is None else tuple(choice.label for choice in question.choices)
    if is_spoken(told.channel):
        choices = ()  # the text says them itself; a chat's text does not
    text = with_options(event.text, choices, locale) if choices else event.text
    if text.strip() or question is not None:
        lasting = event.fixed and text == event.text
        call.lips.add(Utterance(text, locale, event.prompt, question, lasting=lasting))
        if call.leaving:
            call.leaving, call.phase = False, "ending"


def question_of(event: e.MessageSent, locale: Locale, seq: int) -> Question:
    """Return what a bot's message asks for."""
    choices = tuple(Choice(reply.value, reply.label) for reply in event.quick_replies)
    keys = event.digits or e.Digits(0, 0)
    kind = event.input_kind or "text"
    return Question(kind, event.locale or locale, choices, keys.least, keys.most, seq)


def _agent_joined(call: CallState, agent_id: UUID, name: str) -> None:
    call.waiting = True  # until they are heard
    call.circle.held = False
    call.asked = call.successor = None
    party = next((one for one in call.circle.parties.values() if one.agent_id == agent_id), None)
    owner = call.circle.owner()
    if owner is not None and owner is not party:
        call.part(owner)
    if party is None:
        call.out.append(CallAgent(agent_id, name))
        return
    if party.role != "owner":  # whom one consulted has it now
        party.role, party.mode = "owner", "talk"
        call.circle.talk = "customer"


def _agent_left(call: CallState, agent_id: UUID) -> None:
    owner = call.circle.owner()
    if call.give_up():
        return  # what came of it is said, or somebody else tries
    if owner is None or owner.agent_id == agent_id:
        if owner is not None:
            call.part(owner)
        if not call.bridging:
            call.part_all([one for one in call.circle.consulted() if one.agent_id != call.successor or not one.up])
    call.circle.held = False
    call.waiting = not call.bridging and call.successor is None


def _leave_politely(call: CallState) -> None:
    """The caller is called later: this call is over once that was said, in words that may come just after it."""
    call.contact_over = True
    call.asked = None
    if call.phase != "live":
        return
    if call.lips.silent:
        call.leaving = True
    else:
        call.phase = "ending"


def _ended(call: CallState, event: e.ContactEnded) -> None:
    call.contact_over, call.ended_by = True, event.by
    call.asked, call.waiting = None, False
    call.circle.held = False
    if event.reason is DisconnectReason.TRANSFERRED_OUT and call.circle.consulted():
        call.bridging = True
        return
    call.part_all(list(call.circle.parties.values()))
    if call.phase in ("live", "dialling"):
        call.phase = "ending"
