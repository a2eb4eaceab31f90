"""The contact machine: one pure function from a contact and a command to what follows.

`WHEN` is the transition table's left side: in which states a command means something, and what happens to
one that comes at another time: a refusal with a code (somebody asked for it) or silence (it is late news).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from warmline.domain.contact import agent, callback, commands, customer, offers, system, voice, waiting
from warmline.domain.contact.commands import AnyCommand, Command, Decision
from warmline.domain.contact.draft import Draft, unchanged
from warmline.domain.contact.events_voice import VoicemailLeft
from warmline.domain.contact.model import Contact, ContactStatus
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.contact.refusals import (
    ENDED,
    NO_CALLBACK,
    NOT_QUEUED,
    NOT_YOURS,
    OFFER_GONE,
    TAKEN_ALREADY,
    UNKNOWN,
)
from warmline.domain.journey.interface import Facts
from warmline.kernel.errors import Refused

S = ContactStatus
ANY = frozenset(S)
OPEN = ANY - {S.ENDED}
WAITING = frozenset({S.QUEUED, S.OFFERED})
CLOCK_SKEW = timedelta(seconds=2)  # between the machines that set a timer and fire it
LATE = None  # late news: nothing to do, nobody to tell

WHEN: Mapping[type[Command], tuple[frozenset[ContactStatus], str | None]] = {
    commands.CustomerMessage: (OPEN, ENDED),
    commands.CustomerLocale: (OPEN, ENDED),
    commands.CustomerConnection: (OPEN, LATE),
    commands.CustomerEnds: (OPEN, LATE),
    commands.AcceptOffer: (frozenset({S.OFFERED}), OFFER_GONE),
    commands.DeclineOffer: (frozenset({S.OFFERED}), OFFER_GONE),
    commands.AgentMessage: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.AddNote: (ANY, None),
    commands.RecordGuide: (ANY, None),
    commands.NameReason: (ANY, None),
    commands.Hold: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.Resume: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.Transfer: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.AgentEnds: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.FinishWrapUp: (ANY, None),
    commands.Reassign: (OPEN - {S.SURVEY}, ENDED),
    commands.PickContact: (frozenset({S.QUEUED, S.OFFERED, S.CALLBACK}), TAKEN_ALREADY),
    commands.RequestCallback: (WAITING | {S.CALLBACK}, NOT_QUEUED),
    commands.CancelCallback: (WAITING | {S.CALLBACK}, NO_CALLBACK),
    commands.RescheduleCallback: (frozenset({S.CALLBACK}), NO_CALLBACK),
    commands.CallbackOutcome: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.MakeOffer: (frozenset({S.QUEUED, S.CALLBACK}), NOT_QUEUED),
    commands.WithdrawOffer: (frozenset({S.OFFERED}), LATE),
    commands.AgentGone: (ANY, LATE),
    commands.TimerFired: (ANY, LATE),
    commands.TaskFinished: (ANY, LATE),
    commands.QueueChanged: (frozenset({S.QUEUED}), LATE),
    commands.Announced: (WAITING | {S.JOURNEY}, LATE),
    commands.LinkCustomer: (ANY, LATE),
    commands.Repair: (OPEN, LATE),
    commands.CustomerSilent: (frozenset({S.JOURNEY, S.SURVEY}), LATE),
    commands.VoicemailTaken: (ANY, LATE),
    commands.HearMessage: (ANY, None),
    commands.SettleMessage: (ANY, None),
    commands.NoteCall: (ANY, LATE),
    commands.SecureGiven: (OPEN, LATE),
    commands.CameFromHelp: (OPEN, LATE),
    commands.CompleteTransfer: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.TransferOut: (frozenset({S.CONNECTED}), NOT_YOURS),
    commands.PromiseAfterCut: (OPEN - {S.CALLBACK}, LATE),
}


def handle(
    contact: Contact | None, command: AnyCommand, facts: Facts, now: datetime, policy: ContactPolicy
) -> Decision:
    """Return what follows from `command`. Raises Refused when it is not this sender's to ask, or not now."""
    if isinstance(command, commands.Open):
        if contact is not None:
            return unchanged(contact)
        draft = Draft(customer.blank(command, now), facts, now, policy)
        customer.opened(draft, command)
        return draft.decision()
    if contact is None:
        raise Refused(UNKNOWN)
    seen_at = _seen(contact, command, now)
    if seen_at is not None:
        return unchanged(contact, seen_at)
    states, refusal = WHEN[type(command)]
    if contact.status not in states:
        if refusal is None:
            return unchanged(contact)
        raise Refused(ENDED if contact.status is S.ENDED and refusal is not OFFER_GONE else refusal)
    draft = Draft(contact, facts, now, policy)
    _apply(draft, command)
    if draft.contact is contact and not draft.events:
        return unchanged(contact)
    if draft.contact.status is not S.ENDED:
        customer.settle_idle(draft)
    return draft.decision()


