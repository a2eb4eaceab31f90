"""What a task may answer, as far as it can change a journey's way: every answer, every field that may lack.

A field that no condition looks at changes no way, so it is enough to leave out all of these at once: the path then
shows the first place that cannot do without one.
"""

from datetime import date, timedelta
from itertools import product

from warmline.domain.journey.checker_kinds import STAND_INS
from warmline.domain.journey.checker_values import OTHER_TEXT, Decisive
from warmline.domain.journey.document import Invoke
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.tasks import AnswerField, TaskSpec

MOST_RESULTS = 200  # combinations of one answer's decisive fields; beyond it each value is tried at least once
ABSENT = AnswerField(constant=(None,))  # what an answer does not have is null in the journey


def results(step: Invoke, spec: TaskSpec, decisive: Decisive) -> list[dict[str, object]]:
    """Return the results to try for one `Invoke`."""
    answers = spec.answers or ({name: AnswerField() for name in step.result},)
    found: list[dict[str, object]] = []
    for answer in answers:
        fields = {name: answer.get(name, ABSENT) for name in step.result}
        rows = _rows({name: _values(f"{step.into}.{name}", field, decisive) for name, field in fields.items()})
        lacking = [n for n, field in fields.items() if field.optional and not decisive.matters(f"{step.into}.{n}")]
        found += rows
        found += [row | dict.fromkeys(lacking) for row in rows if lacking]
    return found


def _rows(choices: dict[str, list[object]]) -> list[dict[str, object]]:
    total = 1
    for values in choices.values():
        total *= len(values)
    if total <= MOST_RESULTS:
        return [dict(zip(choices, row, strict=True)) for row in product(*choices.values())]
    longest = max(len(values) for values in choices.values())
    return [{name: values[i % len(values)] for name, values in choices.items()} for i in range(longest)]


def _values(path: str, field: AnswerField, decisive: Decisive) -> list[object]:
    """Return what to try for one field: its constant, else one value for each place conditions can tell apart."""
    if field.constant is not None:
        return list(field.constant)
    known = decisive.values(path)
    if field.kind == "unknown":
        if decisive.measured(path):
            known = [value for value in known if value != OTHER_TEXT]
        return [Unknown(value) if isinstance(value, str) else value for value in known] or [STAND_INS["unknown"]]
    fitting = [value for value in known if _of_kind(field, value)]
    if field.kind in ("date", "datetime"):
        fitting = [day for value in fitting for day in _days_around(str(value))]
    values: list[object] = list(dict.fromkeys(fitting)) or (
        [True, False] if field.kind == "flag" and known else []
    )
    typical = STAND_INS[field.kind]
    if not values or (field.kind not in ("flag", "number") and typical not in values and not fitting):
        values.append(typical)
    return [*values, None] if field.optional and known else values


def _of_kind(field: AnswerField, value: object) -> bool:
    if field.kind == "flag":
        return isinstance(value, bool)
    if field.kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.kind in ("date", "datetime"):
        return isinstance(value, str) and bool(_days_around(value))
    return isinstance(value, str)


def _days_around(text: str) -> list[str]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    return [(day + timedelta(days=by)).isoformat() for by in (-1, 0, 1)]
