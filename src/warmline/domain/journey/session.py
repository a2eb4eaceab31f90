"""A running journey: where one customer is in one pinned document, and what was collected so far."""

from msgspec import Struct

from warmline.kernel.locale import Locale


class Frame(Struct, frozen=True, omit_defaults=True):
    """A place in one journey. `path` addresses the current step: alternating step index and block name,
    e.g. `(2, "then", 0)`; an empty path means the section's beginning.
    """

    journey_id: str
    version: int
    section: str
    path: tuple[int | str, ...] = ()
    into: str | None = None  # where the caller wants this module's result
    variables: dict[str, object] = {}
    secrets: tuple[str, ...] = ()  # variables holding a secret; each is forgotten once a task has used it


class Waiting(Struct, frozen=True, omit_defaults=True):
    """What the current step waits for, if anything."""

    kind: str  # "input", "task", "queue", "survey"
    attempt: int = 1
    task_id: str | None = None
    phase: str = ""  # a step's own phase, e.g. Verify: "sending", "code", "checking"
    data: dict[str, object] = {}


class JourneySession(Struct, frozen=True, omit_defaults=True):
    """A customer's place in a journey; a value, stored inside the contact. The last frame is the current one."""

    frames: tuple[Frame, ...]
    locale: Locale
    waiting: Waiting | None = None
    history: tuple[tuple[str, str], ...] = ()  # (journey, section) entered, newest last, at most 32: for "back"
    last_prompts: tuple[str, ...] = ()  # for "repeat"
    task_count: int = 0
    assurance: int = 0
    steps_since_wait: int = 0
    errors: int = 0  # times on_error ran
    misunderstood: int = 0  # questions that got no answer that fits, or none, over the whole conversation
    met_people: bool = False  # has come to the section for people, by whatever way
