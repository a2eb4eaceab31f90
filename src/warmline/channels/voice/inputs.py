"""What can happen to a call: inputs of its machine. Times are seconds of a monotonic clock, given beside them."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.events import AnyEvent
from warmline.domain.contact.events_voice import CallOutcome
from warmline.kernel.locale import Locale

SupervisorMode = Literal["listen", "whisper", "barge"]
TalkWith = Literal["customer", "consulted", "all"]
SecureWhat = Literal["card", "pin", "number"]


class Input(Struct, frozen=True):
    """Base of all inputs."""


# --- the line --------------------------------------------------------------------------------------


class LineOpen(Input, frozen=True):
    """The customer's line is answered, by us or by them. `machine`: what answered sounds like a machine."""


class LineRinging(Input, frozen=True):
    """The customer we call is being rung."""


class LineFailed(Input, frozen=True):
    """The customer we call was not reached. `cause` is Q.850."""

    outcome: CallOutcome
    cause: int | None = None


class LineClosed(Input, frozen=True):
    """The customer's line is gone. `by`: customer, network, or system: we lost it, and owe a call."""

    by: str = "customer"
    cause: int = 16


class Key(Input, frozen=True):
    """The customer pressed one of 0-9 * #."""

    digit: str


class Speaking(Input, frozen=True):
    """The customer began, or stopped, to speak."""

    on: bool


class Heard(Input, frozen=True):
    """What the customer said; an empty text was not understood."""

    text: str


class Said(Input, frozen=True):
    """An utterance ended."""

    play: str
    to_the_end: bool = True


# --- the contact -----------------------------------------------------------------------------------


class ContactEvent(Input, frozen=True):
    """One event of the call's contact, in order. `channel` and `locale` are the contact's."""

    event: AnyEvent
    channel: str
    locale: Locale
    seq: int = 0


class DatabaseAway(Input, frozen=True):
    """Nothing can be written for now."""


class DatabaseBack(Input, frozen=True):
    pass


class Promised(Input, frozen=True):
    """The local journal holds the promise to call back."""


# --- people ----------------------------------------------------------------------------------------


class Joins(Input, frozen=True):
    """Somebody's audio is on its way: `party` is new. `mode`: talk, or how a supervisor is there."""

    party: str
    kind: Literal["agent", "supervisor"]
    name: str
    agent_id: UUID
    mode: Literal["talk", "listen", "whisper", "barge"] = "talk"


class PartyUp(Input, frozen=True):
    """Audio flows on a party's leg."""

    party: str


class PartyGone(Input, frozen=True):
    """A party's leg is gone, or was never reached. Who hangs up a desk phone ends the contact."""

    party: str
    outcome: CallOutcome | None = None
    hung_up: bool = False  # on purpose, on a telephone
    why: str | None = None  # the code with which our own gate refused the number


class Forbidden(Input, frozen=True):
    """Our own gate did not let the customer go on to a number, or somebody be asked there (`consult`)."""

    number: str
    why: str  # the code of its refusal
    consult: bool = False


class ChangeMode(Input, frozen=True):
    party: str
    mode: SupervisorMode


class Consult(Input, frozen=True):
    """The owner asks somebody: a colleague (`agent_id`) or an outside number."""

    party: str
    name: str
    agent_id: UUID | None = None
    number: str | None = None
    line: str = ""  # the second line of the desk phone they ask from


class LineHeld(Input, frozen=True):
    """A desk phone puts one of its lines on hold, or takes it again."""

    party: str
    on: bool


class Talk(Input, frozen=True):
    to: TalkWith


class Drop(Input, frozen=True):
    party: str


class Complete(Input, frozen=True):
    """The owner leaves customer and consulted party together."""


class Forward(Input, frozen=True):
    """The owner hands the customer to an outside number without talking first."""

    party: str
    number: str


class Secure(Input, frozen=True):
    """Begin or cancel secure input; `least` and `most` are how many digits count as complete."""

    on: bool
    what: SecureWhat = "card"
    least: int = 0
    most: int = 0


class Record(Input, frozen=True):
    """Resume or pause the recording."""

    on: bool


class KeysWereSent(Input, frozen=True):
    """An agent pressed keys for the other side to hear."""

    count: int


class RecordingBegan(Input, frozen=True):
    """A recording runs; `record` is its id. None: it could not be begun."""

    record: UUID | None


class Recorded(Input, frozen=True):
    """A recording is complete."""

    record: UUID
    seconds: float
    voicemail: bool = False


class Quality(Input, frozen=True):
    """How the customer's audio fares."""

    mos: float | None
    lost_share: float
    jitter_ms: float


class Tick(Input, frozen=True):
    """Time passed: what was due is due."""
