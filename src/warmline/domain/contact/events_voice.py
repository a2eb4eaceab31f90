"""Facts of a call: what the telephone knows, told on the contact's timeline; they change `contact.call` alone.

Numbers, names and transcripts are personal and encrypted at rest; ids of recordings and counts are not. What
somebody keyed in is never here, only how many digits there were.
"""

from typing import ClassVar, Literal
from uuid import UUID

from msgspec import field

from warmline.domain.contact.event_base import Event

Direction = Literal["inbound", "outbound", "browser"]
CallOutcome = Literal["busy", "no_answer", "wrong_number", "machine", "refused", "failed"]
PartyKind = Literal["agent", "phone", "number", "supervisor", "customer"]
PartyMode = Literal["talk", "listen", "whisper", "barge", "consult"]


class CallStarted(Event, frozen=True, omit_defaults=True, tag="call_started"):
    """A call rings or is dialled. `number` is the other side's, `called` what was dialled, as the network says."""

    direction: Direction
    number: str | None = None
    called: str | None = None
    attestation: str = "none"  # how sure the network is of `number`: A, B, C, failed, none
    visible: ClassVar[bool] = True


class CallAnswered(Event, frozen=True, omit_defaults=True, tag="call_answered"):
    """The line is open: by us when they called, by them when we did. `machine`: no person answered.

    A promised call is answered without being `sure` at first: it is kept when a person is heard.
    """

    machine: bool = False
    sure: bool = True
    visible: ClassVar[bool] = True


class CallFailed(Event, frozen=True, omit_defaults=True, tag="call_failed"):
    """A call we made reached nobody. `cause` is Q.850 (17: busy)."""

    outcome: CallOutcome
    cause: int | None = None


class CallEnded(Event, frozen=True, omit_defaults=True, tag="call_ended"):
    """The line is closed. `mos` is 1 to 4.5, `lost_share` 0 to 1."""

    by: str  # customer, agent, bot, system, network
    cause: int | None = None  # Q.850 (16: normal)
    seconds: float = 0.0
    mos: float | None = None
    lost_share: float | None = None
    jitter_ms: float | None = None
    visible: ClassVar[bool] = True


class PartyJoined(Event, frozen=True, omit_defaults=True, tag="party_joined"):
    """Somebody is on the line from now on; again, with another `mode`. `party` names them within the call."""

    party: str
    kind: PartyKind = field(name="party_kind")  # in JSON `kind` is the event's own
    name: str = ""
    mode: PartyMode = "talk"


class PartyLeft(Event, frozen=True, omit_defaults=True, tag="party_left"):
    party: str
    kind: PartyKind = field(name="party_kind")  # in JSON `kind` is the event's own
    name: str = ""
    mode: PartyMode = "talk"


class RecordingStarted(Event, frozen=True, omit_defaults=True, tag="recording_started"):
    recording_id: UUID
    visible: ClassVar[bool] = True


class RecordingPaused(Event, frozen=True, omit_defaults=True, tag="recording_paused"):
    recording_id: UUID
    seconds: float = 0.0
    visible: ClassVar[bool] = True


class RecordingResumed(Event, frozen=True, omit_defaults=True, tag="recording_resumed"):
    recording_id: UUID
    seconds: float = 0.0
    visible: ClassVar[bool] = True


class RecordingEnded(Event, frozen=True, omit_defaults=True, tag="recording_ended"):
    recording_id: UUID
    seconds: float = 0.0
    visible: ClassVar[bool] = True


class SecureInputStarted(Event, frozen=True, omit_defaults=True, tag="secure_input_started"):
    """From here on keys and words of the customer reach no recording and nobody's ears. `what`: card, pin, …"""

    what: str


class SecureInputEnded(Event, frozen=True, omit_defaults=True, tag="secure_input_ended"):
    what: str
    digits: int = 0  # how many were keyed in
    outcome: str = "done"  # done, cancelled, timed_out, failed


class VoicemailAsked(Event, frozen=True, omit_defaults=True, tag="voicemail_asked"):
    """The journey wants a message: after what is being said, a beep, then at most `max_s` are recorded."""

    max_s: float


class VoicemailLeft(Event, frozen=True, omit_defaults=True, tag="voicemail_left"):
    """A message was recorded; told `again`, once, with its transcript when there is one."""

    recording_id: UUID
    seconds: float = 0.0
    transcript: str | None = None
    again: bool = False


class HandOnFailed(Event, frozen=True, omit_defaults=True, tag="hand_on_failed"):
    """A number the customer was to go on to, or somebody there was to be asked (`consult`), was not reached.

    `forbidden`: our own gate let nobody call it, and `why` is the code of its refusal.
    """

    outcome: CallOutcome | Literal["forbidden"]
    number: str = ""
    consult: bool = False
    why: str | None = None


class VoicemailHeard(Event, frozen=True, omit_defaults=True, tag="voicemail_heard"):
    """Somebody has listened to a message for the first time."""

    recording_id: UUID
    agent_id: UUID
    agent_name: str


class VoicemailSettled(Event, frozen=True, omit_defaults=True, tag="voicemail_settled"):
    """What a message asked for is done, as somebody says; `open`: after all it is not."""

    recording_id: UUID
    agent_id: UUID
    agent_name: str
    open: bool = False


class KeysSent(Event, frozen=True, omit_defaults=True, tag="keys_sent"):
    """An agent pressed keys for the other side to hear."""

    count: int


CallFact = (
    CallStarted | CallAnswered | CallFailed | CallEnded | PartyJoined | PartyLeft | RecordingStarted
    | RecordingPaused | RecordingResumed | RecordingEnded | SecureInputStarted | SecureInputEnded | VoicemailLeft
    | KeysSent | HandOnFailed
)  # fmt: skip
VoiceEvent = CallFact | VoicemailAsked | VoicemailHeard | VoicemailSettled
