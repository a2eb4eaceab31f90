"""How a simulated customer answers: reads what is asked by its input kind and choices, like a person would."""

import random
from dataclasses import dataclass
from typing import Literal

from warmline_demo.customers import words
from warmline_demo.customers.people import Visitor
from warmline_demo.wire import Frame, records, texts

MAX_WITH_AGENT = 5  # lines to a person before saying thanks


@dataclass(frozen=True)
class Say:
    """Type or tap after `after_s` seconds of thinking and typing."""

    text: str
    after_s: float
    value: str | None = None


@dataclass(frozen=True)
class FetchCode:
    """Look at the phone for the one-time code, then type it."""

    after_s: float = 2.0


@dataclass(frozen=True)
class Leave:
    """Close the chat for good."""

    after_s: float


Action = Say | FetchCode | Leave


class Brain:
    """One visitor's mind. `hear` takes visible events in order and returns what to do; no clock, no network."""

    def __init__(self, visitor: Visitor, draw: random.Random) -> None:
        self._who = visitor
        self._draw = draw
        self._method: Literal["code", "pin", "birth_date"] = "code"
        self._typo_left = 1 if visitor.mood == "typo" else 0
        self._told = 0
        self._thanked = False
        self._score = self._satisfaction()
        self._turns = 0
        self.with_agent = False
        self.over = False

    def hear(self, event: Frame) -> list[Action]:
        """Return what the visitor does about an event (mostly nothing)."""
        match event.get("kind"):
            case "message_sent" if event.get("author") == "bot":
                return self._bot(event)
            case "message_sent" if event.get("author") == "agent":
                return self._agent()
            case "agent_joined":
                self.with_agent, self._turns = True, 0
                return [self._type(self._story())]
            case "agent_left":
                self.with_agent = False
                return []
            case "contact_queued":
                return self._waiting()
            case "contact_ended":
                self.over = True
                return []
            case _:
                return []

    def _waiting(self) -> list[Action]:
        if self._who.mood == "leaving":
            return [Leave(self._draw.uniform(15, 50))]
        if self._who.mood in ("chatty", "angry"):
            return [self._type(self._mood_line())]
        return []

    def _agent(self) -> list[Action]:
        if self._thanked:
            return []
        if self._told < len(words.STORIES[self._who.locale][self._who.intent]):
            return [self._type(self._story())]
        self._turns += 1
        if self._turns >= self._draw.randint(2, MAX_WITH_AGENT):
            self._thanked = True
            return [self._type(self._pick(words.THANKS[self._who.locale]))]
        if self._who.mood in ("chatty", "angry") and self._draw.random() < 0.5:
            return [self._type(self._mood_line())]
        return [self._type(self._pick(words.ACKNOWLEDGE[self._who.locale]))]

    def _bot(self, event: Frame) -> list[Action]:
        kind = texts(event.get("input_kind"))
        if not kind or self.with_agent:
            return []
        if self._who.mood == "silent" and self._turns >= 1:
            return []  # has wandered off
        self._turns += 1
        if self._who.mood == "leaving" and self._draw.random() < 0.25:
            return [Leave(self._draw.uniform(2, 8))]
        choices = {
            texts(reply.get("value")): texts(reply.get("label")) for reply in records(event.get("quick_replies"))
        }
        match kind:
            case "choice" | "score":
                return self._choose(choices)
            case "order_number":
                return [self._type(self._order_number())]
            case "email":
                return [self._type(self._who.person.email)]
            case "phone":
                return [self._type(self._who.person.phone)]
            case "date":
                return [self._type(self._birth_date())]
            case "secret" if self._method == "code" or "identity:resend" in choices:
                return [FetchCode()]
            case "secret":
                return [self._type(self._who.person.pin)]
            case "text":
                return self._comment(choices)
            case _:
                return []

    def _choose(self, choices: dict[str, str]) -> list[Action]:
        if self._who.intent in choices and "order" in choices:
            return [self._wish(choices)]
        if "birth_date" in choices or "pin" in choices:
            self._method = self._draw.choice([m for m in ("code", "code", "pin", "birth_date") if m in choices])
            return [self._tap(choices, self._method)]
        if "5" in choices and "1" in choices:
            return [self._tap(choices, str(self._score))]
        for value in ("done", "callback:decline"):
            if value in choices:
                accept = value == "callback:decline" and self._draw.random() < 0.3
                return [self._tap(choices, "callback:accept" if accept else value)]
        if "yes" in choices and "no" in choices:
            return [self._tap(choices, "no" if self._draw.random() < 0.15 else "yes")]
        return [self._tap(choices, self._draw.choice(sorted(choices)))] if choices else []

    def _wish(self, choices: dict[str, str]) -> Say:
        if self._draw.random() < self._who.taps:
            return self._tap(choices, self._who.intent)
        said = self._pick(words.WISHES[self._who.locale][self._who.intent])
        return self._type(self._misspell(said))

    def _comment(self, choices: dict[str, str]) -> list[Action]:
        if self._draw.random() < 0.5 and "survey:skip" in choices:
            return [self._tap(choices, "survey:skip")]
        good = "good" if self._score >= 4 else "bad"
        return [self._type(self._pick(words.COMMENTS[self._who.locale][good]))]

    def _story(self) -> str:
        story = words.STORIES[self._who.locale][self._who.intent]
        line = story[min(self._told, len(story) - 1)]
        self._told += 1
        return f"{line} {self._mood_line()}" if self._who.mood == "angry" and self._told == 1 else line

    def _mood_line(self) -> str:
        return self._pick((words.ANGRY if self._who.mood == "angry" else words.CHATTY)[self._who.locale])

    def _order_number(self) -> str:
        number = self._who.order.number
        if self._typo_left:
            self._typo_left -= 1
            last = str((int(number[-1]) + 1) % 10)
            return number[:-1] + last
        return self._draw.choice((number, number.lower(), number.removeprefix("ON-"), number))

    def _birth_date(self) -> str:
        year, month, day = self._who.person.birth_date.split("-")
        match self._who.locale:
            case "ko":
                return f"{year}년 {int(month)}월 {int(day)}일"
            case "ja":
                return f"{year}年{int(month)}月{int(day)}日"
            case _:
                return self._who.person.birth_date

    def _misspell(self, text: str) -> str:
        if not self._typo_left or len(text) < 6 or self._who.locale != "en":
            return text
        place = self._draw.randrange(1, len(text) - 2)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    def _satisfaction(self) -> int:
        scores = {"angry": (1, 2, 3), "leaving": (2, 3), "chatty": (5, 5, 4)}.get(self._who.mood, (5, 5, 4, 4, 3))
        return self._draw.choice(scores)

    def _pick(self, options: tuple[str, ...]) -> str:
        return self._draw.choice(options)

    def _type(self, text: str) -> Say:
        pace = 0.06 if self._who.locale == "en" else 0.12
        typing_s = self._draw.uniform(0.7, 1.3) * pace * len(text)
        return Say(text, round(self._draw.uniform(0.8, 2.5) + typing_s, 2))

    def _tap(self, choices: dict[str, str], value: str) -> Say:
        return Say(choices.get(value, value), round(self._draw.uniform(0.8, 3.0), 2), value)
