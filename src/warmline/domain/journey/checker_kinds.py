"""What kind of value a stand-in is: which formats can write it, so that situations stay apart by it."""

from datetime import UTC
from functools import lru_cache

from warmline.domain.journey.faults import BadTemplate
from warmline.domain.journey.formats import FORMATS, Unknown
from warmline.domain.journey.tasks import Kind

UNKNOWN = Unknown("…")
STAND_INS: dict[Kind, object] = {
    "unknown": UNKNOWN,
    "text": "…",
    "number": 3,
    "flag": True,
    "date": "2026-11-26",
    "datetime": "2026-11-26T10:00:00+09:00",
    "phone": "+821023456789",
}
_TELLING = ("number", "date", "time", "phone")  # formats that not every text fits


def shape(value: object) -> str:
    """Name what can be written of a value: `flag`, `list`, or the formats it fits besides plain text."""
    match value:
        case bool():
            return "flag"
        case list() | tuple():
            return "list"
        case _:
            return f"set {' '.join(fitting(str(value) if isinstance(value, str) else 3))}"


@lru_cache(maxsize=4096)
def fitting(value: str | int) -> tuple[str, ...]:
    """Return the formats, of those that not every value fits, that can write this one."""
    return tuple(name for name in _TELLING if fits(name, value))


def fits(form: str, value: object) -> bool:
    """Tell whether a format can write a value."""
    try:
        FORMATS[form](value, "", "en", UTC)
    except (BadTemplate, ValueError, ArithmeticError):
        return False
    return True
