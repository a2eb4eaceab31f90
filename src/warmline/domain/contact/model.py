"""A contact: one handled episode on one channel, and everything its machine must remember."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.call import CallState
from warmline.domain.journey.session import JourneySession
from warmline.kernel.locale import Locale


class ContactStatus(StrEnum):
    """Where the customer is. Exactly one holds; `ended` is final."""

    JOURNEY = "journey"  # self-service speaks
    QUEUED = "queued"  # waits for a person
    OFFERED = "offered"  # shown to one agent, not yet accepted
    CONNECTED = "connected"  # with a person (or on hold by that person)
    CALLBACK = "callback"  # waits for a promised callback at a known time
    SURVEY = "survey"  # the person has left, the after-contact journey speaks
    ENDED = "ended"


class DisconnectReason(StrEnum):
    """Why the contact ended; set once. Every one of them is an explained end."""

    CONTAINED = "contained"  # self-service solved it
    AGENT_ENDED = "agent_ended"
    CUSTOMER_LEFT = "customer_left"  # the customer said goodbye or closed
    CUSTOMER_IDLE = "customer_idle"  # no sign of life, told so
    CALLBACK_PROMISED = "callback_promised"
    MESSAGE_TAKEN = "message_taken"  # closed or nobody staffed: explained and noted
    TRANSFERRED_OUT = "transferred_out"
    CALLBACK_UNREACHED = "callback_unreached"  # called back as often as promised, nobody answered
    UNREACHED = "unreached"  # a call we made on our own account reached nobody


class Speaker(StrEnum):
    """Who speaks to the customer; exactly one does."""

    BOT = "bot"
    AGENT = "agent"


class Offer(Struct, frozen=True, omit_defaults=True):
    """The one live offer of a contact; the first to accept, of `agent_id` and those in `also`, gets it."""

    id: UUID
    agent_id: UUID
    offered_at: datetime
    expires_at: datetime
    also: tuple[UUID, ...] = ()

    @property
    def recipients(self) -> tuple[UUID, ...]:
        """Everybody at whose desk it rings."""
        return (self.agent_id, *self.also)


class WrapUp(Struct, frozen=True, omit_defaults=True):
    """After-contact work of who held the contact last. `optional`: the next contact may come meanwhile."""

    agent_id: UUID
    started_at: datetime
    due_at: datetime | None = None  # None: until done
    optional: bool = False


class CallbackStage(StrEnum):
    """Where a promised call is while its contact has status `callback`."""

    LINE = "line"  # competes in its queue, at the place that was kept
    LATER = "later"  # waits for a time: the window, the queue's hours, the next attempt
    ASKING = "asking"  # the customer was asked whether they are there


class CallbackOrder(StrEnum):
    """Who is looked for first when the turn comes."""

    AGENT_FIRST = "agent_first"
    CUSTOMER_FIRST = "customer_first"


class Callback(Struct, frozen=True, omit_defaults=True):
    """A promised call that is still open. The place in line is `Contact.queue`; its age key never changes."""

    stage: CallbackStage
    due_at: datetime  # when the call is expected, as things stand
    promised_at: datetime
    order: CallbackOrder = CallbackOrder.AGENT_FIRST
    phone: str | None = None  # None: by message in the same conversation
    not_before: datetime | None = None
    not_after: datetime | None = None
    time_zone: str | None = None  # the customer's, for the times they are told
    attempts: int = 0
    confirmed: bool = False  # the customer has said that they are there
    told_at: datetime | None = None  # the time that was promised last: a call is late against this one
    apologised: bool = False  # that time has passed without a call, and the customer was told so


class SkillNeed(Struct, frozen=True, omit_defaults=True):
    """A skill the agent must have at `level` (1–5) or above."""

    skill: str
    level: int = 1


class QueueEntry(Struct, frozen=True, omit_defaults=True):
    """A place in line: `entered_at` is the age key and survives transfer, decline and re-queue."""

    queue_id: str
    entered_at: datetime
    priority: int = 5  # 1 (most urgent) to 9
    skills: tuple[SkillNeed, ...] = ()
    preferred_agent_id: UUID | None = None
    preferred_until: datetime | None = None
    only_agent_id: UUID | None = None  # transfer to one agent: nobody else may get it
    passed_on_by: UUID | None = None  # who had the customer and passed them on
    passed_on_until: datetime | None = None  # before this, `passed_on_by` is not asked again


class Attachment(Struct, frozen=True, omit_defaults=True):
    """An uploaded file: sniffed `media_type`, never the one the sender claimed."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int


