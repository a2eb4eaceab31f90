"""Reading and writing a journey's variables, and deciding its conditions."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from warmline.domain.journey.document import AllOf, AnyOf, Compare, Condition, NotIf, Scalar, Value, Var
from warmline.domain.journey.faults import Fault, MissingVariable

Variables = Mapping[str, object]
MOST_VALUES = 2_000  # of one variable: a record copied into itself doubles with every copy
MOST_LEVELS = 20  # records within records


def read(variables: Variables, path: str) -> object:
    """Return the value at a dotted path; a number addresses a list element. Raises MissingVariable."""
    head, *names = path.split(".")
    if head not in variables:
        raise MissingVariable(path)
    node = variables[head]
    for name in names:
        if isinstance(node, Mapping):
            fields = cast(Variables, node)
            if name not in fields:
                raise MissingVariable(path)
            node = fields[name]
        elif isinstance(node, list | tuple) and name.isdecimal():
            items = cast(list[object], node)
            if int(name) >= len(items):
                raise MissingVariable(path)
            node = items[int(name)]
        else:
            raise MissingVariable(path)
    return node


def write(variables: dict[str, object], path: str, value: object) -> dict[str, object]:
    """Return a copy of `variables` with `value` at the dotted path; records on the way are copied too."""
    head, _, rest = path.partition(".")
    copy = dict(variables)
    if not rest:
        copy[head] = value
        return copy
    inner = copy.get(head)
    copy[head] = write(cast(dict[str, object], inner) if isinstance(inner, dict) else {}, rest, value)
    return copy


def is_too_large(value: object) -> bool:
    """Tell whether a variable holds more values, or records deeper within records, than any backend answers."""
    level, count = [value], 1
    for _ in range(MOST_LEVELS):
        inner: list[object] = []
        for one in level:
            if isinstance(one, Mapping):
                inner += cast(Variables, one).values()
            elif isinstance(one, list | tuple):
                inner += cast(Sequence[object], one)
            if count + len(inner) > MOST_VALUES:
                return True
        if not inner:
            return False
        level, count = inner, count + len(inner)
    return True


def remove(variables: dict[str, object], path: str) -> dict[str, object]:
    """Return a copy of `variables` without the value at the dotted path; absent is fine."""
    head, _, rest = path.partition(".")
    if head not in variables:
        return variables
    copy = dict(variables)
    inner = copy[head]
    if rest and isinstance(inner, dict):
        copy[head] = remove(cast(dict[str, object], inner), rest)
    elif not rest:
        del copy[head]
    return copy


def evaluate(value: Value, variables: Variables) -> object:
    """Return a constant as it is and a variable's value. Raises MissingVariable."""
    return read(variables, value.path) if isinstance(value, Var) else value


_ORDERED: dict[str, Callable[[object, object], bool]] = {
    "<": cast(Callable[[object, object], bool], operator.lt),
    "<=": cast(Callable[[object, object], bool], operator.le),
    ">": cast(Callable[[object, object], bool], operator.gt),
    ">=": cast(Callable[[object, object], bool], operator.ge),
}


def holds(condition: Condition, variables: Variables) -> bool:
    """Decide a condition. Raises MissingVariable, and Fault when two values cannot be compared."""
    match condition:
        case Compare():
            return _compare(condition, variables)
        case AllOf(conditions):
            return all(holds(c, variables) for c in conditions)
        case AnyOf(conditions):
            return any(holds(c, variables) for c in conditions)
        case NotIf(inner):
            return not holds(inner, variables)


def _compare(condition: Compare, variables: Variables) -> bool:
    if condition.op == "is_set":
        try:
            return read(variables, condition.left.path) is not None
        except MissingVariable:
            return False
    left = read(variables, condition.left.path)
    right = _right(condition.right, variables)
    try:
        match condition.op:
            case "==":
                return left == right
            case "!=":
                return left != right
            case "in":
                return left in cast(tuple[object, ...], right)
            case "contains":
                return right in cast(tuple[object, ...], left)
            case op:
                return _ORDERED[op](left, right)
    except TypeError:
        raise Fault(f"values_incomparable {condition.left.path}") from None


def _right(right: Value | tuple[Scalar, ...], variables: Variables) -> object:
    return right if isinstance(right, tuple) else evaluate(right, variables)
