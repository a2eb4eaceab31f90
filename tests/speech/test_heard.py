"""A recogniser's text counts only when somebody can have said it."""

import pytest

from warmline.kernel.locale import Locale
from warmline.speech.heard import plausible, repeats


def heard(text: str, locale: Locale = "en", seconds: float = 4.0, sure: float = -0.3, silent: float = 0.1):
    return plausible(text, locale, seconds=seconds, log_probability=sure, no_speech=silent)


def test_what_was_said_clearly_comes_with_confidence():
    said = heard("  I want   a refund. ")
    assert said is not None
    assert (said.text, said.locale) == ("I want a refund.", "en")
    assert 0.6 < said.confidence < 0.7
    unsure = heard("I want a refund.", sure=-0.9)
    assert unsure is not None
    assert unsure.confidence < said.confidence


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("", "en"),
        (" ... ", "ja"),
        ("(음악)", "ko"),
        ("[Applause]", "en"),
        ("♪ la la ♪", "en"),
        ("시청해주셔서 감사합니다.", "ko"),
        ("ご視聴ありがとうございました", "ja"),
        ("Thanks for watching!", "en"),
        ("네 네 네 네 네 네 네 네", "ko"),
        ("그래서 제가 그래서 제가 그래서 제가 그래서 제가", "ko"),
        ("はいはいはいはいはいはいはいはい", "ja"),
        ("삼사공칠, 확인 회사요. cp.wcp.wcp.wcp.wcp.wcp.wcp.wcp.w", "ko"),
    ],
)
def test_what_models_invent_from_silence_and_noise_was_not_said(text: str, locale: Locale):
    assert heard(text, locale) is None


def test_silence_low_probability_and_impossible_speed_were_not_speech():
    assert heard("Hello", silent=0.95) is None
    assert heard("Hello", silent=0.7, sure=-1.0) is None
    assert heard("Hello", silent=0.7, sure=-0.2) is not None
    assert heard("Hello", sure=-1.5) is None
    assert heard("This is far too much text for a tenth of a second", seconds=0.1) is None


@pytest.mark.parametrize(
    ("text", "locale"),
    [("네 네 맞아요", "ko"), ("공공공공 일일일일", "ko"), ("1 1 1 1", "en"), ("no no no no", "en"),
     ("はい、はい、そうです", "ja"), ("바나나", "ko"), ("1588-0000", "ko")],
)  # fmt: skip
def test_people_do_repeat_themselves(text: str, locale: Locale):
    assert heard(text, locale) is not None


def test_a_loop_at_the_end_of_a_sentence_is_noticed():
    assert repeats("and then and then and then and then and then")
    assert not repeats("I would like to know where my order is and when it comes")
