"""What can happen to a contact (inputs of its machine) and what the machine wants done (its decision)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.events import AnyEvent, Filled
from warmline.domain.contact.events_voice import CallFact
from warmline.domain.contact.model import Attachment, Contact
from warmline.domain.contact.passages import Passage, Unheard
from warmline.kernel.locale import Locale

CancelReason = Literal["asked", "solved", "impossible", "mistake"]


class Command(Struct, frozen=True, omit_defaults=True, tag_field="kind"):
    """Base of all inputs of the contact machine."""


# --- from the customer -------------------------------------------------------------------------


class Open(Command, frozen=True, omit_defaults=True, tag="open"):
    """Begin a contact; its machine starts the journey at once."""

    tenant_id: str
    contact_id: UUID
    channel: str
    customer_id: UUID
    conversation_id: UUID
    locale: Locale
    journey_id: str
    journey_version: int
    continues: UUID | None = None
    page: str | None = None
    attributes: dict[str, str] = {}
    last_agent_id: UUID | None = None  # who held the customer's earlier contact, preferred if recent
    last_agent_at: datetime | None = None
    intent: str | None = None  # of the contact this one continues
    agent_id: UUID | None = None  # who dials: the customer is theirs at once, no journey speaks
    agent_name: str = ""


class CustomerMessage(Command, frozen=True, omit_defaults=True, tag="customer_message"):
    """Text, a tapped choice, files or a filled card. `client_id` is the dedupe key: sent twice, it counts once."""

    client_id: str
    text: str = ""
    value: str | None = None
    attachments: tuple[Attachment, ...] = ()
    fields: dict[str, str] | None = None  # the entries of a card; its text is written here, not by the page


class CustomerLocale(Command, frozen=True, omit_defaults=True, tag="customer_locale"):
    locale: Locale


class CameFromHelp(Command, frozen=True, omit_defaults=True, tag="came_from_help"):
    attributes: dict[str, str]  # of these, `customer.FROM_HELP` is told to whoever takes over


class CustomerConnection(Command, frozen=True, omit_defaults=True, tag="customer_connection"):
    """The customer's socket came up or went away (not an end by itself)."""

    present: bool


class RequestCallback(Command, frozen=True, omit_defaults=True, tag="request_callback"):
    """A waiting customer would rather be called; asked again, the window of the open callback changes.

    `phone` is E.164; without one they are answered by message. Times bound the call; None: as soon as it is due.
    """

    phone: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    time_zone: str | None = None


class CancelCallback(Command, frozen=True, omit_defaults=True, tag="cancel_callback"):
    """Nobody needs to call: said by the customer, or by a supervisor (`by_agent_id`), who says why."""

    by_agent_id: UUID | None = None
    reason: CancelReason | None = None


class CustomerEnds(Command, frozen=True, omit_defaults=True, tag="customer_ends"):
    """The customer leaves on purpose."""


class CustomerSilent(Command, frozen=True, omit_defaults=True, tag="customer_silent"):
    """A question was spoken to its end and nothing was heard: what its journey says to silence follows.

    `asked_seq`, the number of the message that asked, makes it late news once something else was asked.
    """

    asked_seq: int | None = None


class VoicemailTaken(Command, frozen=True, omit_defaults=True, tag="voicemail_taken"):
    """The message asked for by `voicemail_asked` is over; without a recording nothing was said.

    `hung_up`: the caller ended it so. The journey still says what follows from a message; unless that is a call
    back, or an end, the contact ends as they left.
    """

    recording_id: UUID | None = None
    seconds: float = 0.0
    hung_up: bool = False


# --- from agents and supervisors ---------------------------------------------------------------


class AcceptOffer(Command, frozen=True, omit_defaults=True, tag="accept_offer"):
    agent_id: UUID
    agent_name: str
    offer_id: UUID


class DeclineOffer(Command, frozen=True, omit_defaults=True, tag="decline_offer"):
    agent_id: UUID
    offer_id: UUID


class AgentMessage(Command, frozen=True, omit_defaults=True, tag="agent_message"):
    agent_id: UUID
    agent_name: str
    client_id: str
    text: str
    attachments: tuple[Attachment, ...] = ()


