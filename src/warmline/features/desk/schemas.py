"""What the contact routes take and give, for validation and for the OpenAPI document."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")]
Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Status = Literal["journey", "queued", "offered", "connected", "callback", "survey", "ended"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ContactLineOut(BaseModel):
    """A contact in a list."""

    id: UUID
    status: Status
    channel: str
    locale: str
    customer_id: UUID
    intent: str | None
    assurance: int
    queue_id: str | None
    agent_id: UUID | None
    wrapping: bool
    opened_at: datetime
    queued_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None
    disconnect_reason: str | None
    disposition: str | None
    csat: int | None


class ContactPage(BaseModel):
    """One page of contacts, newest first; `next` is the cursor of the following page."""

    items: list[ContactLineOut]
    next: str | None


class EventOut(BaseModel):
    """One event; the fields of `e` depend on its `kind`."""

    seq: int
    at: datetime
    e: dict[str, object]


class ContactOut(BaseModel):
    """A contact with its whole story."""

    card: dict[str, object]
    events: list[EventOut]


class Accept(Strict):
    kind: Literal["accept_offer"]
    offer_id: UUID


class Decline(Strict):
    kind: Literal["decline_offer"]
    offer_id: UUID


class Write(Strict):
    kind: Literal["agent_message"]
    text: Text
    attachments: Annotated[list[UUID], Field(max_length=10)] = []


class Note(Strict):
    kind: Literal["add_note"]
    text: Text


class Plain(Strict):
    kind: Literal["hold", "resume", "agent_ends"]


class Move(Strict):
    kind: Literal["transfer"]
    queue_id: Key | None = None
    to_agent_id: UUID | None = None
    note: Text | None = None


class WrapUp(Strict):
    kind: Literal["finish_wrap_up"]
    disposition: Key
    summary: Text = ""


class ReassignTo(Strict):
    """With `force`, to an agent who has no room: `ring` asks them at once, `connect` does not ask."""

    kind: Literal["reassign"]
    queue_id: Key | None = None
    to_agent_id: UUID | None = None
    force: Literal["ring", "connect"] | None = None


class Pick(Strict):
    """Take a waiting customer out of the line."""

    kind: Literal["pick_contact"]


class CallOff(Strict):
    """Nobody will make the promised call; `reason` is for colleagues and the audit log."""

    kind: Literal["cancel_callback"]
    reason: Literal["asked", "solved", "impossible", "mistake"] | None = None


class Outcome(Strict):
    """What came of calling the customer back."""

    kind: Literal["callback_outcome"]
    outcome: Literal["reached", "no_answer", "busy", "wrong_number"]


class Reschedule(Strict):
    """Another time for a promised call; without times, as soon as its turn comes."""

    kind: Literal["reschedule_callback"]
    not_before: AwareDatetime | None = None
    not_after: AwareDatetime | None = None


class CommandIn(Strict):
    """A command with its dedupe key: sent twice, it takes effect once."""

    cid: Key
    c: Annotated[
        Accept
        | Decline
        | Write
        | Note
        | Plain
        | Move
        | WrapUp
        | ReassignTo
        | Pick
        | CallOff
        | Outcome
        | Reschedule,
        Field(discriminator="kind"),
    ]


class CommandOut(BaseModel):
    """Where the command took effect."""

    seq: int
