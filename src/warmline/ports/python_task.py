"""Tasks of journeys written in Python: typed arguments in, a typed result out.

A package offers its tasks under the entry point group `warmline.tasks`; each entry names a `PythonTask` or a
list of them. `Invoke("loyalty.points", …)` then calls it like any connector operation, and the checker knows its
fields.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from importlib.metadata import entry_points
from types import UnionType
from typing import Generic, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec import Struct

from warmline.domain.journey.tasks import AnswerField, Kind, TaskSpec
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import TaskContext, TaskHandler

GROUP = "warmline.tasks"

Args = TypeVar("Args", bound=Struct)
Result = TypeVar("Result", bound=Struct)


class PythonTask(Generic[Args, Result]):
    """One task. `arguments` and `result` are msgspec structs; whatever does not fit them is refused.

    `impersonal` names the arguments that personal data may not go into, `secret` those made for secrets.
    """

    def __init__(
        self,
        name: str,
        arguments: type[Args],
        result: type[Result],
        run: Callable[[TaskContext, Args], Awaitable[Result]],
        impersonal: Iterable[str] = (),
        secret: Iterable[str] = (),
    ) -> None:
        self.name = name
        self.arguments = arguments
        self.result = result
        self._run = run
        self._impersonal = frozenset(impersonal)
        self._secret = frozenset(secret)

    @property
    def fields(self) -> tuple[str, ...]:
        """What the task answers with."""
        return tuple(self.result.__struct_fields__)

    @property
    def spec(self) -> TaskSpec:
        """What the journey checker knows of the task: whatever may be None may be missing."""
        given = msgspec.structs.fields(self.arguments)
        answer = {one.encode_name: _declared(one.type) for one in msgspec.structs.fields(self.result)}
        return TaskSpec(
            (answer,),
            required=frozenset(one.encode_name for one in given if one.required),
            optional=frozenset(one.encode_name for one in given if not one.required),
            impersonal=self._impersonal,
            secret=self._secret,
        )

    def handler(self) -> TaskHandler:
        """Return the task as the task runner calls it."""

        async def handle(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
            try:
                given = msgspec.convert(args, self.arguments)
            except msgspec.ValidationError as misfit:
                # The message names the field, never the value a customer gave.
                text = f"Task {self.name} got arguments that do not fit: {str(misfit).split(' - ')[-1]}."
                raise ProviderFailed(text, retryable=False) from None
            return msgspec.to_builtins(await self._run(context, given))

        return handle


_KINDS: dict[object, Kind] = {str: "text", int: "number", float: "number", bool: "flag", date: "date",
                              datetime: "datetime"}  # fmt: skip


def _declared(annotation: object) -> AnswerField:
    """Return a result field as the checker knows it, from its type; a union of kinds is of no known one."""
    union = get_origin(annotation) in (Union, UnionType)
    members = set(get_args(annotation)) if union else {annotation}
    kinds: set[Kind] = {_KINDS.get(one, "unknown") for one in members - {type(None)}}
    return AnswerField(kinds.pop() if len(kinds) == 1 else "unknown", optional=type(None) in members)


def installed_tasks() -> list[PythonTask[Struct, Struct]]:
    """Return the tasks that installed packages offer. Raises ValueError when two have the same name."""
    return unique(found for entry in entry_points(group=GROUP) for found in _each(entry.load()))


def _each(offered: object) -> Iterable[PythonTask[Struct, Struct]]:
    if isinstance(offered, PythonTask):
        yield cast("PythonTask[Struct, Struct]", offered)
    elif isinstance(offered, list | tuple):
        for part in cast("Iterable[object]", offered):
            yield from _each(part)
    else:
        raise TypeError(f"An entry of {GROUP} names {offered!r}; it must be a PythonTask or a list of them.")


def unique(tasks: Iterable[PythonTask[Struct, Struct]]) -> list[PythonTask[Struct, Struct]]:
    """Return `tasks` as a list. Raises ValueError when two have the same name."""
    found: dict[str, PythonTask[Struct, Struct]] = {}
    for task in tasks:
        if task.name in found:
            raise ValueError(
                f"Two installed packages offer the task {task.name}. Rename one or remove its package."
            )
        found[task.name] = task
    return list(found.values())
