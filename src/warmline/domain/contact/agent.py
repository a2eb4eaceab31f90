"""What agents and supervisors do with a contact: write, note, hold, pass on, end, wrap up."""

from uuid import UUID

from warmline.domain.contact import callback, customer, endings, journey_bridge, offers, queueing
from warmline.domain.contact.commands import (
    AddNote,
    AgentMessage,
    CallbackOutcome,
    FinishWrapUp,
    NameReason,
    Reassign,
    RecordGuide,
    Transfer,
)
from warmline.domain.contact.draft import Draft
from warmline.domain.contact.events import (
    ContactReassigned,
    ContactTransferred,
    CustomerHeld,
    CustomerResumed,
    GuideFinished,
    MessageSent,
    NoteAdded,
    ReasonRecognised,
)
from warmline.domain.contact.model import ContactStatus, DisconnectReason
from warmline.domain.contact.refusals import (
    MESSAGE_EMPTY,
    MESSAGE_TOO_LONG,
    NO_QUEUE,
    NOT_WRAPPING,
    NOT_YOURS,
    ONE_TARGET,
    UNKNOWN_OUTCOME,
)
from warmline.kernel.errors import Refused


def own(draft: Draft, agent_id: UUID) -> None:
    """Raise Refused unless this agent holds the contact."""
    if draft.contact.agent_id != agent_id:
        raise Refused(NOT_YOURS)


def wrote(draft: Draft, command: AgentMessage) -> None:
    own(draft, command.agent_id)
    _check_text(command.text, bool(command.attachments))
    draft.message(
        MessageSent(
            author="agent",
            text=command.text,
            client_id=command.client_id,
            agent_id=command.agent_id,
            agent_name=command.agent_name,
            attachments=command.attachments,
            locale=draft.contact.locale,
        ),
        "a:" + command.client_id,
        waiting_since=None,
    )


def noted(draft: Draft, command: AddNote) -> None:
    """Add a note; anybody who may read the contact may, also after its end."""
    _check_text(command.text, False)
    draft.emit(NoteAdded(command.agent_id, command.agent_name, command.text, command.client_id))
    draft.remember("a:" + command.client_id)


def went_through(draft: Draft, command: RecordGuide) -> None:
    """Write down what came of a guide, also after the end of the contact."""
    draft.emit(
        GuideFinished(
            guide_id=command.guide_id,
            journey_id=command.journey_id,
            version=command.version,
            title=command.title,
            agent_id=command.agent_id,
            agent_name=command.agent_name,
            outcome=command.outcome,
            filled=command.filled,
        )
    )
    draft.remember(f"g:{command.guide_id}")


def named_reason(draft: Draft, command: NameReason) -> None:
    """Take the reason a guide names, also after the end of the contact: a guide may be walked in wrap-up."""
    if draft.contact.intent != command.intent:
        draft.emit(ReasonRecognised(command.intent, command.agent_id, command.guide_id))
        draft.set(intent=command.intent)


def held(draft: Draft, agent_id: UUID) -> None:
    own(draft, agent_id)
    if draft.contact.on_hold_since is None:
        draft.emit(CustomerHeld())
        draft.set(on_hold_since=draft.now)


def resumed(draft: Draft, agent_id: UUID) -> None:
    own(draft, agent_id)
    if draft.contact.on_hold_since is not None:
        draft.emit(CustomerResumed())
        draft.set(on_hold_since=None)


def transferred(draft: Draft, command: Transfer) -> None:
    """Pass the customer on with everything said so far; their age in line is kept."""
    own(draft, command.agent_id)
    queue_id = _target(draft, command.queue_id, command.to_agent_id)
    draft.emit(ContactTransferred(command.agent_id, command.queue_id, command.to_agent_id, command.note))
    endings.release_agent(draft, "transferred")
    draft.set(transfers=draft.contact.transfers + 1)
    draft.say("contact.transferred")
    queueing.enter(draft, queue_id, "transfer", only_agent_id=command.to_agent_id, passed_on_by=command.agent_id)


