"""What happened to a contact, in the words of the timeline. Events are facts: past tense, append-only.

`visible` events are the customer's to see; everything else is for the people who help and for audit.
Text in `MessageSent`, `NoteAdded` and `ContactWrappedUp` is encrypted at rest. Facts of a call: `events_voice.py`.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.event_base import Event
from warmline.domain.contact.events_voice import VoiceEvent
from warmline.domain.contact.model import Attachment, CallbackStage, DisconnectReason, Offer, QueueEntry
from warmline.domain.journey.interface import Form
from warmline.kernel.locale import Locale


class QuickReply(Struct, frozen=True, omit_defaults=True):
    """A choice the customer can tap."""

    value: str
    label: str


class Digits(Struct, frozen=True, omit_defaults=True):
    """How many keys make an answer on the telephone; at `most` it is complete, `#` ends it from `least` on."""

    least: int = 1
    most: int = 1


class ContactOpened(Event, frozen=True, omit_defaults=True, tag="contact_opened"):
    channel: str
    customer_id: UUID
    conversation_id: UUID
    locale: Locale
    journey_id: str | None = None
    journey_version: int | None = None
    continues: UUID | None = None  # the earlier contact of the same case
    page: str | None = None
    visible: ClassVar[bool] = True


class MessageSent(Event, frozen=True, omit_defaults=True, tag="message_sent"):
    author: str  # "customer", "bot" or "agent"
    text: str
    client_id: str | None = None  # the sender's own id, echoed so that it can match its copy
    agent_id: UUID | None = None
    agent_name: str | None = None
    prompt: str | None = None  # prompt key when the bot speaks
    value: str | None = None  # the tapped choice
    quick_replies: tuple[QuickReply, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    input_kind: str | None = None  # what the bot expects next: "text", "choice", "digits", "secret", "date", …
    locale: Locale | None = None
    digits: Digits | None = None  # how the open question is answered by keys; None: not by keys
    fixed: bool = False  # the company's own words alone: they hold nobody's data
    form: Form | None = None  # a card to fill in; its title is the first line of the text
    visible: ClassVar[bool] = True


class NoteAdded(Event, frozen=True, omit_defaults=True, tag="note_added"):
    agent_id: UUID
    agent_name: str
    text: str
    client_id: str | None = None


class Filled(Struct, frozen=True):
    """One entry of a guide, or one of its decisions, as the agent saw it."""

    label: str
    entry: str


class GuideFinished(Event, frozen=True, omit_defaults=True, tag="guide_finished"):
    """An agent went through a guide to its end. `outcome`: how its journey ended, or `closed`."""

    guide_id: UUID
    journey_id: str
    version: int
    title: str
    agent_id: UUID
    agent_name: str
    outcome: str
    filled: tuple[Filled, ...] = ()


class LocaleChanged(Event, frozen=True, omit_defaults=True, tag="locale_changed"):
    locale: Locale
    visible: ClassVar[bool] = True


class JourneyMoved(Event, frozen=True, omit_defaults=True, tag="journey_moved"):
    """The journey entered a section (or another journey): the breadcrumb of the bot trail."""

    journey_id: str
    version: int
    section: str


class ReasonRecognised(Event, frozen=True, omit_defaults=True, tag="reason_recognised"):
    """What the contact is about; with an agent and their guide where that named it, else the journey did."""

    intent: str
    agent_id: UUID | None = None
    guide_id: UUID | None = None


class HandedOver(Event, frozen=True, omit_defaults=True, tag="handed_over"):
    """The journey led the customer to a person because it did not understand them `times` in this conversation.

    `intent`: the contact reason that says how often is too often.
    """

    times: int
    intent: str


class DataCollected(Event, frozen=True, omit_defaults=True, tag="data_collected"):
    """A journey variable the agent may see; secrets never come here."""

    name: str
    value: str


class TaskStarted(Event, frozen=True, omit_defaults=True, tag="task_started"):
    task_id: str
    task: str
    attempt: int


class TaskEnded(Event, frozen=True, omit_defaults=True, tag="task_ended"):
    task_id: str
    task: str
    outcome: str  # "ok", "failed", "timed_out"
    reason: str | None = None


class IdentityVerified(Event, frozen=True, omit_defaults=True, tag="identity_verified"):
    level: int
    method: str
    customer_id: UUID | None = None  # the known customer this contact now belongs to
    visible: ClassVar[bool] = True


class IdentityRefused(Event, frozen=True, omit_defaults=True, tag="identity_refused"):
    method: str
    locked: bool = False


class ContactQueued(Event, frozen=True, omit_defaults=True, tag="contact_queued"):
    entry: QueueEntry
    why: str = "journey"  # journey, transfer, declined, missed, withdrawn, widened, agent_gone, repaired, …
    visible: ClassVar[bool] = True


class QueueLeft(Event, frozen=True, omit_defaults=True, tag="queue_left"):
    """The journey went on without a person (overflow, nobody staffed, a callback chosen)."""

    queue_id: str


class WaitPromised(Event, frozen=True, omit_defaults=True, tag="wait_promised"):
    """What a waiting customer may expect: an answer between `low_s` and `high_s` from now."""

    queue_id: str
    low_s: float
    high_s: float
    position: int | None = None


class SearchWidened(Event, frozen=True, omit_defaults=True, tag="search_widened"):
    """From now on more people may be asked; the place in line stays. `what`: ring, skills or overflow."""

    queue_id: str
    what: str
    after_s: float
    to_queue_id: str | None = None  # whose agents may be asked as well
    teams: tuple[str, ...] = ()


class WaitLimitReached(Event, frozen=True, omit_defaults=True, tag="wait_limit_reached"):
    """The queue's longest wait is over. `then`: callback, message or stay."""

    queue_id: str
    after_s: float
    then: str


