"""Journeys as Python source and back, exactly. Reading parses the text; it never runs it."""

import ast
import keyword
from typing import Any, cast

import msgspec

from warmline.domain.journey import document
from warmline.domain.journey.authoring import RESERVED, Name, path_of, v, var
from warmline.domain.journey.document import AllOf, AnyOf, Compare, Condition, Journey, NotIf, Var

WIDTH = 100
NAMES: dict[str, type[msgspec.Struct]] = {
    kind.__name__: kind
    for kind in (
        document.AllOf, document.Announce, document.AnyOf, document.Ask, document.CallModule, document.Callback,
        document.ChoiceInput, document.Compare, document.DateInput, document.DigitsInput, document.EmailInput,
        document.End, document.Enqueue, document.Field, document.FileInput, document.Goto, document.Hours,
        document.Invoke, document.Journey, document.Menu, document.NotIf, document.NumberInput, document.Option,
        document.OrderNumberInput, document.PhoneInput, document.Reason, document.Return, document.Say,
        document.SendLink, document.Set, document.Show, document.Survey, document.TextInput,
        document.TransferJourney, document.Var, document.Verify, document.Voicemail, document.When,
    )
}  # fmt: skip
_SIGNS: dict[str, str] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_REALS = (float, float | None)
_AST_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class BadSource(ValueError):
    """Python text that is not a plain journey; names the line and what to write instead."""


# --- writing -----------------------------------------------------------------------------------


def write_source(journey: Journey, name: str = "JOURNEY") -> str:
    """Return a module that defines `journey` as `name`."""
    body = _Writer().write(journey, 0)
    names = {node.id for node in ast.walk(ast.parse(body, mode="eval")) if isinstance(node, ast.Name)}
    imports = "".join(f"    {kind},\n" for kind in sorted(names & NAMES.keys()))
    sugar = "from warmline.domain.journey.authoring import v\n" if "v" in names else ""
    heading = f'"""Journey {_inert(journey.id)}."""\n\n'
    return f"{heading}{sugar}from warmline.domain.journey.document import (\n{imports})\n\n{name} = {body}\n"


def _inert(text: str) -> str:
    """Keep an id from breaking out of the module's docstring."""
    return "".join(c if c.isalnum() or c in "-_ ." else "?" for c in text)


class _Writer:
    def write(self, value: object, depth: int) -> str:
        flat = self._flat(value)
        if len(flat) + depth * 4 <= WIDTH:
            return flat
        pad, end = "    " * (depth + 1), "    " * depth
        match value:
            case Compare() | AllOf() | AnyOf() | NotIf() if _sugared(value):
                return flat
            case msgspec.Struct():
                parts = [f"{prefix}{self.write(item, depth + 1)}" for prefix, item in _arguments(value)]
                inner = "".join(f"{pad}{part},\n" for part in parts)
                return f"{type(value).__name__}(\n{inner}{end})"
            case tuple():
                items = cast(tuple[object, ...], value)
                return "(\n" + "".join(f"{pad}{self.write(item, depth + 1)},\n" for item in items) + f"{end})"
            case dict():
                pairs = cast(dict[str, object], value).items()
                lines = "".join(f"{pad}{_text(key)}: {self.write(item, depth + 1)},\n" for key, item in pairs)
                return f"{{\n{lines}{end}}}"
            case _:
                return flat

    def _flat(self, value: object) -> str:
        match value:
            case Compare() | AllOf() | AnyOf() | NotIf() if _sugared(value):
                return _sugar(value)
            case msgspec.Struct():
                parts = [f"{prefix}{self._flat(item)}" for prefix, item in _arguments(value)]
                return f"{type(value).__name__}({', '.join(parts)})"
            case tuple():
                items = [self._flat(item) for item in cast(tuple[object, ...], value)]
                return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
            case dict():
                pairs = cast(dict[str, object], value).items()
                return "{" + ", ".join(f"{_text(key)}: {self._flat(item)}" for key, item in pairs) + "}"
            case str():
                return _text(value)
            case _:
                return repr(value)


