"""How a simulated colleague works: one mind per desk, reading cards and events, answering with commands."""

import random
from dataclasses import dataclass
from typing import cast

from warmline_demo.colleagues import words
from warmline_demo.colleagues.words import Locale
from warmline_demo.wire import Frame, record, texts

HOLD_SHARE = 0.25  # of calls
SILENCES_AT_MOST = 5  # in a call: desks see no words there, so a call may last five times as long
SILENCE_S = 40.0  # a customer who says nothing for so long is asked once, then wished a good day


@dataclass(frozen=True)
class Do:
    """Send command `command` about `contact` after `after_s`; a newer plan for the contact replaces it."""

    contact: str
    command: Frame
    after_s: float


@dataclass
class Case:
    """What the colleague remembers of a contact of theirs."""

    locale: Locale = "en"
    queue: str = "general"
    said: int = 0
    asked_more: bool = False
    goodbye: bool = False
    mine: bool = False
    spoken: bool = False  # a call: what is said is said on the desk phone
    silences: int = 0


class Mind:
    """One colleague's mind. `card` and `event` return what to do next; no clock, no network."""

    def __init__(self, agent_id: str, name: str, locale: Locale, draw: random.Random) -> None:
        self.agent_id = agent_id
        self._name = name
        self._locale: Locale = locale
        self._draw = draw
        self._cases: dict[str, Case] = {}
        self._offers: set[str] = set()

    def card(self, card: Frame) -> list[Do]:
        """React to a contact's summary: accept what is offered, greet what became ours, wrap up what ended."""
        contact = texts(card.get("id"))
        offer = record(card.get("offer"))
        if offer.get("agent_id") == self.agent_id and texts(offer.get("id")) not in self._offers:
            self._offers.add(texts(offer.get("id")))
            return [Do(contact, {"kind": "accept_offer", "offer_id": offer["id"]}, self._pause(1.0, 4.5))]
        case = self._cases.get(contact)
        if card.get("agent_id") == self.agent_id and card.get("status") == "connected":
            if case is None or not case.mine:
                case = self._cases[contact] = Case(mine=True, spoken=card.get("channel") == "voice")
                self._learn(case, card)
                if case.spoken:
                    return self._talk(contact)
                hello = self._choose(words.HELLO[case.locale]).format(name=self._name)
                return [self._write(contact, case, hello, quick=True)]
            self._learn(case, card)
            return []
        if card.get("wrap_up") and (case is None or case.mine):
            self._cases.pop(contact, None)
            command: Frame = {
                "kind": "finish_wrap_up",
                "disposition": self._draw.choice(("solved", "solved", "solved", "follow_up")),
                "summary": self._draw.choice(words.SUMMARY[self._locale]),
            }
            return [Do(contact, command, self._pause(4, 15))]
        return []

    def gone(self, contact: str) -> None:
        """Forget a contact that is no longer ours."""
        self._cases.pop(contact, None)

    def event(self, contact: str, event: Frame) -> list[Do]:
        """React to what a customer of ours says."""
        case = self._cases.get(contact)
        if (
            case is None
            or not case.mine
            or case.spoken
            or event.get("kind") != "message_sent"
            or event.get("author") != "customer"
        ):
            return []
        text = texts(event.get("text")).lower()
        if any(word in text for word in words.THANKS_WORDS):
            return self._farewell(contact, case)
        if any(word in text for word in words.UPSET_WORDS) and case.said < 3:
            return [self._write(contact, case, words.SORRY[case.locale]), *self._reply(contact, case, later=6)]
        return self._reply(contact, case)

    def silence(self, contact: str) -> list[Do]:
        """React to a customer who has not answered for a while."""
        case = self._cases.get(contact)
        if case is None or not case.mine:
            return []
        if case.spoken:
            return self._overlong(contact, case)
        return self._farewell(contact, case) if case.asked_more else self._reply(contact, case)

    def _talk(self, contact: str) -> list[Do]:
        """The desk phone rings and does the talking; now and then the customer is put on hold."""
        if self._draw.random() >= HOLD_SHARE:
            return []
        hold = Do(contact, {"kind": "hold"}, self._pause(16, 24))
        return [hold, Do(contact, {"kind": "resume"}, hold.after_s + self._pause(6, 9))]

    def _overlong(self, contact: str, case: Case) -> list[Do]:
        """End a call in which the desk phone has not hung up: perhaps it never rang."""
        case.silences += 1
        if case.silences != SILENCES_AT_MOST:
            return []
        return [Do(contact, {"kind": "agent_ends"}, 0.1)]

    def _reply(self, contact: str, case: Case, later: float = 0.0) -> list[Do]:
        lines = words.WORK.get(case.queue, words.WORK["general"])[case.locale]
        dice = self._draw.random()
        if case.said == 0 and dice < 0.06 and case.queue != "general":
            return self._pass_on(contact, case)
        if case.said == 0 and dice < 0.18:
            return [
                Do(contact, {"kind": "hold"}, self._pause(2, 4)),
                Do(contact, {"kind": "resume"}, self._pause(9, 16)),
                self._write(contact, case, self._next(case, lines), later=17),
            ]
        if case.said < len(lines):
            return [self._write(contact, case, self._next(case, lines), later=later)]
        if not case.asked_more:
            case.asked_more = True
            return [self._write(contact, case, self._choose(words.ANYTHING_ELSE[case.locale]), later=later)]
        return self._farewell(contact, case)

    def _farewell(self, contact: str, case: Case) -> list[Do]:
        if case.goodbye:
            return []
        case.goodbye = True
        bye = self._write(contact, case, self._choose(words.GOODBYE[case.locale]))
        return [bye, Do(contact, {"kind": "agent_ends"}, bye.after_s + self._pause(2, 5))]

    def _pass_on(self, contact: str, case: Case) -> list[Do]:
        case.mine = False
        told = self._write(contact, case, words.PASS_ON[case.locale])
        queue = self._draw.choice([name for name in ("orders", "refunds", "accounts") if name != case.queue])
        command: Frame = {"kind": "transfer", "queue_id": queue, "note": words.PASS_NOTE[self._locale]}
        return [told, Do(contact, command, told.after_s + 3)]

    def _learn(self, case: Case, card: Frame) -> None:
        locale = texts(card.get("locale"))
        if locale in ("ko", "ja", "en"):
            case.locale = cast(Locale, locale)
        case.queue = texts(card.get("queue_id")) or case.queue

    def _next(self, case: Case, lines: tuple[str, ...]) -> str:
        line = lines[min(case.said, len(lines) - 1)]
        case.said += 1
        return line

    def _write(self, contact: str, case: Case, text: str, *, later: float = 0.0, quick: bool = False) -> Do:
        pace = 0.04 if case.locale == "en" else 0.08
        typing_s = self._draw.uniform(0.7, 1.3) * pace * len(text)
        thinking = self._pause(1, 3) if quick else self._pause(2, 6)
        return Do(contact, {"kind": "agent_message", "text": text}, round(later + thinking + typing_s, 2))

    def _choose(self, options: tuple[str, ...]) -> str:
        return self._draw.choice(options)

    def _pause(self, least_s: float, most_s: float) -> float:
        return round(self._draw.uniform(least_s, most_s), 2)
