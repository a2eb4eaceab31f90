"""The contact's own words for callers."""

import re

import pytest

from warmline.domain.contact import commands as c
from warmline.domain.contact import events as e
from warmline.domain.contact.words import WORDS
from warmline.domain.contact.words_spoken import SPOKEN, words
from warmline.domain.journey.prompts import placeholders
from warmline.kernel.locale import LOCALES

WRITTEN = re.compile(
    r"창은|화면|대화창|チャット|画面|\bwindow\b|\btap\b|\bclick\b|Write again|write to us", re.IGNORECASE
)


def test_every_spoken_sentence_exists_in_three_languages():
    for key, texts in SPOKEN.items():
        assert set(texts) == set(LOCALES), key
        assert all(text.strip() and placeholders(text) <= {"at", "label", "n"} for text in texts.values()), key


@pytest.mark.parametrize("locale", LOCALES)
def test_no_caller_is_told_about_windows_and_taps(locale):
    chat_only = {"contact.callback_waiting_here", "contact.callback_waiting"}
    told = {key: words(key, locale, "voice") for key in WORDS if key not in chat_only}
    assert not {key: text for key, text in told.items() if WRITTEN.search(text)}


def test_a_waiting_caller_hears_which_keys_answer(case):
    case.rules(callback_offered=True)
    case.open(channel="voice", locale="en")
    case.tap("agent")
    case.do(c.RequestCallback("+821012345678"))
    said = case.last(e.MessageSent)
    assert said.text.endswith("You can hang up now. [voice.option_last]")
    assert said.digits == e.Digits(1, 1)
    case.check()
