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
