"""Connector configuration keeps its key to itself and knows what may be repeated."""

from warmline.connectors.http.config import HttpConnectorConfig, Operation


def test_a_key_is_never_shown_where_a_configuration_is_printed():
    config = HttpConnectorConfig("onda", "shop", "https://shop.example", {}, key_header="X-Api-Key", key="s3cret")
    assert "s3cret" not in repr(config)
    assert "s3cret" not in str(config)


def test_only_reading_and_keyed_wishes_are_repeated():
    assert Operation("GET", "/a").repeatable
    assert not Operation("POST", "/a").repeatable
    assert Operation("POST", "/a", send_key=True).repeatable
    assert Operation("POST", "/a", idempotent=True).repeatable
    assert not Operation("GET", "/a", idempotent=False).repeatable