def reassigned(draft: Draft, command: Reassign) -> None:
    """A supervisor moves the contact, wherever it is; with force, to an agent who has no room for it."""
    if command.force is not None and command.to_agent_id is None:
        raise Refused(ONE_TARGET)
    queue_id = _target(draft, command.queue_id, command.to_agent_id)
    owner = draft.contact.agent_id
    draft.emit(
        ContactReassigned(
            command.by_agent_id,
            command.by_name,
            command.queue_id,
            command.to_agent_id,
            command.to_agent_name or None,
            command.force,
        )
    )
    endings.release_agent(draft, "reassigned")
    if draft.contact.status not in (ContactStatus.QUEUED, ContactStatus.OFFERED, ContactStatus.CALLBACK):
        journey_bridge.drop(draft)
        draft.say("contact.transferred")
    if owner is not None:
        draft.set(transfers=draft.contact.transfers + 1)
    queueing.enter(draft, queue_id, "reassigned", only_agent_id=command.to_agent_id, passed_on_by=owner)
    if command.force is not None and command.to_agent_id is not None:
        draft.unwake("queue.only")
        offers.pushed(
            draft,
            command.to_agent_id,
            command.to_agent_name,
            by_agent_id=command.by_agent_id,
            by_name=command.by_name,
            connect=command.force == "connect",
        )


def called(draft: Draft, command: CallbackOutcome) -> None:
    """The owner tried to reach the customer they promised to call. Raises Refused without an open callback."""
    own(draft, command.agent_id)
    callback.tried(draft, command.outcome, command.agent_id)


def gone(draft: Draft, agent_id: UUID) -> None:
    """The owner's desk is lost: the customer is told and waits at their old place; open wrap-up is closed.

    Whose voice is still in the call, by their desk phone or a page whose line alone is broken, has lost nothing.
    """
    contact = draft.contact
    if contact.status is ContactStatus.CONNECTED and contact.call is not None and contact.call.agent_talks:
        return
    if contact.agent_id == agent_id and contact.status is ContactStatus.CONNECTED:
        queue_id = contact.queue.queue_id if contact.queue is not None else draft.policy.fallback_queue_id
        if queue_id is None:  # called by an agent, and nobody else is there for such calls
            draft.say("contact.message_kept")
            endings.end(draft, DisconnectReason.MESSAGE_TAKEN, "system")
            return
        endings.release_agent(draft, "gone")
        draft.say("contact.agent_gone")
        queueing.enter(draft, queue_id, "agent_gone")
    elif contact.offer is not None and agent_id in contact.offer.recipients:
        offers.lost(draft, agent_id, "withdrawn")
    elif contact.wrap_up is not None and contact.wrap_up.agent_id == agent_id and contact.wrap_up.due_at is None:
        endings.close_wrap_up(draft, timed_out=True)


def ended(draft: Draft, agent_id: UUID) -> None:
    """Say goodbye, start the agent's wrap-up, and ask the customer how it was if the policy has a survey."""
    own(draft, agent_id)
    draft.say("contact.agent_ended")
    endings.close_callback(draft, endings.kept_or_ended(draft.contact), agent_id)
    endings.release_agent(draft, "ended")
    draft.set(disconnect_reason=DisconnectReason.AGENT_ENDED)
    survey = draft.policy.survey_journey_id
    if survey is None or not draft.contact.customer_present or not _published(draft):
        endings.end(draft, DisconnectReason.AGENT_ENDED, "agent")
        return
    draft.set(status=ContactStatus.SURVEY)
    journey_bridge.begin(draft, survey, draft.policy.survey_version or 0, {})
    customer.settle_idle(draft)


def wrapped_up(draft: Draft, command: FinishWrapUp) -> None:
    wrap_up = draft.contact.wrap_up
    if wrap_up is None or wrap_up.agent_id != command.agent_id:
        raise Refused(NOT_WRAPPING)
    allowed = draft.policy.dispositions
    if allowed and command.disposition not in allowed:
        raise Refused(UNKNOWN_OUTCOME, allowed=", ".join(allowed))
    endings.close_wrap_up(draft, disposition=command.disposition, summary=command.summary)


def _published(draft: Draft) -> bool:
    """Whether the survey exists; a missing one must not cost the customer a proper end."""
    policy = draft.policy
    if policy.survey_journey_id is None or policy.survey_version is None:
        return False
    try:
        draft.facts.journey(policy.survey_journey_id, policy.survey_version)
    except KeyError:
        return False
    return True


def _target(draft: Draft, queue_id: str | None, to_agent_id: UUID | None) -> str:
    if (queue_id is None) == (to_agent_id is None):
        raise Refused(ONE_TARGET)
    if queue_id is not None:
        return queueing.known_queue(draft, queue_id)
    if draft.contact.queue is not None:
        return draft.contact.queue.queue_id
    if draft.policy.fallback_queue_id is None:
        raise Refused(NO_QUEUE)
    return draft.policy.fallback_queue_id


def _check_text(text: str, has_files: bool) -> None:
    if not text.strip() and not has_files:
        raise Refused(MESSAGE_EMPTY)
    if len(text) > customer.TEXT_LIMIT:
        raise Refused(MESSAGE_TOO_LONG, limit=customer.TEXT_LIMIT)
