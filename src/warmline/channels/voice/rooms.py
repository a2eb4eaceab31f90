"""Everything the calls of a node share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from warmline.channels.voice.journal import Journal
from warmline.kernel.locale import Locale
from warmline.kernel.tasks import TaskRegistry
from warmline.ports.calls import CallContacts, CallRows, NumberPlan, OutboundGate, RecordingRows
from warmline.ports.media import MediaDriver, PlayFile, PlayTone
from warmline.ports.speech import Recogniser, Speech
from warmline.ports.telephone import Telephone

TellAgents = Callable[[str, Mapping[str, object]], None]  # tenant, message of the signal `softphone`
Sound = PlayFile | PlayTone

RINGBACK = PlayTone((440.0, 480.0), 1_000, 2_000, -22.0)
BEEP = PlayTone((1_000.0,), 500, 0, -12.0)
# Two soft notes now and then: music for houses that have not chosen any.
CHIME = (PlayTone((523.25, 659.25), 900, 300, -26.0), PlayTone((587.33, 698.46), 900, 3_000, -26.0))


@dataclass
class VoiceRooms:
    """The walls around call control."""

    node_id: str
    media: MediaDriver
    telephone: Telephone
    speech: Speech
    contacts: CallContacts
    plan: NumberPlan
    rows: CallRows
    recordings: RecordingRows
    gate: OutboundGate
    journal: Journal
    tell_agents: TellAgents
    tasks: TaskRegistry
    recogniser: Recogniser | None = None
    music: Path | None = None
    ears: Path | None = None  # a folder for the sockets on which calls are listened to
    listening: set[str] = field(default_factory=set)  # the ears whose customers' words are to be understood now
    ring_s: float = 45.0
    own_words: Callable[[str, str, Locale], str | None] = lambda tenant_id, key, locale: None

    def music_items(self) -> tuple[Sound, ...]:
        return CHIME if self.music is None else (PlayFile(str(self.music)),)


SECOND_LINE = "line-"  # what the names of such lines begin with
Ask = Callable[[Mapping[str, object]], Awaitable[Mapping[str, object]]]


def leg_of(call_id: UUID, party: str) -> str:
    """Return the name of a party's leg, unique within the node."""
    return f"{call_id.hex[-12:]}.{party}"


def party_of(leg: str) -> str:
    """Return whose leg this is."""
    return leg.partition(".")[2]
