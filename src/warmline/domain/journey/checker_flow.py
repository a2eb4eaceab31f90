"""Steps that no path can ever come to, because the step before them never goes on."""

from collections.abc import Iterator

from warmline.domain.journey.checker_words import Cause
from warmline.domain.journey.document import (
    Block,
    Callback,
    End,
    Enqueue,
    Goto,
    Hours,
    Journey,
    Menu,
    Return,
    SendLink,
    Show,
    Step,
    TransferJourney,
    Voicemail,
    When,
)
from warmline.domain.journey.walk import ON_ERROR, Path, blocks


def goes_on(step: Step) -> bool:
    """Tell whether the step behind this one in its block can be reached through it."""
    match step:
        case End() | Goto() | TransferJourney() | Return():
            return False
        case When(_, then, otherwise):
            return _runs_through(then) or _runs_through(otherwise)
        case Show(options=()):
            return True
        case Menu() | Show() | Hours() | Callback() | Voicemail() | SendLink():
            return any(_runs_through(inner) for _, inner in blocks(step))
        case Enqueue():
            branches = (
                step.nobody_staffed,
                step.queue_full,
                step.overflow,
                *([step.callback] if step.callback else []),
            )
            return any(map(_runs_through, branches))
        case _:
            return True


def _runs_through(block: Block) -> bool:
    return all(map(goes_on, block))


def dead_steps(journey: Journey) -> Iterator[tuple[str, Cause]]:
    """Yield section and cause for the first step of each block that can never run."""
    for section, steps in (*journey.sections.items(), (ON_ERROR, journey.on_error)):
        yield from ((section, cause) for cause in _dead(steps, ()))


def _dead(steps: Block, prefix: Path) -> Iterator[Cause]:
    ended: Step | None = None
    for index, step in enumerate(steps):
        path = (*prefix, index)
        if ended is not None:
            yield Cause("dead_step", {"place": _place(path), "step": _kind(step), "after": _kind(ended)})
            return  # the rest is dead too
        for name, inner in blocks(step):
            yield from _dead(inner, (*path, name))
        if not goes_on(step):
            ended = step


def _place(path: Path) -> str:
    return " › ".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _kind(step: Step) -> str:
    return str(step.__struct_config__.tag)
