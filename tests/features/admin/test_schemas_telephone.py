"""What may be said of lines, numbers and outgoing calls."""

import pytest
from pydantic import ValidationError

from warmline.features.admin.schemas_telephone import DeskPhoneNew, OutboundRuleSet, PhoneNumberNew, TrunkNew

NAME = {"ko": "회선", "ja": "回線", "en": "Line"}
LINE = {
    "id": "carrier",
    "name": NAME,
    "mode": "address",
    "host": "sip.carrier.example",
    "addresses": ["203.0.113.7"],
}


def reason(kind: type, document: dict[str, object]) -> str:
    with pytest.raises(ValidationError) as wrong:
        kind.model_validate(document)
    return str(wrong.value)


def test_a_line_by_address_says_where_its_calls_come_from() -> None:
    assert TrunkNew.model_validate(LINE).addresses == ["203.0.113.7/32"]
    assert "name the addresses" in reason(TrunkNew, LINE | {"addresses": []})


def test_nobody_lets_the_whole_internet_call_as_the_provider() -> None:
    assert "too large" in reason(TrunkNew, LINE | {"addresses": ["0.0.0.0/0"]})
    assert "too large" in reason(TrunkNew, LINE | {"addresses": ["2001::/16"]})
    assert "203.0.113.7" in reason(TrunkNew, LINE | {"addresses": ["carrier"]})


def test_a_line_that_signs_in_needs_a_user_name_that_fits_into_a_message() -> None:
    assert "user name" in reason(TrunkNew, LINE | {"mode": "registration"})
    assert "blanks" in reason(TrunkNew, LINE | {"mode": "registration", "username": 'a" b'})
    assert TrunkNew.model_validate(LINE | {"mode": "registration", "username": "onda"}).port == 5060


@pytest.mark.parametrize("host", ["sip.example\r\nVia: x", "-", "sip example", "http://sip.example"])
def test_a_host_is_a_name_or_an_address_and_nothing_else(host: str) -> None:
    assert "host" in reason(TrunkNew, LINE | {"host": host})


@pytest.mark.parametrize("number", ["+8215881234", "1588", "100"])
def test_numbers_are_international_or_short(number: str) -> None:
    document = {"id": "hotline", "name": NAME, "number": number, "journey_id": "front-desk"}
    assert PhoneNumberNew.model_validate(document).record == "announced"
    assert "number" in reason(PhoneNumberNew, document | {"number": "02-123-4567"})


def test_a_desk_phone_has_no_password_in_its_document() -> None:
    assert "secret" in reason(DeskPhoneNew, {"id": "1001", "name": "Front", "secret": "x"})


def test_outgoing_calls_are_allowed_by_prefix_and_each_prefix_is_said_once() -> None:
    assert OutboundRuleSet().allowed == []
    assert "twice" in reason(OutboundRuleSet, {"allowed": ["+82", "+82"]})
    assert "country" in reason(OutboundRuleSet, {"region": "XQ"})
    assert "allowed" in reason(OutboundRuleSet, {"allowed": ["0082"]})