class AddNote(Command, frozen=True, omit_defaults=True, tag="add_note"):
    agent_id: UUID
    agent_name: str
    client_id: str
    text: str


class RecordGuide(Command, frozen=True, omit_defaults=True, tag="record_guide"):
    """Write down what came of a guide; once for each guide."""

    agent_id: UUID
    agent_name: str
    guide_id: UUID
    journey_id: str
    version: int
    title: str
    outcome: str
    filled: tuple[Filled, ...] = ()


class NameReason(Command, frozen=True, omit_defaults=True, tag="name_reason"):
    """A guide beside the contact says what it is about; the same reason once more is no news."""

    agent_id: UUID
    guide_id: UUID
    intent: str


class Hold(Command, frozen=True, omit_defaults=True, tag="hold"):
    agent_id: UUID


class Resume(Command, frozen=True, omit_defaults=True, tag="resume"):
    agent_id: UUID


class Transfer(Command, frozen=True, omit_defaults=True, tag="transfer"):
    """Exactly one of `queue_id` and `to_agent_id` is set; age in line is kept."""

    agent_id: UUID
    queue_id: str | None = None
    to_agent_id: UUID | None = None
    note: str | None = None


class CompleteTransfer(Command, frozen=True, omit_defaults=True, tag="complete_transfer"):
    """After talking to them, the owner hands the customer to a colleague who is on the line: theirs at once."""

    agent_id: UUID
    to_agent_id: UUID
    to_agent_name: str


class HearMessage(Command, frozen=True, omit_defaults=True, tag="hear_message"):
    """Somebody listened to a message that was left; only the first time is told."""

    agent_id: UUID
    agent_name: str
    recording_id: UUID


class SettleMessage(Command, frozen=True, omit_defaults=True, tag="settle_message"):
    """Nothing more is to be done about a message that was left; `open`: after all there is."""

    agent_id: UUID
    agent_name: str
    recording_id: UUID
    open: bool = False


class TransferOut(Command, frozen=True, omit_defaults=True, tag="transfer_out"):
    """The customer goes on to a number outside, and this contact ends. `number` is E.164."""

    agent_id: UUID
    number: str


class AgentEnds(Command, frozen=True, omit_defaults=True, tag="agent_ends"):
    agent_id: UUID


class FinishWrapUp(Command, frozen=True, omit_defaults=True, tag="finish_wrap_up"):
    agent_id: UUID
    disposition: str
    summary: str = ""


class Reassign(Command, frozen=True, omit_defaults=True, tag="reassign"):
    """A supervisor moves the contact to a queue or to one agent.

    `force` goes beyond what the agent can do at once: `ring` shows it to them at once, `connect` (which needs
    `to_agent_name`) hands it over without asking.
    """

    by_agent_id: UUID
    queue_id: str | None = None
    to_agent_id: UUID | None = None
    force: Literal["ring", "connect"] | None = None
    to_agent_name: str = ""
    by_name: str = ""


class PickContact(Command, frozen=True, omit_defaults=True, tag="pick_contact"):
    """An agent takes a waiting contact out of its line."""

    agent_id: UUID
    agent_name: str


class CallbackOutcome(Command, frozen=True, omit_defaults=True, tag="callback_outcome"):
    """What came of the owner's attempt to reach the customer."""

    agent_id: UUID
    outcome: Literal["reached", "no_answer", "busy", "wrong_number"]


class RescheduleCallback(Command, frozen=True, omit_defaults=True, tag="reschedule_callback"):
    """A supervisor moves a promised call; times as in `RequestCallback`."""

    by_agent_id: UUID
    not_before: datetime | None = None
    not_after: datetime | None = None


# --- from the system ---------------------------------------------------------------------------


class MakeOffer(Command, frozen=True, omit_defaults=True, tag="make_offer"):
    """The router's decision; refused by the machine unless the contact is still queued."""

    offer_id: UUID
    agent_id: UUID
    expires_at: datetime
    reason: str = ""
    why: dict[str, object] = {}  # the reason as facts
    also: tuple[UUID, ...] = ()  # who is asked at the same time


class WithdrawOffer(Command, frozen=True, omit_defaults=True, tag="withdraw_offer"):
    """The agent can no longer take it (went away, signed out); others it rings at still can."""

    offer_id: UUID
    agent_id: UUID | None = None  # None: nobody can


