"""What a voice says beyond the texts: the options of a question, and for how long it is worth waiting."""

from collections.abc import Callable, Mapping, Sequence

from warmline.domain.journey.prompts import placeholders

OPTION, LAST_OPTION = "voice.option", "voice.option_last"
OPTIONS = "options"  # the placeholder that says where they belong
SPOKEN_S = 0.25  # a letter takes no longer than this
LISTEN_S = 20.0  # beyond what is being said

Text = Callable[[str, Mapping[str, object]], str]


def option_lines(labels: Sequence[str], text: Text) -> str:
    """Return "For …, press 1." for each label, as one text; `text` renders a prompt with values."""
    last = len(labels)
    return " ".join(
        text(LAST_OPTION if n == last else OPTION, {"label": label, "n": n}) for n, label in enumerate(labels, 1)
    )


def with_lines(template: str, lines: str, fill: Callable[[Mapping[str, object]], str]) -> str:
    """Return a text with its options: where `{options}` stands in the template, else behind it."""
    if OPTIONS in placeholders(template):
        return fill({OPTIONS: lines})
    return f"{fill({})} {lines}"


def patience_s(wanted_s: float, letters: int) -> float:
    """Return after how long silence is certain by a durable timer alone, when so much is being said.

    The channel tells silence much earlier; this is the net under a channel that is gone.
    """
    return min(wanted_s, LISTEN_S + SPOKEN_S * letters)
