"""A browser's language tag becomes one of the three languages."""

import pytest

from warmline.kernel.locale import closest_locale


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ko-KR", "ko"), ("ja", "ja"), ("JA_jp", "ja"), ("en-GB", "en"), ("fr", "en"), (None, "en"), ("", "en")],
)
def test_a_language_tag_finds_the_nearest_language(tag: str | None, expected: str):
    assert closest_locale(tag) == expected


def test_an_unknown_language_gets_the_tenants_default():
    assert closest_locale("zh-TW", default="ja") == "ja"
