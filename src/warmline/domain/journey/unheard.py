"""What of a misunderstanding is worth keeping: where it was, and the words that no choice knew, without numbers.

Words are kept of choices alone, because only there can they become synonyms; of whatever asks for personal data
or a secret, only that it was not understood. Numbers and addresses never get as far as being stored.
"""

import re
import unicodedata

from warmline.domain.journey.document import Ask, ChoiceInput, Journey, Menu, Show, Step
from warmline.domain.journey.interface import JourneyEvent, Misunderstood, Said
from warmline.domain.journey.session import JourneySession, Waiting
from warmline.domain.journey.steps_show import current_question
from warmline.domain.journey.walk import step_at

MOST_LETTERS = 120
HIDDEN = "•••"
_NUMBER = re.compile(r"\d(?:[\s.()/-]{0,2}\d){3,}")  # orders, telephones, cards, days of birth
_ADDRESS = re.compile(r"\S*@\S*|\w+://\S*", re.UNICODE)


def missed(
    before: JourneySession, journey: Journey, event: JourneyEvent, *, n: int, handed: bool
) -> Misunderstood:
    """Describe the conversation's `n`th misunderstanding, which was where `before` waits in `journey`."""
    frame = before.frames[-1]
    step = step_at(journey, frame.section, frame.path)
    path = "/".join([frame.section, *map(str, frame.path or (0,))])
    said = event.text if isinstance(event, Said) and event.fields is None else None
    words = None
    if said is not None and before.waiting is not None and _names_choices(step, before.waiting, journey):
        words = masked(said) or None
    why = "no_match" if isinstance(event, Said) else "no_input"
    return Misunderstood(n, frame.journey_id, frame.version, path, why, handed, words)


def _names_choices(step: Step | None, waiting: Waiting, journey: Journey) -> bool:
    """Tell whether a customer was to choose among options, none of them personal."""
    asked = current_question(step, waiting) if isinstance(step, Show) and waiting.phase else step
    match asked:
        case Menu():
            return asked.into not in journey.pii
        case Ask(expect=ChoiceInput()):
            return asked.sensitivity == "none" and asked.into not in journey.pii
        case Show():
            return bool(asked.options) and not asked.fields
        case _:
            return False


def masked(text: str) -> str:
    """Return a text in one line of 120 letters at most, without addresses and numbers of four digits and more."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _ADDRESS.sub(HIDDEN, plain)
    plain = _NUMBER.sub(HIDDEN, plain)
    return plain if len(plain) <= MOST_LETTERS else plain[: MOST_LETTERS - 1] + "…"
