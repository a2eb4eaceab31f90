"""From an operation to a request: arguments stay in their places."""

import json

import pytest

from warmline.connectors.http.config import HttpConnectorConfig, Operation
from warmline.connectors.http.request import build_request, check_config
from warmline.kernel.errors import Refused

FIND = Operation("GET", "/orders/{number}", ("number", "locale"), query={"lang": "locale"})
PAY = Operation("POST", "/pay", ("amount",), body={"sum": "amount"}, send_key=True)


def config(*operations: Operation, base_url: str = "https://shop.example/v1/") -> HttpConnectorConfig:
    named = {f"op{place}": operation for place, operation in enumerate(operations)}
    return HttpConnectorConfig("onda", "shop", base_url, named, key_header="X-Api-Key", key="s3cret")


def test_a_lookup_carries_path_query_and_key():
    request = build_request(config(FIND), FIND, {"number": "ON-1", "locale": "ko"}, "")
    assert request.url == "https://shop.example/v1/orders/ON-1?lang=ko"
    assert request.headers["X-Api-Key"] == "s3cret"
    assert request.body is None


@pytest.mark.parametrize("hostile", ["../customers", "a/b", "?x=1", "#", "１/２", "%2e%2e", "a b", "a\\b"])
def test_no_argument_climbs_out_of_its_place(hostile: str):
    url = build_request(config(FIND), FIND, {"number": hostile, "locale": None}, "").url
    rest = url.removeprefix("https://shop.example/v1/orders/")
    assert rest != url
    assert "/" not in rest
    assert "?" not in rest
    assert rest.replace("%25", "") not in (".", "..")


@pytest.mark.parametrize("shapeless", ["", ".", ".."])
def test_an_argument_without_substance_is_no_part_of_a_path(shapeless: str):
    with pytest.raises(ValueError, match="only dots"):
        build_request(config(FIND), FIND, {"number": shapeless, "locale": None}, "")


def test_a_wish_that_changes_something_carries_its_key_and_a_json_body():
    request = build_request(config(PAY), PAY, {"amount": 5}, "contact:pay:1")
    assert request.headers["Idempotency-Key"] == "contact:pay:1"
    assert json.loads(request.body or b"") == {"sum": 5}


def test_a_missing_argument_is_noticed():
    with pytest.raises(KeyError):
        build_request(config(FIND), FIND, {"locale": "ko"}, "")


@pytest.mark.parametrize(
    "broken",
    [
        config(Operation("GET", "/orders/{number}")),
        config(Operation("POST", "/a", ("x",), body={"y": "z"})),
        config(Operation("GET", "/a", answers={})),
        config(FIND, base_url="file:///etc"),
    ],
)
def test_an_unusable_configuration_is_refused_before_any_customer_meets_it(broken: HttpConnectorConfig):
    with pytest.raises(Refused) as refusal:
        check_config(broken)
    assert refusal.value.code == "bad_connector"


def test_a_sound_configuration_is_accepted():
    assert check_config(config(FIND, PAY)) is None


def test_a_secret_may_not_be_part_of_an_address():
    exposed = Operation("POST", "/cards/{digits}", ("digits",), secret=("digits",))
    with pytest.raises(Refused, match="written to logs"):
        check_config(config(exposed))
    check_config(config(Operation("POST", "/pay", ("digits",), body={"pan": "digits"}, secret=("digits",))))