class QueueDeserted(Event, frozen=True, omit_defaults=True, tag="queue_deserted"):
    """Nobody is on shift any more, or the queue has closed. `then`: callback or message."""

    queue_id: str
    why: str  # nobody, closed
    then: str


class ContactOffered(Event, frozen=True, omit_defaults=True, tag="contact_offered"):
    offer: Offer
    reason: str = ""  # why this agent, readable
    # as facts, the same: `code` and what it is about (domain/routing/reasons.py); msgspec copies the default
    why: dict[str, object] = {}  # noqa: RUF012


class OfferPassed(Event, frozen=True, omit_defaults=True, tag="offer_passed"):
    """One of several recipients will not take the offer; `offer` is as it goes on ringing at the others."""

    agent_id: UUID
    outcome: str  # declined, withdrawn
    offer: Offer


class OfferEnded(Event, frozen=True, omit_defaults=True, tag="offer_ended"):
    offer_id: UUID
    agent_id: UUID
    outcome: str  # accepted, declined, expired, withdrawn
    also: tuple[UUID, ...] = ()  # at whose desks it rang as well


class AgentJoined(Event, frozen=True, omit_defaults=True, tag="agent_joined"):
    agent_id: UUID
    agent_name: str
    visible: ClassVar[bool] = True


class AgentLeft(Event, frozen=True, omit_defaults=True, tag="agent_left"):
    agent_id: UUID
    why: str  # transferred, ended, reassigned, gone
    visible: ClassVar[bool] = True


class CustomerHeld(Event, frozen=True, omit_defaults=True, tag="customer_held"):
    visible: ClassVar[bool] = True


class CustomerResumed(Event, frozen=True, omit_defaults=True, tag="customer_resumed"):
    visible: ClassVar[bool] = True


class ContactTransferred(Event, frozen=True, omit_defaults=True, tag="contact_transferred"):
    from_agent_id: UUID
    to_queue_id: str | None = None
    to_agent_id: UUID | None = None
    note: str | None = None
    to_number: str | None = None  # out of the house, by telephone


