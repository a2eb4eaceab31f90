"""A `Show` step apart: which channels show cards, and the questions a card stands for, one by one."""

from collections.abc import Iterator

from warmline.domain.journey.document import Ask, Field, Journey, Menu, Show, Step

GUIDE = "guide"  # the channel of a guide: an agent reads and fills cards beside a contact
HELP = "help"  # the channel of a help page: somebody reads and fills cards where nobody listens
UNHURRIED = frozenset({GUIDE, HELP})  # cards alone: no timers, no words for the platform
CARD_CHANNELS = UNHURRIED | {"webchat"}
NEXT = "next"  # the value of the button that only goes on


def channel_of(journey: Journey, asked: str) -> str:
    """Return where a journey is walked: a guide and a help page have a channel of their own, whatever is asked."""
    return {"guide": GUIDE, "help": HELP}.get(journey.kind, asked)


def shows_cards(channel: str) -> bool:
    """Tell whether a channel shows whole cards; the others are asked field by field."""
    return channel in CARD_CHANNELS


def question_of_field(step: Show, field: Field) -> Ask:
    """Return a field of a card as the question it is where no cards can be shown."""
    return Ask(
        field.into,
        field.label,
        field.expect,
        step.give_up,
        step.attempts,
        step.no_input_s,
        step.no_input,
        step.no_match,
        field.sensitivity,
    )


def decision_of(step: Show) -> Menu:
    """Return the options of a card as the menu they are where no cards can be shown."""
    return Menu(
        step.title,
        step.options,
        step.give_up,
        step.attempts,
        step.no_input_s,
        step.no_input,
        step.no_match,
        step.into,
    )


def questions_of(step: Step, *, required: bool = False) -> Iterator[Ask | Menu]:
    """Yield the questions a step asks: itself, or what stands on its card; `required`: only what must be."""
    match step:
        case Ask() | Menu():
            yield step
        case Show():
            yield from (question_of_field(step, f) for f in step.fields if f.required or not required)
            if step.options:
                yield decision_of(step)
        case _:
            pass