class AgentGone(Command, frozen=True, omit_defaults=True, tag="agent_gone"):
    """The owner's desk has been gone for too long: the customer is told and re-queued, place kept."""

    agent_id: UUID


class TimerFired(Command, frozen=True, omit_defaults=True, tag="timer_fired"):
    timer: str


class TaskFinished(Command, frozen=True, omit_defaults=True, tag="task_finished"):
    """An effect's outcome. `result` is JSON; `failed` and `timed_out` carry a `reason`."""

    task_id: str
    outcome: Literal["ok", "failed", "timed_out"]
    result: dict[str, object] = {}
    reason: str | None = None


class QueueChanged(Command, frozen=True, omit_defaults=True, tag="queue_changed"):
    """What a waiting contact's journey should know: staffing or hours changed."""


class Announced(Command, frozen=True, omit_defaults=True, tag="announced"):
    """An emergency announcement has become valid: a customer who is here and whom it concerns hears it now."""


class NoteCall(Command, frozen=True, omit_defaults=True, tag="note_call"):
    """A fact of the contact's call, told by the node that has the call."""

    fact: CallFact


class SecureGiven(Command, frozen=True, omit_defaults=True, tag="secure_given"):
    """What was keyed in unheard, for task `secure.<what>`: it goes into that task's arguments and nowhere else.

    `client_id` is the dedupe key: nobody is charged twice.
    """

    what: str
    digits: str
    client_id: str

    def __repr__(self) -> str:
        return f"SecureGiven({self.what!r}, {len(self.digits)} digits)"


class PromiseAfterCut(Command, frozen=True, omit_defaults=True, tag="promise_after_cut"):
    """We lost the customer's call: they are called back. `phone` is E.164; None: the number they called from."""

    phone: str | None = None


class LinkCustomer(Command, frozen=True, omit_defaults=True, tag="link_customer"):
    """The contact belongs to this known customer (identity evidence was checked elsewhere)."""

    customer_id: UUID


class Repair(Command, frozen=True, omit_defaults=True, tag="repair"):
    """The ledger's remedy: put the contact into `queue_id`, whatever state it was in."""

    queue_id: str
    was: str


AnyCommand = (
    Open | CustomerMessage | CustomerLocale | CustomerConnection | CustomerEnds | AcceptOffer | DeclineOffer
    | AgentMessage | AddNote | Hold | Resume | Transfer | AgentEnds | FinishWrapUp | Reassign | MakeOffer
    | RequestCallback | CancelCallback | PickContact | CallbackOutcome | RescheduleCallback
    | WithdrawOffer | AgentGone | TimerFired | TaskFinished | QueueChanged | Announced | LinkCustomer
    | Repair | CustomerSilent | VoicemailTaken | CompleteTransfer | TransferOut | NoteCall | PromiseAfterCut
    | SecureGiven | RecordGuide | NameReason | HearMessage | SettleMessage | CameFromHelp
)  # fmt: skip


# --- the decision ------------------------------------------------------------------------------


class SetTimer(Struct, frozen=True):
    """Wake this contact with `TimerFired(timer)` at `due_at`; one timer per name, the latest counts."""

    timer: str
    due_at: datetime


class ClearTimer(Struct, frozen=True):
    timer: str


class StartTask(Struct, frozen=True, omit_defaults=True):
    """Run `task` (a typed Python task or a connector call) once committed; answer with `TaskFinished`."""

    task_id: str
    task: str
    args: dict[str, object]
    timeout_s: float
    attempt: int = 1
    not_before: datetime | None = None  # a retry waits


Effect = SetTimer | ClearTimer | StartTask


class Decision(Struct, frozen=True):
    """One step of the contact machine: the next state, the facts, the wishes.

    `contact.version` and `contact.seq` are already raised. `duplicate_of` is the event seq of an inbound
    message seen before: then nothing else changes and the state is the old one. `passages` are where the contact
    went in its journeys meanwhile, in order; `unheard` is where it was not understood.
    """

    contact: Contact
    events: Sequence[AnyEvent] = ()
    effects: Sequence[Effect] = ()
    duplicate_of: int | None = None
    passages: Sequence[Passage] = ()
    unheard: Sequence[Unheard] = ()
