"""What a simulated customer may type: texts that an input accepts, and texts that it refuses."""

from warmline.domain.journey.document import (
    ChoiceInput,
    DateInput,
    DigitsInput,
    EmailInput,
    FileInput,
    Input,
    NumberInput,
    OrderNumberInput,
    PhoneInput,
    TextInput,
)

PHONES = {"KR": "010-2345-6789", "JP": "090-1234-5678", "US": "+1 212-555-0142"}
NONSENSE = "??!"


def valid_inputs(expect: Input) -> list[str]:
    """Return texts that `expect` accepts, the edges of its range included; empty when it names none."""
    match expect:
        case ChoiceInput(options):
            return [option.value for option in options]
        case TextInput():
            return ["I would like some help, please"]
        case DigitsInput(minimum, maximum):
            return list(dict.fromkeys((("1234567890" * 8)[:minimum], ("1234567890" * 8)[:maximum])))
        case NumberInput(minimum, maximum):
            low = minimum if minimum is not None else min(0.0, maximum or 0.0)
            high = maximum if maximum is not None else low + 1_000
            return list(dict.fromkeys(f"{value:g}" for value in (low, high)))
        case DateInput():
            return ["1990-02-03"]
        case PhoneInput(region):
            return [PHONES.get(region, PHONES["US"])]
        case EmailInput():
            return ["mina.kim@example.com"]
        case FileInput():
            return ["photo.jpg"]
        case OrderNumberInput():
            return [expect.example] if expect.example else []


def invalid_input(expect: Input) -> str | None:
    """Return a text that `expect` refuses, or None when it accepts anything."""
    return None if isinstance(expect, TextInput) else NONSENSE
