"""The three languages Warmline speaks, as equals."""

from typing import Literal, get_args

Locale = Literal["ko", "ja", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)


def closest_locale(tag: str | None, default: Locale = "en") -> Locale:
    """Return the supported language nearest to a BCP 47 tag such as `ko-KR`; `default` when none fits."""
    primary = (tag or "").split("-")[0].split("_")[0].lower()
    for locale in LOCALES:
        if locale == primary:
            return locale
    return default
