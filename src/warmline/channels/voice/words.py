"""What a call itself says, beside the journey: the platform's prompts `voice.…`, which a company may replace."""

from functools import cache
from importlib.resources import files

from warmline.domain.journey.prompts import parse_catalogue
from warmline.kernel.locale import LOCALES, Locale

OWN = ("voice.recorded", "voice.agent_lost", "voice.away", "voice.away_unknown", "voice.promised", "voice.lost")
OPTION: dict[Locale, str] = {
    "ko": "{label}, {n}번을 눌러 주세요.",
    "ja": "{label}は、{n}を押してください。",
    "en": "For {label}, press {n}.",
}


@cache
def platform_words() -> dict[str, dict[Locale, str]]:
    """Return the sentences of a call as the package has them."""
    found: dict[str, dict[Locale, str]] = {key: {} for key in OWN}
    for locale in LOCALES:
        texts = parse_catalogue((files("warmline") / "prompts" / f"{locale}.toml").read_text(encoding="utf-8"))
        for key in OWN:
            found[key][locale] = texts[key]
    return found


def word(key: str, locale: Locale) -> str:
    """Return a sentence of the call's own, in the platform's words."""
    return platform_words()[key][locale]


def with_options(text: str, labels: tuple[str, ...], locale: Locale) -> str:
    """Return a question with its choices, where it says `{options}` or behind it."""
    template = OPTION[locale]
    spoken = " ".join(template.format(label=label, n=number) for number, label in enumerate(labels, 1))
    return text.replace("{options}", spoken) if "{options}" in text else f"{text} {spoken}".strip()
