"""Names of headers."""

import pytest

from warmline.sip.grammar import BadValue
from warmline.sip.header_names import SPELLED, key_of


def test_any_case_and_the_compact_form_mean_the_same_header():
    assert {key_of(n) for n in ("Call-ID", "call-id", "CALL-ID", "i", "I")} == {"call-id"}
    assert key_of("X-Own") == "x-own"
    assert SPELLED["www-authenticate"] == "WWW-Authenticate"


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\nb", "김"])
def test_a_name_that_is_no_token_is_refused(name: str):
    with pytest.raises(BadValue):
        key_of(name)