class Passed(Struct, frozen=True, omit_defaults=True):
    """A place in a journey, the contact's `n`-th; `path` as in `start/2/then`. `left`: the journey is over."""

    n: int
    journey_id: str
    version: int
    path: str
    left: bool = False


class Contact(Struct, frozen=True, omit_defaults=True):
    """The whole state of a contact. `version` rises by one per command, `seq` by one per event."""

    tenant_id: str
    id: UUID
    channel: str  # "webchat", later "voice", "email", …
    customer_id: UUID
    conversation_id: UUID
    locale: Locale
    status: ContactStatus
    opened_at: datetime
    version: int = 0
    seq: int = 0
    journey: JourneySession | None = None
    queue: QueueEntry | None = None
    offer: Offer | None = None
    agent_id: UUID | None = None  # owner while connected
    on_hold_since: datetime | None = None
    wrap_up: WrapUp | None = None
    last_agent_id: UUID | None = None
    assurance: int = 0  # level of identity assurance reached, 0 to 3
    intent: str | None = None  # contact reason, e.g. "order_status"
    attributes: dict[str, str] = {}
    first_queued_at: datetime | None = None
    connected_at: datetime | None = None  # first time with a person
    ended_at: datetime | None = None
    wrapped_at: datetime | None = None
    disconnect_reason: DisconnectReason | None = None
    disposition: str | None = None
    summary: str | None = None
    transfers: int = 0
    csat: int | None = None
    misses: int = 0  # offers that expired or were declined
    last_customer_at: datetime | None = None
    customer_present: bool = True  # the customer's connection is up
    absent_since: datetime | None = None  # when it went away
    recent_keys: tuple[str, ...] = ()  # the last inbound dedupe keys, newest last (at most 64)
    expects_secret: bool = False  # the next customer input is masked before it is written anywhere
    secret_asked_at: datetime | None = None  # when one was last asked for: somebody may still be typing it
    recent_seqs: tuple[int, ...] = ()  # the event seq of each of `recent_keys`, in the same order
    timers: dict[str, datetime] = {}  # live timers by name; the rows in table `timer` say the same
    tasks: dict[str, str] = {}  # tasks started and not finished: id -> name
    last_agent_at: datetime | None = None  # when `last_agent_id` last held the customer
    last_text: str | None = None  # the newest message, cut to a preview
    last_author: str | None = None
    last_at: datetime | None = None
    waiting_since: datetime | None = None  # the customer's oldest message no person has answered
    wait_told_at: datetime | None = None  # when a waiting customer last heard from us outside a journey
    callback: Callback | None = None
    callback_offered: bool = False  # outside a journey: the customer was asked whether they would rather be called
    max_waited: bool = False  # the longest wait of the queue is over, and what follows has been done
    wait_promised: tuple[datetime, datetime] | None = (
        None  # the interval the customer was told to expect an answer in
    )
    origin: str | None = None  # the journey it was opened with
    call: CallState | None = None  # the running call, or the last one
    asked_seq: int = 0  # the event seq of the last question
    told: tuple[str, ...] = ()  # announcements the customer has heard, newest last (at most 32)
    passed: Passed | None = None  # the last place in a journey; None: it was in none since places are counted

    @property
    def speaker(self) -> Speaker:
        return Speaker.AGENT if self.status is ContactStatus.CONNECTED else Speaker.BOT
