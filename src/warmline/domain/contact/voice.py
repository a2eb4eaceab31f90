"""What a call does to its contact: facts, silence, messages left, customers handed on by telephone, lost lines."""

from msgspec.structs import replace

from warmline.domain.contact import agent, callback, customer, endings, journey_bridge, waiting
from warmline.domain.contact.call import after
from warmline.domain.contact.commands import (
    CompleteTransfer,
    CustomerSilent,
    HearMessage,
    NoteCall,
    PromiseAfterCut,
    SecureGiven,
    SettleMessage,
    TransferOut,
    VoicemailTaken,
)
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import AgentJoined, ContactTransferred
from warmline.domain.contact.events_voice import (
    CallAnswered,
    CallFailed,
    VoicemailHeard,
    VoicemailLeft,
    VoicemailSettled,
)
from warmline.domain.contact.model import CallbackStage, Contact, ContactStatus, DisconnectReason
from warmline.domain.contact.refusals import NUMBER_UNFIT, ONE_TARGET
from warmline.domain.journey.prompts import is_spoken
from warmline.kernel.errors import Refused

SECURE_TASK = "secure."  # and what was keyed in: card, pin, number
SECURE_TIMEOUT_S = 30.0
SURE = frozenset({"busy", "no_answer", "wrong_number"})  # what the network itself says of an attempt


def noted(draft: Draft, command: NoteCall) -> None:
    """Put a fact of the call on the timeline; of a call we made, what follows from it."""
    fact = command.fact
    before = draft.contact
    known = isinstance(fact, CallAnswered) and not fact.machine and before.call is not None and before.call.running
    if not (known and before.call is not None and before.call.answered):  # only who answered is told, not that
        draft.emit(fact)
        draft.set(call=after(before.call, fact, draft.now))
    match fact:
        case VoicemailLeft(again=True):
            draft.remember(f"v:{fact.recording_id}")
        case CallAnswered(machine=False, sure=True) if (
            before.callback is not None and before.status is ContactStatus.CONNECTED
        ):
            callback.tried(draft, "reached", before.agent_id)
        case CallFailed():
            _unreached(draft, before, fact)
        case _:
            pass


def secure_given(draft: Draft, command: SecureGiven) -> None:
    """Hand what was keyed in to the task that is for it; no event has more than the task's name."""
    draft.system_task(SECURE_TASK + command.what, {"digits": command.digits}, SECURE_TIMEOUT_S)
    draft.remember("s:" + command.client_id)


def _unreached(draft: Draft, before: Contact, fact: CallFailed) -> None:
    """A call we made reached nobody: a promised one is tried again, one of our own ends the contact, told so."""
    asking = before.callback is not None and before.callback.stage is CallbackStage.ASKING
    if before.status is ContactStatus.CALLBACK and asking:
        callback.tried(draft, fact.outcome if fact.outcome in SURE else "no_answer", None)
    elif before.status is not ContactStatus.CONNECTED:
        return
    elif before.callback is not None:
        if fact.outcome in SURE:  # else the agent, who heard more than we can know, says what came of it
            callback.tried(draft, fact.outcome, before.agent_id)
    elif is_spoken(before.channel) and before.call is not None and before.call.direction == "outbound":
        draft.say("contact.call_unreached")
        endings.end(draft, DisconnectReason.UNREACHED, "system")


def silent(draft: Draft, command: CustomerSilent) -> None:
    """Nothing was heard after a question: what its journey says to silence follows at once."""
    if command.asked_seq is None or command.asked_seq == draft.contact.asked_seq:
        journey_bridge.silence(draft)


def voicemail_taken(draft: Draft, command: VoicemailTaken) -> None:
    """A message was recorded, or nothing was said; it counts also when the caller has hung up meanwhile."""
    if command.recording_id is not None:
        draft.emit(VoicemailLeft(command.recording_id, command.seconds))
        draft.set(last_customer_at=draft.now)
    journey_bridge.voicemail_done(draft, recorded=command.recording_id is not None)
    if command.hung_up and draft.contact.status not in (ContactStatus.CALLBACK, ContactStatus.ENDED):
        customer.left(draft)


def message_heard(draft: Draft, command: HearMessage) -> None:
    """Tell who listened to a message first, also after the end of the contact."""
    draft.emit(VoicemailHeard(command.recording_id, command.agent_id, command.agent_name))
    draft.remember(f"h:{command.recording_id}")


def message_settled(draft: Draft, command: SettleMessage) -> None:
    """Tell who is done with a message, or found that it is not done yet."""
    draft.emit(VoicemailSettled(command.recording_id, command.agent_id, command.agent_name, command.open))


def transfer_completed(draft: Draft, command: CompleteTransfer) -> None:
    """The colleague who was asked takes over; the customer is never without one of the two."""
    agent.own(draft, command.agent_id)
    if command.to_agent_id == command.agent_id:
        raise Refused(ONE_TARGET)
    draft.emit(ContactTransferred(command.agent_id, to_agent_id=command.to_agent_id))
    endings.release_agent(draft, "transferred")
    draft.emit(AgentJoined(command.to_agent_id, command.to_agent_name))
    draft.set(
        agent_id=command.to_agent_id,
        transfers=draft.contact.transfers + 1,
        last_agent_id=command.to_agent_id,
        last_agent_at=draft.now,
    )


def transferred_out(draft: Draft, command: TransferOut) -> None:
    """The customer goes on to somebody outside: said so, and our part ends with the agent's wrap-up."""
    agent.own(draft, command.agent_id)
    if waiting.E164.fullmatch(command.number) is None:
        raise Refused(NUMBER_UNFIT)
    draft.emit(ContactTransferred(command.agent_id, to_number=command.number))
    draft.say("contact.transferred_out")
    endings.end(draft, DisconnectReason.TRANSFERRED_OUT, "agent")


def cut(draft: Draft, command: PromiseAfterCut) -> None:
    """We lost the line: whoever was on it is called back at their old place, or told that all is kept."""
    contact = draft.contact
    if not is_spoken(contact.channel):
        return  # in writing they are still here
    if contact.status is ContactStatus.SURVEY:
        endings.end(draft, DisconnectReason.AGENT_ENDED, "system")
        return
    if contact.callback is not None and contact.queue is not None:
        journey_bridge.drop(draft)
        endings.release_agent(draft, "gone")
        draft.set(callback=replace(contact.callback, confirmed=False))
        callback.back_in_line(draft, contact.queue, "retry")
        return
    phone = command.phone or waiting.known_phone(draft)
    queue_id = contact.queue.queue_id if contact.queue is not None else draft.policy.fallback_queue_id
    journey_bridge.drop(draft)
    if phone is None or queue_id is None:
        draft.say("contact.call_cut_kept")
        endings.end(draft, DisconnectReason.MESSAGE_TAKEN, "system")
        return
    endings.release_agent(draft, "gone")
    callback.promise(draft, queue_id, phone, by="system")
    callback.confirm(draft, "contact.call_cut")