class ContactReassigned(Event, frozen=True, omit_defaults=True, tag="contact_reassigned"):
    """A supervisor moved the contact. `force`: ring or connect, beyond what the agent can do at once."""

    by_agent_id: UUID
    by_name: str = ""
    to_queue_id: str | None = None
    to_agent_id: UUID | None = None
    to_agent_name: str | None = None
    force: str | None = None


class CallbackPromised(Event, frozen=True, omit_defaults=True, tag="callback_promised"):
    """The customer will be called; their place in line, `entry`, is kept."""

    queue_id: str
    due_at: datetime
    address_kind: str  # phone or message
    entry: QueueEntry | None = None
    stage: CallbackStage = CallbackStage.LATER
    not_before: datetime | None = None
    not_after: datetime | None = None
    by: str = "customer"  # customer, system
    visible: ClassVar[bool] = True


class CallbackMoved(Event, frozen=True, omit_defaults=True, tag="callback_moved"):
    """A promised call is somewhere else: its turn may come, it waits for a time, or the customer is asked.

    `why`: hours, window, turn, retry, rescheduled, declined, missed, withdrawn, transfer, …
    """

    stage: CallbackStage
    due_at: datetime
    why: str
    entry: QueueEntry
    by_agent_id: UUID | None = None
    visible: ClassVar[bool] = True


class CallbackTried(Event, frozen=True, omit_defaults=True, tag="callback_tried"):
    """One attempt to reach the customer: reached, no_answer, busy, wrong_number."""

    attempt: int
    outcome: str
    agent_id: UUID | None = None  # None: they were asked by message


class CallbackClosed(Event, frozen=True, omit_defaults=True, tag="callback_closed"):
    """Nothing is owed any more: reached, no_answer, busy, wrong_number, cancelled, duplicate, ended."""

    outcome: str
    by_agent_id: UUID | None = None
    reason: str | None = None  # why somebody here cancelled it: asked, solved, impossible, mistake
    visible: ClassVar[bool] = True


class CustomerPresence(Event, frozen=True, omit_defaults=True, tag="customer_presence"):
    present: bool


class SurveyAnswered(Event, frozen=True, omit_defaults=True, tag="survey_answered"):
    metric: str  # "csat"
    score: int
    comment: str | None = None


class ContactEnded(Event, frozen=True, omit_defaults=True, tag="contact_ended"):
    reason: DisconnectReason
    by: str  # "customer", "agent", "bot", "system"
    visible: ClassVar[bool] = True


class ContactWrappedUp(Event, frozen=True, omit_defaults=True, tag="contact_wrapped_up"):
    agent_id: UUID
    disposition: str | None = None
    summary: str | None = None
    timed_out: bool = False


class ContactRepaired(Event, frozen=True, omit_defaults=True, tag="contact_repaired"):
    """The ledger found the contact without owner, queue or timer and put it into a queue."""

    was: str


class TimerIgnored(Event, frozen=True, omit_defaults=True, tag="timer_ignored"):
    timer: str


AnyEvent = (
    ContactOpened | MessageSent | NoteAdded | LocaleChanged | JourneyMoved | ReasonRecognised | DataCollected
    | HandedOver
    | TaskStarted | TaskEnded | IdentityVerified | IdentityRefused | ContactQueued | QueueLeft | WaitPromised
    | SearchWidened | WaitLimitReached | QueueDeserted | ContactOffered | OfferPassed | OfferEnded | AgentJoined
    | AgentLeft | CustomerHeld | CustomerResumed | ContactTransferred | ContactReassigned | CallbackPromised
    | CallbackMoved | CallbackTried | CallbackClosed | CustomerPresence | SurveyAnswered | ContactEnded
    | ContactWrappedUp | ContactRepaired | TimerIgnored | GuideFinished | VoiceEvent
)  # fmt: skip
