"""Finding one's way in a journey document: blocks of a step, steps of a journey, the step at a path.

A path alternates step index and block name: `(2, "then", 0)` is the first step of the `then` block of the
third step of a section. A menu option's block is named `option:<value>`. The `on_error` block counts as the
section `@on_error`.
"""

from collections.abc import Iterator

from msgspec import Struct

from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    Enqueue,
    Hours,
    Invoke,
    Journey,
    Menu,
    SendLink,
    Show,
    Step,
    Verify,
    Voicemail,
    When,
)  # fmt: skip
from warmline.domain.journey.faults import Fault

Path = tuple[int | str, ...]

ON_ERROR = "@on_error"
START = "start"
_OPTION = "option:"

_BLOCK_FIELDS: dict[type, tuple[str, ...]] = {
    Ask: ("give_up",),
    Menu: ("give_up",),
    When: ("then", "otherwise"),
    Invoke: ("failed", "timed_out"),
    Verify: ("failed", "locked", "unavailable"),
    Hours: ("open", "closed", "holiday", "emergency"),
    Enqueue: ("nobody_staffed", "queue_full", "overflow", "callback"),
    Callback: ("give_up",),
    Voicemail: ("done", "give_up"),
    SendLink: ("sent", "failed"),
    Show: ("give_up",),
}


class Place(Struct, frozen=True):
    """One step of a journey and where it stands."""

    section: str
    path: Path
    step: Step


def option_block(value: str) -> str:
    """Name the block of the menu option with this value."""
    return _OPTION + value


def blocks(step: Step) -> Iterator[tuple[str, Block]]:
    """Yield the name and steps of every block a step holds, empty ones too, absent ones not."""
    if isinstance(step, Menu | Show):
        for option in step.options:
            yield _OPTION + option.value, option.then
    for name in _BLOCK_FIELDS.get(type(step), ()):
        block: Block | None = getattr(step, name)
        if block is not None:
            yield name, block


def block(step: Step, name: str) -> Block:
    """Return a step's block by name. Raises Fault when the step has no such block."""
    if name.startswith(_OPTION) and isinstance(step, Menu | Show):
        for option in step.options:
            if option.value == name[len(_OPTION) :]:
                return option.then
    elif name in _BLOCK_FIELDS.get(type(step), ()):
        found: Block | None = getattr(step, name)
        if found is not None:
            return found
    raise Fault(f"block_unknown {name}")


def section_block(journey: Journey, section: str) -> Block:
    """Return the steps of a section (or of `@on_error`). Raises Fault when there is none of that name."""
    if section == ON_ERROR:
        return journey.on_error
    try:
        return journey.sections[section]
    except KeyError:
        raise Fault(f"section_unknown {section}") from None


def block_at(journey: Journey, section: str, path: Path) -> Block:
    """Return the innermost block a path leads into. Raises Fault when the path leads nowhere."""
    steps = section_block(journey, section)
    for depth in range(0, len(path) - 1, 2):
        index, name = path[depth], path[depth + 1]
        if not isinstance(index, int) or not isinstance(name, str) or not 0 <= index < len(steps):
            raise Fault(f"path_unknown {journey.id}#{section}")
        steps = block(steps[index], name)
    return steps


def step_at(journey: Journey, section: str, path: Path) -> Step | None:
    """Return the step at a path (an empty path: the section's first), or None behind the end of a block."""
    steps = block_at(journey, section, path)
    index = path[-1] if path else 0
    if not isinstance(index, int):
        raise Fault(f"path_unknown {journey.id}#{section}")
    return steps[index] if 0 <= index < len(steps) else None


def places(journey: Journey) -> Iterator[Place]:
    """Yield every step of a journey, outer before inner, sections in their order, `@on_error` last."""
    for section, steps in journey.sections.items():
        yield from _places(section, (), steps)
    yield from _places(ON_ERROR, (), journey.on_error)


def steps_of(journey: Journey) -> Iterator[Step]:
    """Yield every step of a journey in the order of `places`."""
    for place in places(journey):
        yield place.step


def _places(section: str, prefix: Path, steps: Block) -> Iterator[Place]:
    for index, step in enumerate(steps):
        path = (*prefix, index)
        yield Place(section, path, step)
        for name, inner in blocks(step):
            yield from _places(section, (*path, name), inner)


def block_id(journey_id: str, section: str, path: Path) -> str:
    """Name a block for coverage: `journey#section`, or `journey#section/2/then` for a path ending in a name."""
    return "/".join([f"{journey_id}#{section}", *map(str, path)])


def spell(section: str, path: Path) -> str:
    """Write a place for people: `start, step 3 › then › step 1`."""
    parts = [f"step {part + 1}" if isinstance(part, int) else part for part in path]
    return f"{section}, {' › '.join(parts)}" if parts else section
