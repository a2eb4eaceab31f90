"""A call in virtual time: what the world does goes in, what the caller hears comes out; silence is measured."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.call import CallMachine
from warmline.channels.voice.state import CallState
from warmline.domain.contact import events as e
from warmline.domain.contact.commands import AnyCommand, NoteCall
from warmline.domain.contact.model import DisconnectReason, QueueEntry
from warmline.kernel.ids import new_id

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINA, YUKI = UUID(int=1), UUID(int=2)
CUSTOMER_ID, CONVERSATION_ID = UUID(int=8), UUID(int=9)
SAID_S = 2.0  # how long every utterance takes


@dataclass
class Playbook:
    """One call and its listeners. `say` is what is being said; `sound` what else plays to the customer."""

    direction: Any = "inbound"
    number: str | None = "+821012345678"
    recorded: bool = False
    phase: Any = "live"
    now_s: float = 100.0
    log: list[a.Action] = field(default_factory=list)
    speaking: tuple[str, float] | None = None
    sound: str | None = None
    hears: dict[str, tuple[str, ...]] = field(default_factory=dict)
    over: bool = False
    silent_s: float = 0.0
    longest_silence_s: float = 0.0

    def __post_init__(self) -> None:
        state = CallState(new_id(), self.direction, "en", AT, self.now_s, self.number, recorded=self.recorded)
        state.phase = self.phase
        self.machine = CallMachine(state)
        self.seq = 0

    @property
    def state(self) -> CallState:
        return self.machine.state

    def put(self, event: i.Input) -> list[a.Action]:
        actions = self.machine.handle(event, self.now_s)
        for action in actions:
            self._follow(action)
        self.log += actions
        return actions

    def _follow(self, action: a.Action) -> None:
        match action:
            case a.Say():
                self.speaking, self.sound = (action.play, self.now_s + SAID_S), None
            case a.Sounds(party="customer"):
                self.speaking, self.sound = None, action.sound
            case a.Route():
                self.hears = dict(action.hears)
            case a.HangUp():
                self.over = True
            case _:
                pass

    def wait(self, seconds: float) -> None:
        """Let time pass: what is being said ends, what is due comes."""
        until = self.now_s + seconds
        for _ in range(10_000):
            if self.over:
                break
            due = self.machine.due_s
            ends = [
                at for at in (due, self.speaking[1] if self.speaking else None) if at is not None and at <= until
            ]
            step = max(min(ends), self.now_s) if ends else until
            self._pass(step - self.now_s)
            self.now_s = step
            if not ends:
                break
            if self.speaking is not None and self.speaking[1] <= self.now_s:
                play = self.speaking[0]
                self.speaking = None
                self.put(i.Said(play))
            else:
                self.put(i.Tick())
        else:
            raise AssertionError("the call asks to be woken again and again and does nothing")
        self.now_s = max(self.now_s, until)

    def _pass(self, seconds: float) -> None:
        recording = self.state.recording
        asked = self.state.asked is not None or (recording is not None and recording.what == "voicemail")
        if self.state.line_up and not (self.speaking or self.sound or self.hears.get("customer") or asked):
            self.silent_s += seconds
            self.longest_silence_s = max(self.longest_silence_s, self.silent_s)
        else:
            self.silent_s = 0.0

    # --- the contact -------------------------------------------------------------------------------

    def contact(self, event: e.AnyEvent, channel: str = "voice") -> list[a.Action]:
        self.seq += 1
        return self.put(i.ContactEvent(event, channel, "en", self.seq))

    def bot(self, text: str, **more: Any) -> list[a.Action]:
        return self.contact(e.MessageSent("bot", text, **more))

    def menu(self, text: str = "How can we help?", channel: str = "voice") -> list[a.Action]:
        replies = (e.QuickReply("order", "orders"), e.QuickReply("agent", "a person"))
        asked = e.MessageSent("bot", text, input_kind="choice", quick_replies=replies, digits=e.Digits(1, 1))
        return self.contact(asked, channel)

    def queued(self) -> list[a.Action]:
        return self.contact(e.ContactQueued(QueueEntry("orders", AT)))

    def accepted(self, agent: UUID = MINA, name: str = "Mina") -> list[a.Action]:
        return self.contact(e.AgentJoined(agent, name))

    def ended(self, by: str = "bot", reason: DisconnectReason = DisconnectReason.CONTAINED) -> list[a.Action]:
        return self.contact(e.ContactEnded(reason, by))

    def joins(self, party: str = "mina", agent: UUID = MINA, **more: Any) -> None:
        """An agent's audio comes and flows."""
        self.put(i.Joins(party, more.pop("kind", "agent"), party.title(), agent, **more))
        self.put(i.PartyUp(party))

    # --- what came out -----------------------------------------------------------------------------

    def of(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.log if isinstance(one, kind)]

    @property
    def said(self) -> list[str]:
        return [one.text for one in self.of(a.Say)]

    @property
    def commands(self) -> list[AnyCommand]:
        return [one.command for one in self.of(a.Do)]

    def facts(self, kind: type[Any]) -> list[Any]:
        return [one.fact for one in self.commands if isinstance(one, NoteCall) and isinstance(one.fact, kind)]


def answered(**options: Any) -> Playbook:
    """Return a call that has just been answered."""
    book = Playbook(**options)
    book.put(i.LineOpen())
    return book


def with_mina(**options: Any) -> Playbook:
    """Return a call in which the caller and Mina talk."""
    book = answered(**options)
    book.queued()
    book.accepted()
    book.wait(3)
    book.joins()
    return book