def _seen(contact: Contact, command: AnyCommand, now: datetime) -> int | None:
    """Return where this very command took effect before, if it did; None when it is news."""
    match command:
        case commands.CustomerMessage():
            return _key_seq(contact, "c:" + command.client_id)
        case commands.AgentMessage() | commands.AddNote():
            return _key_seq(contact, "a:" + command.client_id)
        case commands.SecureGiven():
            return _key_seq(contact, "s:" + command.client_id)
        case commands.RecordGuide():
            return _key_seq(contact, f"g:{command.guide_id}")
        case commands.HearMessage():
            return _key_seq(contact, f"h:{command.recording_id}")
        case commands.NoteCall(fact=VoicemailLeft(again=True) as told):
            return _key_seq(contact, f"v:{told.recording_id}")
        case commands.AcceptOffer() | commands.PickContact():
            mine = contact.status is S.CONNECTED and contact.agent_id == command.agent_id
            return contact.seq if mine else None
        case commands.CompleteTransfer():
            theirs = contact.status is S.CONNECTED and contact.agent_id == command.to_agent_id
            return contact.seq if theirs and command.agent_id != command.to_agent_id else None
        case commands.TimerFired():
            due_at = contact.timers.get(command.timer)
            return contact.seq if due_at is None or due_at - now > CLOCK_SKEW else None
        case commands.TaskFinished():
            return contact.seq if command.task_id not in contact.tasks else None
        case _:
            return None


def _key_seq(contact: Contact, key: str) -> int | None:
    if key not in contact.recent_keys:
        return None
    return contact.recent_seqs[contact.recent_keys.index(key)]


def _apply(draft: Draft, command: AnyCommand) -> None:
    match command:
        case commands.CustomerMessage():
            customer.wrote(draft, command)
        case commands.AgentMessage():
            agent.wrote(draft, command)
        case commands.TimerFired():
            system.timer_fired(draft, command)
        case commands.TaskFinished():
            system.task_finished(draft, command)
        case commands.MakeOffer():
            offers.made(draft, command)
        case commands.AcceptOffer():
            offers.accepted(draft, command)
        case commands.DeclineOffer():
            offers.declined(draft, command)
        case commands.WithdrawOffer():
            offers.withdrawn(draft, command)
        case commands.CustomerLocale():
            customer.changed_language(draft, command)
        case commands.CameFromHelp():
            customer.came_from_help(draft, command)
        case commands.CustomerConnection():
            customer.connection(draft, command)
        case commands.CustomerEnds():
            customer.left(draft)
        case commands.AddNote():
            agent.noted(draft, command)
        case commands.RecordGuide():
            agent.went_through(draft, command)
        case commands.NameReason():
            agent.named_reason(draft, command)
        case commands.Hold():
            agent.held(draft, command.agent_id)
        case commands.Resume():
            agent.resumed(draft, command.agent_id)
        case commands.Transfer():
            agent.transferred(draft, command)
        case commands.AgentEnds():
            agent.ended(draft, command.agent_id)
        case commands.FinishWrapUp():
            agent.wrapped_up(draft, command)
        case commands.Reassign():
            agent.reassigned(draft, command)
        case commands.PickContact():
            offers.picked(draft, command)
        case commands.RequestCallback():
            waiting.requested(draft, command)
        case commands.CancelCallback():
            callback.cancel(draft, command.by_agent_id, command.reason)
        case commands.RescheduleCallback():
            callback.move(
                draft,
                not_before=command.not_before,
                not_after=command.not_after,
                by_agent_id=command.by_agent_id,
            )
        case commands.CallbackOutcome():
            agent.called(draft, command)
        case commands.AgentGone():
            agent.gone(draft, command.agent_id)
        case commands.QueueChanged():
            system.queue_changed(draft)
        case commands.Announced():
            system.announced(draft)
        case commands.LinkCustomer():
            system.linked(draft, command)
        case commands.Repair():
            system.repaired(draft, command)
        case commands.NoteCall():
            voice.noted(draft, command)
        case commands.SecureGiven():
            voice.secure_given(draft, command)
        case commands.CustomerSilent():
            voice.silent(draft, command)
        case commands.VoicemailTaken():
            voice.voicemail_taken(draft, command)
        case commands.HearMessage():
            voice.message_heard(draft, command)
        case commands.SettleMessage():
            voice.message_settled(draft, command)
        case commands.CompleteTransfer():
            voice.transfer_completed(draft, command)
        case commands.TransferOut():
            voice.transferred_out(draft, command)
        case commands.PromiseAfterCut():
            voice.cut(draft, command)
        case commands.Open():
            raise TypeError("Open is handled before there is a contact.")
        case _:
            assert_never(command)
