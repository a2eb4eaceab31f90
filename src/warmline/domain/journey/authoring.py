"""How developers write conditions: `v.order.status == "shipped"`, combined with `&`, `|` and `~`.

`v` names variables: `v.order.total > 100`, `v.order.status.one_of("new", "paid")`, `v.order.is_set()`,
`v.order.tags.contains("gift")`. The right side may be a name too. The operators bind tighter than comparisons,
so write parentheses: `(v.a == 1) & ~(v.b == 2)`. As a value, in `Set` or `Invoke.args`, write `Var("order.id")`.
"""

from typing import cast

from warmline.domain.journey.document import Compare, Scalar, Value, Var

RESERVED = frozenset({"is_set", "one_of", "contains"})


class Name:
    """A variable's name under construction; comparing it builds a condition."""

    __slots__ = ("_path",)

    def __init__(self, path: str = "") -> None:
        self._path = path

    def __getattr__(self, name: str) -> "Name":
        if name.startswith("__"):  # keep copy, pickle and inspect from taking a name for an answer
            raise AttributeError(name)
        return Name(f"{self._path}.{name}" if self._path else name)

    def __hash__(self) -> int:
        return hash(self._path)

    def __repr__(self) -> str:
        return f"v.{self._path}" if self._path else "v"

    def __bool__(self) -> bool:
        raise TypeError(f"{self!r} is a name, not a value. Compare it, or use .is_set().")

    def __eq__(self, other: object) -> Compare:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return Compare(var(self), "==", value(other))

    def __ne__(self, other: object) -> Compare:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return Compare(var(self), "!=", value(other))

    def __lt__(self, other: object) -> Compare:
        return Compare(var(self), "<", value(other))

    def __le__(self, other: object) -> Compare:
        return Compare(var(self), "<=", value(other))

    def __gt__(self, other: object) -> Compare:
        return Compare(var(self), ">", value(other))

    def __ge__(self, other: object) -> Compare:
        return Compare(var(self), ">=", value(other))

    def one_of(self, *choices: Scalar) -> Compare:
        """True when the variable equals one of the constants."""
        return Compare(var(self), "in", choices)

    def contains(self, element: object) -> Compare:
        """True when the variable, a list or text, holds the element."""
        return Compare(var(self), "contains", value(element))

    def is_set(self) -> Compare:
        """True when the variable has a value other than null."""
        return Compare(var(self), "is_set")


def path_of(name: Name) -> str:
    """Return the dotted path a name stands for."""
    return cast(str, object.__getattribute__(name, "_path"))


def var(name: Name) -> Var:
    """Return a name as a value for steps."""
    return Var(path_of(name))


def value(side: object) -> Value:
    """Return the right side of a comparison. Raises TypeError for what no journey can hold."""
    if isinstance(side, Name):
        return var(side)
    if side is None or isinstance(side, Var | str | int | float | bool):
        return side
    raise TypeError(f"A condition compares with texts, numbers, true, false or names, not {type(side).__name__}.")


v = Name()
