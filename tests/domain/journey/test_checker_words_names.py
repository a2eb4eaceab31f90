"""A step is called the same by the checker and by the palette beside it."""

import json
from pathlib import Path

import pytest

from warmline.domain.journey.checker_words_names import LANGUAGE_NAMES, STEP_NAMES, named
from warmline.kernel.locale import LOCALES, Locale

CATALOGUES = Path(__file__).parents[3] / "web" / "src" / "i18n"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_checker_and_the_designer_have_one_name_for_every_step(locale: Locale):
    texts = json.loads((CATALOGUES / locale / "journeys.json").read_text(encoding="utf-8"))
    shown = {key.removeprefix("step."): text for key, text in texts.items() if key.startswith("step.")}
    assert {tag: names[locale] for tag, names in STEP_NAMES.items()} == shown


def test_codes_are_read_as_names_and_everything_else_as_it_is():
    details = named({"step": "goto", "locale": "ja", "queue": "goto"}, "en")
    assert (details["step"], details["locale"], details["queue"]) == ("Go to", "Japanese", "goto")
    assert named({"step": "of_tomorrow"}, "ko")["step"] == "of_tomorrow"
    assert details["step_end"] == "End"
    assert set(LANGUAGE_NAMES) == set(LOCALES)