def _text(value: str) -> str:
    """Quote a text as formatters do: doubly, unless that would need escapes."""
    single = repr(value)
    return f'"{single[1:-1]}"' if single[0] == "'" and '"' not in single and "\\'" not in single else single


def _arguments(value: msgspec.Struct) -> list[tuple[str, object]]:
    """Return the arguments that differ from the defaults; the first is positional, except a journey's."""
    arguments: list[tuple[str, object]] = []
    for index, field in enumerate(msgspec.structs.fields(value)):
        item: object = getattr(value, field.name)
        default: Any = field.default
        if default is msgspec.NODEFAULT and field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if type(item) is type(default) and item == default:
            continue
        if isinstance(item, float) and field.type in _REALS and item.is_integer() and abs(item) < 2**53:
            item = int(item)  # as people write it; reading makes it a float again
        positional = not isinstance(value, Journey) and (index == 0 or isinstance(value, Compare))
        arguments.append(("" if positional and len(arguments) == index else f"{field.name}=", item))
    return arguments


def _sugared(condition: Condition) -> bool:
    """Tell whether a condition can be written with `v` and operators and read back the same."""
    match condition:
        case Compare(left, op, right):
            if not _plain_name(left):
                return False
            if op == "is_set":
                return right is None
            if op in _SIGNS and isinstance(right, Var):
                return _plain_name(right)
            # `== None` and `== True` are what linters turn into something else.
            return op in _SIGNS and not isinstance(right, bool | tuple) and right is not None
        case AllOf(conditions) | AnyOf(conditions):
            return len(conditions) == 2 and all(_sugared(c) for c in conditions)
        case NotIf(inner):
            return _sugared(inner)


def _plain_name(name: Var) -> bool:
    parts = name.path.split(".")
    return all(
        part.isidentifier() and part.isascii() and not keyword.iskeyword(part)
        and not part.startswith("_") and part not in RESERVED
        for part in parts
    )  # fmt: skip


def _sugar(condition: Condition) -> str:
    match condition:
        case Compare(left, "is_set"):
            return f"v.{left.path}.is_set()"
        case Compare(left, op, right):
            side = f"v.{right.path}" if isinstance(right, Var) else _Writer().write(right, 0)
            return f"v.{left.path} {op} {side}"
        case AllOf(conditions):
            return " & ".join(f"({_sugar(c)})" for c in conditions)
        case AnyOf(conditions):
            return " | ".join(f"({_sugar(c)})" for c in conditions)
        case NotIf(inner):
            return f"~({_sugar(inner)})"


# --- reading -----------------------------------------------------------------------------------


def read_source(text: str, name: str | None = None) -> Journey:
    """Return the journey a module assigns (to `name`, else the only one). Raises BadSource."""
    journeys = read_sources(text)
    if name is not None and name in journeys:
        return journeys[name]
    if name is not None or len(journeys) != 1:
        raise BadSource(f"The text defines {sorted(journeys) or 'no journey'}; one was expected.")
    return next(iter(journeys.values()))


def read_sources(text: str) -> dict[str, Journey]:
    """Return every journey a module assigns, by name. Raises BadSource."""
    try:
        return _assigned(ast.parse(text))
    except SyntaxError as broken:
        raise BadSource(f"Line {broken.lineno}: this is not Python ({broken.msg}).") from None
    except (RecursionError, MemoryError):  # the latter is what the parser says of brackets without end
        raise BadSource("The text is nested too deep to be a journey's source.") from None


def _assigned(module: ast.Module) -> dict[str, Journey]:
    known: dict[str, object] = {}
    for statement in module.body:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant(str())):
                continue
            case ast.Assign([ast.Name(target)], expression):
                known[target] = _read(expression, known)
            case _:
                raise _refused(statement, "assigns values to names only")
    return {name: value for name, value in known.items() if isinstance(value, Journey)}


def _refused(node: ast.AST, reason: str) -> BadSource:
    return BadSource(f"Line {getattr(node, 'lineno', '?')}: a journey's source {reason}.")


