"""What a task declares: the arguments it takes, and each kind of answer with its fields."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from msgspec import Struct

from warmline.domain.journey.document import Scalar

Kind = Literal["unknown", "text", "number", "flag", "date", "datetime", "phone"]


class AnswerField(Struct, frozen=True, omit_defaults=True):
    """One field of an answer. `optional`: it may be null. `constant`: this answer always says just this."""

    kind: Kind = "unknown"
    optional: bool = False
    constant: tuple[Scalar] | None = None


class TaskSpec(Struct, frozen=True, omit_defaults=True):
    """A task's arguments and its answers, one for each way it may go (found, not found).

    `answers` empty: it may answer anything. `required` None: its arguments are not declared.
    """

    answers: tuple[Mapping[str, AnswerField], ...] = ()
    required: frozenset[str] | None = None
    optional: frozenset[str] = frozenset()
    impersonal: frozenset[str] = frozenset()  # arguments that personal data may not go into
    secret: frozenset[str] = frozenset()  # arguments made for secrets: never written down, never in an address

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all fields of all answers, in their order."""
        return tuple(dict.fromkeys(name for answer in self.answers for name in answer))


Tasks = Mapping[str, TaskSpec]
TasksOf = Callable[[str], Tasks]  # by company: each has backends of its own, and none knows those of others


def by_company(tasks: Tasks | TasksOf) -> TasksOf:
    """Return what tells a company's tasks; tasks that are not told apart are everybody's."""
    return tasks if callable(tasks) else lambda _tenant_id: tasks


def always(names: Iterable[str]) -> TaskSpec:
    """Return a task that always answers all these fields, of whatever kind."""
    return TaskSpec(({name: AnswerField() for name in names},))
