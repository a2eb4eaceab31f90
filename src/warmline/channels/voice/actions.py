"""What a call wants done: outputs of its machine, carried out in order by its session."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.commands import AnyCommand
from warmline.kernel.locale import Locale

CUSTOMER = "customer"  # the party whose call it is

Sound = Literal["music", "ringback", "beep"]


class Action(Struct, frozen=True):
    """Base of all actions."""


class Say(Action, frozen=True):
    """Speak to the customer, instead of whatever plays. `barge`: the first key stops it. Told by `Said(play)`."""

    play: str
    text: str
    locale: Locale
    prompt: str | None = None
    lasting: bool = False
    barge: bool = False


class Prepare(Action, frozen=True):
    """This will be said next: have it ready."""

    text: str
    locale: Locale
    prompt: str | None = None
    lasting: bool = False


class Sounds(Action, frozen=True):
    """Play a sound to a party, instead of whatever plays; None: silence, so that the route is heard."""

    party: str
    sound: Sound | None


class Route(Action, frozen=True):
    """From now on these parties hear these."""

    hears: Mapping[str, tuple[str, ...]]


class Do(Action, frozen=True):
    """Give the contact a command."""

    command: AnyCommand


class CallAgent(Action, frozen=True):
    """This agent has accepted: if a desk phone stands in for their browser, ring it."""

    agent_id: UUID
    name: str


class RingColleague(Action, frozen=True):
    """Ask a colleague to consult."""

    party: str
    agent_id: UUID


class StopRinging(Action, frozen=True):
    """The colleague is not asked any more."""

    agent_id: UUID


class Dial(Action, frozen=True):
    """Call an outside number: the customer of an outbound call, or a party who joins."""

    party: str
    number: str


class LetGo(Action, frozen=True):
    """Close a party's leg."""

    party: str


class HangUp(Action, frozen=True):
    """The call is over: close everything. `failed`: it never came about."""

    by: str
    cause: int = 16
    outcome: str | None = None


class Shield(Action, frozen=True):
    """Begin or end secure input on the customer's leg."""

    on: bool


class Listen(Action, frozen=True):
    """Begin or end listening to the customer; `hints` are likely words. Without `words` only when they speak."""

    on: bool
    locale: Locale = "en"
    hints: tuple[str, ...] = ()
    words: bool = True


class StartRecording(Action, frozen=True):
    """`what`: call or voicemail. Told by `RecordingBegan`."""

    what: Literal["call", "voicemail"]
    right: tuple[str, ...]


class PauseRecording(Action, frozen=True):
    on: bool


class RecordRight(Action, frozen=True):
    right: tuple[str, ...]


class StopRecording(Action, frozen=True):
    pass


class LeavePromise(Action, frozen=True):
    """Write the promise to call back into the local journal; told by `Promised`."""


class Show(Action, frozen=True):
    """Everybody who follows the contact sees the call's state."""

    call: Mapping[str, object]
