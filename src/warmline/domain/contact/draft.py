"""A decision in the making: the contact as it becomes, the events so far, the wishes so far."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from warmline.domain.contact.commands import ClearTimer, Decision, Effect, SetTimer, StartTask
from warmline.domain.contact.events import AnyEvent, Digits, MessageSent, QuickReply, TaskStarted
from warmline.domain.contact.model import Contact
from warmline.domain.contact.passages import Passage, Unheard, leaving
from warmline.domain.contact.policy import ContactPolicy
from warmline.domain.contact.words_spoken import words
from warmline.domain.journey.faults import BadTemplate, MissingVariable
from warmline.domain.journey.interface import Facts
from warmline.domain.journey.prompts import is_spoken, render
from warmline.domain.journey.spoken import option_lines

PREVIEW_LENGTH = 140
KEYS_KEPT = 64


class Draft:
    """One command's work on one contact. Handlers change it; `decision` freezes it."""

    __slots__ = (
        "_starts", "_timers", "before", "contact", "events", "facts", "now", "passages", "policy", "unheard",
    )  # fmt: skip

    def __init__(self, contact: Contact, facts: Facts, now: datetime, policy: ContactPolicy) -> None:
        self.before = contact
        self.contact = contact
        self.facts = facts
        self.now = now
        self.policy = policy
        self.events: list[AnyEvent] = []
        self.passages: list[Passage] = []
        self.unheard: list[Unheard] = []
        self._timers: dict[str, Effect] = {}
        self._starts: list[StartTask] = []

    def set(self, **changes: object) -> None:
        """Change fields of the contact."""
        self.contact = replace(self.contact, **changes)

    def emit(self, event: AnyEvent) -> None:
        self.events.append(event)

    def message(self, event: MessageSent, key: str | None = None, **changes: object) -> None:
        """Emit a message, keep its preview for the agent's list and its dedupe `key`; change fields on the way."""
        self.emit(event)
        changes["last_text"] = event.text[:PREVIEW_LENGTH]
        changes["last_author"] = event.author
        changes["last_at"] = self.now
        if key is not None:
            self._remember(key, changes)
        if event.input_kind is not None:
            changes["asked_seq"] = self.before.seq + len(self.events)
        self.contact = replace(self.contact, **changes)

    def say(
        self, key: str, *choices: tuple[str, str], at: datetime | None = None, zone: str | None = None
    ) -> None:
        """Speak the contact's own words in the customer's language.

        `choices`: what can be tapped, as value and key of its label. `at`: the time that `{at:…}` stands for,
        told in `zone`.
        """
        contact = self.contact
        text = self._text(key)
        if at is not None:
            told = {"at": at}.get
            try:
                text = render(text, told, contact.locale, ZoneInfo(zone or "UTC"))
            except (MissingVariable, BadTemplate):  # a company's own words want something we do not have here
                text = render(
                    words(key, contact.locale, contact.channel), told, contact.locale, ZoneInfo(zone or "UTC")
                )
        replies = tuple(QuickReply(value, self._text(label)) for value, label in choices)
        digits = None
        if replies and is_spoken(contact.channel):
            text = f"{text} {option_lines([reply.label for reply in replies], self._line)}"
            digits = Digits()
        self.message(
            MessageSent(
                "bot",
                text,
                prompt=key,
                quick_replies=replies,
                input_kind="choice" if replies else None,
                locale=contact.locale,
                digits=digits,
            )
        )

    def _text(self, key: str) -> str:
        contact = self.contact
        return self.facts.prompt(key, contact.locale, contact.channel) or words(
            key, contact.locale, contact.channel
        )

    def _line(self, key: str, values: Mapping[str, object]) -> str:
        locale = self.contact.locale
        try:
            return render(self._text(key), values.get, locale, UTC)
        except (MissingVariable, BadTemplate):
            return render(words(key, locale, self.contact.channel), values.get, locale, UTC)

    @property
    def spoke(self) -> bool:
        """Whether the customer was told something in this very step."""
        return any(isinstance(event, MessageSent) and event.author == "bot" for event in self.events)

    def remember(self, key: str) -> None:
        """Keep the dedupe key of the message just emitted."""
        changes: dict[str, object] = {}
        self._remember(key, changes)
        self.set(**changes)

    def _remember(self, key: str, changes: dict[str, object]) -> None:
        contact = self.contact
        seq = self.before.seq + len(self.events)
        changes["recent_keys"] = (*contact.recent_keys, key)[-KEYS_KEPT:]
        changes["recent_seqs"] = (*contact.recent_seqs, seq)[-KEYS_KEPT:]

    def seen(self, key: str) -> int | None:
        """Return the seq under which `key` was written before, if it is among the last ones."""
        if key not in self.contact.recent_keys:
            return None
        return self.contact.recent_seqs[self.contact.recent_keys.index(key)]

    def wake(self, timer: str, after_s: float) -> None:
        self.wake_at(timer, self.now + timedelta(seconds=after_s))

    def wake_at(self, timer: str, due_at: datetime) -> None:
        self._timers[timer] = SetTimer(timer, due_at)
        self.set(timers={**self.contact.timers, timer: due_at})

    def unwake(self, prefix: str) -> None:
        """Clear the timer `prefix` and every timer named `prefix.*`."""
        inside = prefix + "."
        gone = [name for name in self.contact.timers if name == prefix or name.startswith(inside)]
        if gone:
            self.set(timers={k: v for k, v in self.contact.timers.items() if k not in gone})
            for name in gone:
                self._timers[name] = ClearTimer(name)

    def start(self, task: StartTask) -> None:
        self._starts.append(task)
        self.set(tasks={**self.contact.tasks, task.task_id: task.task})

    def system_task(self, task: str, args: dict[str, object], timeout_s: float) -> None:
        """Start a task of the contact itself; it is on the timeline like a journey's."""
        task_id = f"{task}:{self.before.seq + len(self.events)}"
        self.emit(TaskStarted(task_id, task, 1))
        self.start(StartTask(task_id, task, args, timeout_s))

    def decision(self) -> Decision:
        if self.contact.passed is not None and (left := leaving(self.contact, self.seq)) is not None:
            self.pass_by(left)
        contact = replace(self.contact, version=self.before.version + 1, seq=self.seq)
        effects = (*self._timers.values(), *self._starts)
        return Decision(contact, tuple(self.events), effects, passages=self.passages, unheard=self.unheard)

    @property
    def seq(self) -> int:
        """The number of the last event so far."""
        return self.before.seq + len(self.events)

    def pass_by(self, *passages: Passage) -> None:
        """Note where the contact was in its journeys; the last place stays with it."""
        if passages:
            self.passages += passages
            self.set(passed=passages[-1].place)


def unchanged(contact: Contact, seq: int | None = None) -> Decision:
    """Return the decision that changes nothing: what was asked has happened already, at `seq`."""
    return Decision(contact, duplicate_of=contact.seq if seq is None else seq)
