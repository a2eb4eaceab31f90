"""The limits of what may be written into a field."""

import pytest
from pydantic import TypeAdapter, ValidationError

from warmline.features.admin.fields import Email, Moment, Origin, TimeZone, unique


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Email, "mina.kim@onda.example", "mina kim@onda.example"),
        (Email, "미나@온다.example", "mina@onda"),
        (Origin, "https://shop.example:8443", "https://shop.example/"),
        (Origin, "http://localhost", "javascript:alert(1)"),
        (TimeZone, "Asia/Tokyo", "Tokyo"),
    ],
)
def test_a_field_takes_the_good_and_names_the_bad(kind: object, good: str, bad: str):
    field = TypeAdapter(kind)
    assert field.validate_python(good) == good
    with pytest.raises(ValidationError):
        field.validate_python(bad)


def test_a_moment_is_kept_in_utc_and_needs_its_zone():
    field = TypeAdapter(Moment)
    assert field.validate_python("2026-12-01T09:00:00+09:00").isoformat() == "2026-12-01T00:00:00+00:00"
    for bad in ("2026-12-01T09:00:00", "1900-01-01T00:00:00Z"):
        with pytest.raises(ValidationError):
            field.validate_python(bad)


def test_what_occurs_twice_is_named():
    with pytest.raises(ValueError, match="queue orders is there twice"):
        unique(["orders", "refunds", "orders"], "queue")
