"""What goes into the journey machine and what comes out. The machine itself is `machine.advance`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from warmline.domain.journey.document import Journey
from warmline.domain.journey.session import JourneySession
from warmline.domain.journey.telling import ToldWait, rounded
from warmline.kernel.locale import Locale

HoursState = Literal["open", "closed", "holiday", "emergency"]


class QueueFacts(Struct, frozen=True):
    """What a waiting customer may be told about a queue. `staffed`: somebody could answer them within reason.

    Half of the customers in this place are answered within `half_s`, nine in ten within `most_s`, from now on.
    """

    staffed: bool
    waiting: int
    full: bool = False
    position: int | None = None  # 1 = next
    half_s: float | None = None
    most_s: float | None = None

    @property
    def told(self) -> ToldWait | None:
        """The wait as it is told to people, in seconds; None when nothing is known."""
        return None if self.half_s is None or self.most_s is None else rounded(self.half_s, self.most_s)


class Wanted(Struct, frozen=True):
    """What a customer needs of whoever answers: skills at levels 1 to 5, and their own language."""

    locale: Locale
    skills: dict[str, int] = {}


class AnnouncementText(Struct, frozen=True, omit_defaults=True):
    """A tenant-written announcement, already in the customer's language, and whom it is meant for.

    An empty scope means everybody; several scopes must all fit. `journeys` are those a contact begins with.
    """

    id: str
    text: str
    spoken: str | None = None  # as a voice says it; None: as it is written
    queues: frozenset[str] = frozenset()
    journeys: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def is_for(self, channel: str, journeys: Collection[str], queue_id: str | None) -> bool:
        """Tell whether a customer on `channel`, come by `journeys`, waiting in `queue_id`, is meant."""
        return (
            (not self.channels or channel in self.channels)
            and (not self.journeys or not self.journeys.isdisjoint(journeys))
            and (not self.queues or queue_id in self.queues)
        )


class Facts(Protocol):
    """What a journey may know about the world at `now`. Pure look-ups on a snapshot; never I/O."""

    def journey(self, journey_id: str, version: int | None) -> tuple[Journey, int]:
        """Return the pinned version (None: the published one) and its number. Raises KeyError."""
        ...

    def hours(self, calendar: str, now: datetime) -> HoursState: ...

    def announcements(self, slot: str | None, locale: Locale, now: datetime) -> Sequence[AnnouncementText]:
        """Return what is announced in a slot at `now`; None means in any."""
        ...

    def queue(self, queue_id: str, contact_id: UUID | None, wanted: Wanted | None = None) -> QueueFacts:
        """Return what may be told of a queue; with `wanted`, only those count as staff who can help."""
        ...

    def prompt(self, key: str, locale: Locale, channel: str) -> str | None:
        """Return the template of a prompt, or None when it is missing."""
        ...


# --- events ------------------------------------------------------------------------------------


class Started(Struct, frozen=True):
    """Enter the journey's `start` section."""


class Said(Struct, frozen=True, omit_defaults=True):
    """Something was said or tapped. `value` is set for a tapped quick reply, `fields` by a filled card.

    `files`: the names of the files that came along, by id; None in a rehearsal, where a name stands for its file.
    """

    text: str
    value: str | None = None
    fields: dict[str, str] | None = None
    files: dict[str, str] | None = None


class TimedOut(Struct, frozen=True):
    """The timer `name` that the journey set has fired."""

    name: str


class TaskDone(Struct, frozen=True, omit_defaults=True):
    task_id: str
    outcome: Literal["ok", "failed", "timed_out"]
    result: dict[str, object] = {}
    reason: str | None = None


class LocaleSwitched(Struct, frozen=True):
    locale: Locale


class QueueMoved(Struct, frozen=True):
    """Staffing or hours changed while the customer waits in a queue."""


class AskAgain(Struct, frozen=True):
    """The customer was told something in between: ask the open question once more, if there is one."""


class VoicemailDone(Struct, frozen=True):
    """The recording asked for by `TakeVoicemail` is over; `recorded`: something was said."""

    recorded: bool


JourneyEvent = Started | Said | TimedOut | TaskDone | LocaleSwitched | QueueMoved | AskAgain | VoicemailDone


# --- commands ----------------------------------------------------------------------------------


class Reply(Struct, frozen=True, omit_defaults=True):
    value: str
    label: str


class FormField(Struct, frozen=True, omit_defaults=True):
    """An entry of a form as it is shown: `kind` of input, what was entered before and why that did not fit."""

    name: str
    label: str
    kind: str
    required: bool = True
    options: tuple[Reply, ...] = ()
    value: str = ""
    problem: str = ""
    group: str = ""  # the heading it can be folded away under