def _read(node: ast.expr, known: dict[str, object]) -> object:
    match node:
        case ast.Constant(str() | int() | float() | bool() | None as constant):
            return constant
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
            return -number
        case ast.Tuple(items):
            return _items(items, known)
        case ast.Dict(keys, values):
            return _mapping(node, keys, values, known)
        case ast.Name(identifier):
            return _name(node, identifier, known)
        case ast.Attribute(inner, attribute):
            found = _read(inner, known)
            if isinstance(found, Name):
                return cast(Name, getattr(found, attribute))
            raise _refused(node, "takes attributes of v only")
        case ast.Call():
            return _call(node, known)
        case ast.Compare(left, [sign], [right]):
            return _comparison(node, _read(left, known), sign, _read(right, known))
        case ast.BinOp(left, ast.BitAnd(), right):
            return AllOf((_condition(left, known), _condition(right, known)))
        case ast.BinOp(left, ast.BitOr(), right):
            return AnyOf((_condition(left, known), _condition(right, known)))
        case ast.UnaryOp(ast.Invert(), operand):
            return NotIf(_condition(operand, known))
        case _:
            raise _refused(node, f"holds no {type(node).__name__}")


def _items(items: list[ast.expr], known: dict[str, object]) -> tuple[object, ...]:
    """Read a tuple; `*name` pours another one in."""
    read: list[object] = []
    for item in items:
        if isinstance(item, ast.Starred):
            poured = _read(item.value, known)
            if not isinstance(poured, tuple):
                raise _refused(item, "unpacks tuples only")
            read.extend(cast(tuple[object, ...], poured))
        else:
            read.append(_read(item, known))
    return tuple(read)


def _mapping(
    node: ast.expr, keys: list[ast.expr | None], values: list[ast.expr], known: dict[str, object]
) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key, value in zip(keys, values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise _refused(node, "has dictionaries with text keys only")
        mapping[key.value] = _read(value, known)
    return mapping


def _name(node: ast.expr, identifier: str, known: dict[str, object]) -> object:
    if identifier in known:
        return known[identifier]
    if identifier == "v":
        return v
    raise _refused(node, f"does not know the name {identifier}")


def _call(node: ast.Call, known: dict[str, object]) -> object:
    arguments = _items(node.args, known)
    if any(keyword.arg is None for keyword in node.keywords):
        raise _refused(node, "names its arguments one by one")
    named = {keyword.arg: _read(keyword.value, known) for keyword in node.keywords if keyword.arg is not None}
    match node.func:
        case ast.Name(kind) if kind in NAMES:
            return _build(node, NAMES[kind], arguments, named)
        case ast.Name("var") if len(arguments) == 1 and isinstance(arguments[0], Name):
            return var(arguments[0])
        case ast.Attribute(inner, method) if method in RESERVED and not named:
            owner = _read(inner, known)
            if isinstance(owner, Name):
                return cast(object, getattr(owner, method)(*arguments))
        case _:
            pass
    raise _refused(node, "calls only the kinds of a journey document")


def _build(
    node: ast.Call, kind: type[msgspec.Struct], arguments: tuple[object, ...], named: dict[str, object]
) -> object:
    try:
        built = kind(*arguments, **named)
        # A round through plain data checks the types, which constructors do not.
        return msgspec.convert(msgspec.to_builtins(built), kind)
    except (TypeError, msgspec.ValidationError) as unfit:
        raise _refused(node, f"cannot build {kind.__name__}: {unfit}") from None


def _condition(node: ast.expr, known: dict[str, object]) -> Condition:
    found = _read(node, known)
    if isinstance(found, Compare | AllOf | AnyOf | NotIf):
        return found
    raise _refused(node, "combines conditions only")


def _comparison(node: ast.expr, left: object, sign: ast.cmpop, right: object) -> Compare:
    op = _AST_SIGNS.get(type(sign))
    if op is None or not isinstance(left, Name):
        raise _refused(node, "compares a name such as v.order.status on the left")
    side = Var(path_of(right)) if isinstance(right, Name) else right
    return msgspec.convert(
        {"cond": "compare", "left": var(left), "op": op, "right": side}, Compare, from_attributes=True
    )
