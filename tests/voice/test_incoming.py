import pytest
from tests.sip.playbook import request

from warmline.sip.uri import read_uri
from warmline.voice.incoming import called_of, replaced_of, x_headers


@pytest.mark.parametrize(
    ("uri", "called"),
    [
        ("sip:+82-2-1588.0000@h", "+82215880000"),
        ("sip:1588;phone-context=+82@h", "1588"),
        ("tel:+8215880000", "+8215880000"),
        ("sip:lee@h", "lee"),
        ("sip:warmline@h", "shop"),  # our own Contact: then To says what was dialled
    ],
)
def test_what_was_dialled_is_read_from_the_request(uri: str, called: str):
    made = request()
    made.uri = read_uri(uri)

    assert called_of(made) == called


def test_own_headers_pass_and_others_do_not():
    assert x_headers(request(headers={"X-Order": "17", "Subject": "no"})) == {"X-Order": "17"}


def test_replaces_is_read_or_refused():
    assert replaced_of("c@h;to-tag=a;from-tag=b;early-only") == ("c@h", "a", "b", True)
    assert replaced_of("c@h;to-tag=a") is None
    assert replaced_of('c;"') is None
