"""What the demo publishes: journeys that hold together, texts in three equal languages."""

from importlib.resources import files

from warmline.domain.journey.codec import read_journey, write_journey
from warmline.domain.journey.prompts import parse_catalogue, placeholders
from warmline.kernel.locale import LOCALES
from warmline_demo.content.catalogue import all_demo_prompts, demo_prompts, library


def test_every_text_exists_in_korean_japanese_and_english_and_reads_the_same_variables():
    prompts = all_demo_prompts()
    assert set(prompts["ko"]) == set(prompts["ja"]) == set(prompts["en"])
    for key in prompts["ko"]:
        variables = {locale: placeholders(prompts[locale][key]) for locale in LOCALES}
        assert variables["ko"] == variables["ja"] == variables["en"], key


def test_no_text_of_one_language_was_left_in_another():
    for locale, wrong in (
        ("en", range(0x3040, 0xD7A4)),
        ("ja", range(0xAC00, 0xD7A4)),
        ("ko", range(0x3040, 0x3100)),
    ):
        for key, text in demo_prompts(locale).items():
            if ".words." not in key:
                assert not any(ord(character) in wrong for character in text), (locale, key)


def test_the_demo_takes_no_key_of_the_platforms_texts():
    platform = parse_catalogue(files("warmline").joinpath("prompts/en.toml").read_text(encoding="utf-8"))
    assert not set(platform) & set(demo_prompts("en"))


def test_every_journey_survives_the_way_to_json_and_back():
    for journey in library().values():
        assert read_journey(write_journey(journey)) == journey
