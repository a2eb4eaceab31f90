"""Numbers as people type them into a page."""

import pytest

from warmline.channels.webchat.phones import read_phone
from warmline.kernel.errors import Refused
from warmline.kernel.locale import Locale


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("010-1234-5678", "ko", "+821012345678"),
        ("０９０ー１２３４ー５６７８", "ja", "+819012345678"),
        ("(650) 253-0000", "en", "+16502530000"),
        ("+82 10 1234 5678", "en", "+821012345678"),
    ],
)
def test_a_number_is_read_as_it_is_dialled_at_home(text: str, locale: Locale, number: str):
    assert read_phone(text, locale) == number


@pytest.mark.parametrize("text", ["12", "call me", "", "+999999999999999"])
def test_what_is_no_number_is_refused_with_what_to_write(text: str):
    with pytest.raises(Refused) as refused:
        read_phone(text, "ko")
    assert refused.value.code == "webchat.phone_unreadable"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("060-700-1234", "ko"), ("0990-123-456", "ja"), ("+1 900 555 1234", "en"), ("020-123-45678", "ja"),
        ("+881612345678", "ko"), ("+870773123456", "en"), ("+8821612345678", "en"), ("+979123456789", "en"),
    ],
)  # fmt: skip
def test_a_number_that_makes_the_caller_pay_is_not_called_back(text: str, locale: Locale):
    with pytest.raises(Refused) as refused:
        read_phone(text, locale)
    assert refused.value.code == "webchat.phone_unreadable"
    assert "landline or mobile" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "locale"),
    [("02-312-3456", "ko"), ("070-1234-5678", "ko"), ("0120-123-456", "ja"), ("+44 20 7946 0958", "en")],
)
def test_ordinary_numbers_are_called(text: str, locale: Locale):
    assert read_phone(text, locale).startswith("+")
