"""Kanji become kana for a voice that cannot read them."""

import tomllib
from pathlib import Path

import pytest

import warmline
from warmline.speech.readings_ja import has_kanji, kana
from warmline.speech.wording import spoken


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("少々お待ちください。", "しょうしょうおまちください。"),
        ("ご注文番号を入力してください", "ごちゅうもんばんごうをにゅうりょくしてください"),
        ("担当者におつなぎいたします", "たんとうしゃにおつなぎいたします"),
        ("お急ぎの方", "おいそぎのかた"),
        ("三つと二人", "みっつとふたり"),
        ("4時30分", "よじさんじゅっぷん"),
        ("7時13分", "しちじじゅうさんぷん"),
        ("9月20日", "くがつはつか"),
        ("10月1日", "じゅうがつついたち"),
        ("3日間", "みっかかん"),
        ("4年", "よねん"),
        ("1人、2人、3人", "ひとり、ふたり、さんにん"),
        ("1回、6回、8回、10回、3回", "いっかい、ろっかい、はっかい、じゅっかい、さんかい"),
        ("3本と3階", "さんぼんとさんがい"),
        ("6歳と8歳", "ろくさいとはっさい"),
        ("20分", "にじゅっぷん"),
        ("100回", "ひゃくかい"),
        ("12500円", "いちまんにせんごひゃくえん"),
        ("3番目", "さんばんめ"),
        ("1.5度", "いちてんごど"),
        ("5つ", "いつつ"),
        ("カナとかな abc", "カナとかな abc"),
    ],
)
def test_words_of_the_telephone_are_read(written: str, read: str):
    assert kana(written) == read


def test_a_character_that_no_word_explains_has_one_reading_and_an_unknown_one_goes():
    assert kana("亜") == "あ"
    assert kana("龘です") == "です"


def test_no_platform_prompt_leaves_a_kanji_that_the_voice_would_call_a_chinese_letter():
    prompts = Path(warmline.__file__).parent / "prompts" / "ja.toml"

    def texts(tree: dict[str, object]) -> list[str]:
        return [t for v in tree.values() for t in (texts(v) if isinstance(v, dict) else [str(v)])]

    found = texts(tomllib.loads(prompts.read_text()))
    assert any(has_kanji(text) for text in found)
    assert not [text for text in found if has_kanji(kana(spoken(text, "ja")))]