class Form(Struct, frozen=True, omit_defaults=True):
    """A card: its fields; the title is the first line of the text, the buttons are the quick replies."""

    fields: tuple[FormField, ...] = ()


class Speak(Struct, frozen=True, omit_defaults=True):
    """Say rendered `text`. `input_kind` tells the widget what is expected next, `keys` the telephone how many keys
    make an answer, at least and at most. `fixed`: the company's own words alone, nobody's data among them.
    """

    prompt: str
    text: str
    quick_replies: tuple[Reply, ...] = ()
    input_kind: str | None = None
    keys: tuple[int, int] | None = None
    fixed: bool = False
    form: Form | None = None  # shown as a card where cards can be shown


class RunTask(Struct, frozen=True, omit_defaults=True):
    """Start a task. Verification uses the tasks `identity.send_code`, `identity.check_code`,
    `identity.check_pin`, `identity.check_birth_date` (args: subject, answer; result: level, customer_ref,
    tries_left, locked); secrets in `args` never reach an event.
    """

    task_id: str
    task: str
    args: dict[str, object]
    timeout_s: float
    attempt: int = 1
    delay_s: float = 0


class WakeMe(Struct, frozen=True):
    name: str
    after_s: float


class NoWake(Struct, frozen=True):
    name: str


class EnterQueue(Struct, frozen=True, omit_defaults=True):
    queue: str
    priority: int = 5
    skills: dict[str, int] = {}


class LeaveQueue(Struct, frozen=True):
    """The journey goes on without a person (overflow, callback, nobody staffed)."""


class PromiseCallback(Struct, frozen=True, omit_defaults=True):
    """Call `phone`, in the time chosen if there is one; `time_zone` is the customer's."""

    queue: str
    phone: str
    not_before: datetime | None = None
    not_after: datetime | None = None
    time_zone: str | None = None
    told_by: str | None = None  # the prompt that tells the time next: left out where the time cannot be kept
    confirm: bool = False  # the platform tells the customer when to expect the call


class Moved(Struct, frozen=True):
    journey_id: str
    version: int
    section: str


class HandedOver(Struct, frozen=True):
    """The customer was not understood `times` in this conversation, so the journey leads them to a person."""

    times: int


class Misunderstood(Struct, frozen=True, omit_defaults=True):
    """The conversation's `n`th answer that fitted nothing, or silence, at the step `path` as in `start/2/then/0`.

    `handed`: it was one too many. `words`: what was said instead of a choice, without numbers and addresses.
    """

    n: int
    journey_id: str
    version: int
    path: str
    why: Literal["no_match", "no_input"]
    handed: bool = False
    words: str | None = None


class Recognised(Struct, frozen=True):
    intent: str


class Collected(Struct, frozen=True):
    """A variable that people may see (never a secret)."""

    name: str
    value: str
    pii: bool = False


class Verified(Struct, frozen=True, omit_defaults=True):
    level: int
    method: str
    customer_ref: str | None = None  # the backend's own customer id


class NotVerified(Struct, frozen=True):
    method: str
    locked: bool


class TakeVoicemail(Struct, frozen=True):
    """Record what the caller says after a beep, for `max_s` at most; answered by `VoicemailDone`."""

    max_s: float


class Scored(Struct, frozen=True, omit_defaults=True):
    metric: str
    score: int
    comment: str | None = None


class Finished(Struct, frozen=True):
    """The journey ended, explained."""

    reason: Literal["contained", "message_taken", "callback_promised"]


JourneyCommand = (
    Speak | RunTask | WakeMe | NoWake | EnterQueue | LeaveQueue | PromiseCallback | Moved | Recognised | Collected
    | Verified | NotVerified | TakeVoicemail | Scored | HandedOver
    | Misunderstood | Finished
)  # fmt: skip


class Advance(Struct, frozen=True):
    """The result of one event. `expects_secret`: mask the customer's next input wherever it is written.

    `entered` names the blocks entered on the way, as `journey#section` or `journey#section/2/then/0/closed`
    (what coverage counts). `problems` says why `on_error` ran, if it did: `fell_through`, `prompt_missing KEY`,
    `variable_unset PATH`, `runaway`, `journey_unknown ID`, …: a published journey never has any.
    """

    session: JourneySession
    commands: tuple[JourneyCommand, ...]
    expects_secret: bool = False
    entered: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
