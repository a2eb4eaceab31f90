"""From an HTTP answer to the declared fields of an operation."""

import json
import re
from datetime import datetime

from warmline.connectors.http.config import FieldKind, Operation, ResultField
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import OutboundAnswer

RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_KINDS: dict[FieldKind, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "integer": (int,),
    "flag": (bool,),
    "date": (str,),
    "datetime": (str,),
    "phone": (str,),
}
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


def read_answer(name: str, operation: Operation, answer: OutboundAnswer) -> dict[str, object]:
    """Return exactly the declared fields and constants. Raises ProviderFailed for everything undeclared."""
    if answer.status not in operation.answers:
        raise ProviderFailed(f"{name} answered {answer.status}.", retryable=answer.status in RETRYABLE)
    content = _json(name, answer.body) if operation.fields else {}
    good = 200 <= answer.status < 300
    result: dict[str, object] = {
        field.name: _field(name, field, content, required=field.required and good) for field in operation.fields
    }
    return result | operation.answers[answer.status]


def _json(name: str, body: bytes) -> object:
    try:
        return json.loads(body) if body else {}
    except ValueError:
        raise ProviderFailed(f"{name} answered with something that is not JSON.", retryable=False) from None


def _field(name: str, field: ResultField, content: object, *, required: bool) -> object:
    value = content
    for part in (field.path or field.name).split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            value = None
    fits = isinstance(value, _KINDS[field.kind]) and (field.kind == "flag" or not isinstance(value, bool))
    if fits and (not isinstance(value, str) or _well_formed(field.kind, value)):
        return value
    if value is None and not required:
        return None
    raise ProviderFailed(f"{name} answered without a usable {field.name}.", retryable=False)


def _well_formed(kind: FieldKind, text: str) -> bool:
    if kind == "phone":
        return _PHONE.fullmatch(text) is not None
    if kind in ("date", "datetime"):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return False
    return True
