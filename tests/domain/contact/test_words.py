"""The contact's own words."""

from warmline.domain.contact.words import WORDS
from warmline.kernel.locale import LOCALES


def test_every_sentence_exists_in_three_languages_without_placeholders():
    for key, texts in WORDS.items():
        assert set(texts) == set(LOCALES), key
        assert all(text.strip() and "{" not in text for text in texts.values()), key
