"""Everything one call remembers, and the few ways all its parts change it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from warmline.channels.voice.actions import CUSTOMER, Action, Do, LetGo, Sounds
from warmline.channels.voice.asking import Asked
from warmline.channels.voice.circle import Circle, Party
from warmline.channels.voice.greeting import Greeting
from warmline.channels.voice.lips import Lips, Utterance
from warmline.channels.voice.secure_input import SecureInput
from warmline.channels.voice.words import word
from warmline.domain.contact.commands import AnyCommand, NoteCall
from warmline.domain.contact.events_voice import CallFact, CallOutcome, Direction, PartyJoined, PartyLeft
from warmline.kernel.locale import Locale

JOIN_S = 45.0  # an agent who dials brings their audio by then
QUIET_S = 2.0  # this much silence is not noticed; then music
AWAY_MUSIC_S = 3.0
AWAY_AGAIN_S = 25.0

Phase = Literal["dialling", "live", "ending", "over"]
RecordWhat = Literal["call", "voicemail"]


@dataclass
class Recording:
    """The recording that runs."""

    what: RecordWhat
    began_s: float
    id: UUID | None = None  # once it runs
    right: tuple[str, ...] = ()
    paused: bool = False
    paused_by_agent: bool = False
    until_s: float | None = None


OwnWords = Callable[[str, Locale], str | None]


@dataclass
class CallState:
    """A call. `number` is the other side's, as the network says; `recorded`: it is recorded, and that is said."""

    id: UUID
    direction: Direction
    locale: Locale
    since_at: datetime
    began_s: float
    number: str | None = None
    attestation: str = "none"
    recorded: bool = False
    phase: Phase = "live"
    line_up: bool = False
    line_rings: bool = False
    dialled: bool = False
    waiting: bool = False
    contact_over: bool = False
    prepared: Utterance | None = None  # what is being rendered for later
    written: bool = False  # the contact is a chat that the call joined
    leaving: bool = False  # a call back is promised and is about to be said; then this one is over
    leave_due_s: float | None = None  # however silent the promise
    owed: bool = False  # a promised call, which is kept only when a person is reached
    given_up: CallOutcome | None = None  # the attempt to keep it is over, said the agent
    bridging: bool = False  # the contact is handed to an outside number: the call outlives it
    successor: UUID | None = None  # the colleague the owner hands the customer to
    forwards: str | None = None  # the party a blind transfer rings
    handed_by: Party | None = None  # who handed the customer on to them, and may have hung up since
    ended_by: str = "bot"
    result: str | None = None
    asked: Asked | None = None
    sounding: Literal["music", "say", "voicemail"] | None = None
    quiet_since_s: float = 0.0
    sounds: dict[str, str | None] = field(default_factory=dict)
    hears: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, object] = field(default_factory=dict)
    away: bool = False
    away_due_s: float | None = None
    promised: bool = False
    promise_asked: bool = False
    answers: int = 0
    secure: SecureInput | None = None
    shielded: bool = False
    listening: Literal["words", "voice"] | None = None
    greeting: Greeting | None = None  # of a call we made, until it is clear who answered
    may_listen: bool = False
    recording: Recording | None = None
    voicemail_s: float | None = None
    message_on_its_way: bool = False  # from the beep until the file is complete
    quality: dict[str, object] | None = None
    out: list[Action] = field(default_factory=list)
    own_words: OwnWords = lambda key, locale: None  # a company's own instead of the platform's, as known right now

    def __post_init__(self) -> None:
        self.lips = Lips(self.id)
        self.circle = Circle({})

    # --- doing -------------------------------------------------------------------------------------

    def do(self, command: AnyCommand) -> None:
        self.out.append(Do(command))

    def note(self, fact: CallFact) -> None:
        self.do(NoteCall(fact))

    def give_up(self) -> bool:
        """The agent leaves an attempt to keep a promise: it stays owed. Return whether this was one."""
        trying = self.owed and (self.phase == "dialling" or self.result == "machine")
        if trying:
            self.given_up = "machine" if self.result == "machine" else "failed"
        return trying

    def own(self, key: str) -> str:
        """Return a text of the call's own, in the company's words or the platform's."""
        return self.own_words(key, self.locale) or word(key, self.locale)

    def say_own(self, key: str, *, firm: bool = True) -> None:
        """Say a text of the call's own."""
        self.lips.add(Utterance(self.own(key), self.locale, prompt=key, firm=firm, lasting=True))

    def hush(self) -> None:
        """Stop what is being said and forget what would have been."""
        if self.lips.hush():
            self.fall_silent()

    def fall_silent(self) -> None:
        self.out.append(Sounds(CUSTOMER, None))
        self.sounding = None

    def add_party(self, party: Party) -> None:
        self.circle.parties[party.id] = party

    def welcome(self, party: Party) -> None:
        """A party's audio flows."""
        party.up, party.rings = True, False
        mode = "consult" if party.role == "consulted" else party.mode
        self.note(PartyJoined(party.id, party.kind, party.name, mode))  # pyright: ignore[reportArgumentType] -- modes match

    def part(self, party: Party, *, close: bool = True) -> None:
        """A party is not in the call any more."""
        if self.circle.parties.pop(party.id, None) is None:
            return
        self.sounds.pop(party.id, None)
        if close:
            self.out.append(LetGo(party.id))
        if party.up:
            mode = "consult" if party.role == "consulted" else party.mode
            self.note(PartyLeft(party.id, party.kind, party.name, mode))  # pyright: ignore[reportArgumentType]
        if self.forwards == party.id:
            self.forwards = None
        if self.circle.talk != "customer" and not self.circle.consulted():
            self.circle.talk = "customer"
        for one in (party, self.circle.owner()):  # a second line is there for whom it asks
            if one is not None and one.second is not None and (one is party or not self.circle.consulted()):
                self.sounds.pop(one.second, None)
                self.out.append(LetGo(one.second))
                one.second = None

    def part_all(self, parties: Sequence[Party]) -> None:
        for party in list(parties):
            self.part(party)

    def new_recording(self, what: RecordWhat, now_s: float) -> Recording:
        self.recording = Recording(what, now_s)
        return self.recording

    @property
    def goes_on_in_writing(self) -> bool:
        """Whether the end of the call is not the end of the case: it belongs to a chat."""
        return self.written and self.direction == "browser"

    @property
    def talking(self) -> bool:
        """Whether the customer hears somebody."""
        return bool(self.hears.get(CUSTOMER))
