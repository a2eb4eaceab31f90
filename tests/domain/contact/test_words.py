"""The contact's own words."""

from warmline.domain.contact.words import WORDS
from warmline.domain.journey.prompts import placeholders
from warmline.kernel.locale import LOCALES


def test_every_sentence_exists_in_three_languages_and_knows_no_more_than_a_time():
    for key, texts in WORDS.items():
        assert set(texts) == set(LOCALES), key
        assert all(text.strip() and placeholders(text) <= {"at"} for text in texts.values()), key
        assert len({placeholders(text) for text in texts.values()}) == 1, key
