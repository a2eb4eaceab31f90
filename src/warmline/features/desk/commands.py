"""What an agent may ask of a contact; who asks is added here, never taken from the client."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from warmline.domain.contact import commands as domain
from warmline.domain.contact.commands import AnyCommand
from warmline.domain.contact.model import Attachment
from warmline.features.security.roles import may
from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.ports.identity import AgentIdentity

Key = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Moment = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=4_000)]  # a message's own length is for the contact to judge


class AcceptOffer(Struct, frozen=True, tag_field="kind", tag="accept_offer"):
    offer_id: UUID


class DeclineOffer(Struct, frozen=True, tag_field="kind", tag="decline_offer"):
    offer_id: UUID


class AgentMessage(Struct, frozen=True, tag_field="kind", tag="agent_message"):
    text: str
    attachments: tuple[UUID, ...] = ()


class AddNote(Struct, frozen=True, tag_field="kind", tag="add_note"):
    text: str


class Hold(Struct, frozen=True, tag_field="kind", tag="hold"):
    pass


class Resume(Struct, frozen=True, tag_field="kind", tag="resume"):
    pass


class Transfer(Struct, frozen=True, tag_field="kind", tag="transfer"):
    queue_id: Key | None = None
    to_agent_id: UUID | None = None
    note: Words | None = None


class AgentEnds(Struct, frozen=True, tag_field="kind", tag="agent_ends"):
    pass


class FinishWrapUp(Struct, frozen=True, tag_field="kind", tag="finish_wrap_up"):
    disposition: Key
    summary: Words = ""


class Reassign(Struct, frozen=True, tag_field="kind", tag="reassign"):
    queue_id: Key | None = None
    to_agent_id: UUID | None = None
    force: Literal["ring", "connect"] | None = None


class PickContact(Struct, frozen=True, tag_field="kind", tag="pick_contact"):
    pass


class CallbackOutcome(Struct, frozen=True, tag_field="kind", tag="callback_outcome"):
    outcome: Literal["reached", "no_answer", "busy", "wrong_number"]


class CancelCallback(Struct, frozen=True, tag_field="kind", tag="cancel_callback"):
    reason: domain.CancelReason | None = None


class RescheduleCallback(Struct, frozen=True, tag_field="kind", tag="reschedule_callback"):
    not_before: Moment | None = None
    not_after: Moment | None = None


DeskCommand = (
    AcceptOffer | DeclineOffer | AgentMessage | AddNote | Hold | Resume | Transfer | AgentEnds | FinishWrapUp
    | Reassign | PickContact | CallbackOutcome | CancelCallback | RescheduleCallback
)  # fmt: skip


def contact_command(
    command: DeskCommand, agent: AgentIdentity, cid: str, attachments: tuple[Attachment, ...] = ()
) -> AnyCommand:
    """Return the command of the contact machine. Raises Refused when the role does not allow it."""
    me = agent.agent_id
    match command:
        case AcceptOffer():
            return domain.AcceptOffer(me, agent.name, command.offer_id)
        case DeclineOffer():
            return domain.DeclineOffer(me, command.offer_id)
        case AgentMessage():
            return domain.AgentMessage(me, agent.name, cid, command.text, attachments)
        case AddNote():
            return domain.AddNote(me, agent.name, cid, command.text)
        case Hold():
            return domain.Hold(me)
        case Resume():
            return domain.Resume(me)
        case Transfer():
            return domain.Transfer(me, command.queue_id, command.to_agent_id, command.note)
        case AgentEnds():
            return domain.AgentEnds(me)
        case FinishWrapUp():
            return domain.FinishWrapUp(me, command.disposition, command.summary)
        case Reassign():
            _allow(agent, "contacts.reassign")
            return domain.Reassign(me, command.queue_id, command.to_agent_id, command.force, by_name=agent.name)
        case PickContact():
            _allow(agent, "contacts.pick")
            return domain.PickContact(me, agent.name)
        case CallbackOutcome():
            return domain.CallbackOutcome(me, command.outcome)
        case CancelCallback():
            _allow(agent, "callbacks.manage")
            return domain.CancelCallback(me, command.reason)
        case RescheduleCallback():
            _allow(agent, "callbacks.manage")
            return domain.RescheduleCallback(me, command.not_before, command.not_after)


def _allow(agent: AgentIdentity, permission: str) -> None:
    if not may(agent.roles, permission):
        raise Refused(NOT_ALLOWED)
