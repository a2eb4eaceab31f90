"""What a journey document may hold, field by field, so that forms can be made of it: read off the document itself.

`document.py` says which fields there are, of what type and with what defaults; the tables here add what a type
cannot say: that a text is a prompt's key or a queue's name, and in which range the checker wants a number.
"""

from typing import Any, Literal, cast, get_args

import msgspec
from msgspec import NODEFAULT, Struct, inspect, structs

from warmline.domain.journey.document import (
    Combinable,
    Compare,
    Condition,
    Field,
    Input,
    Journey,
    Node,
    Option,
    Part,
    Step,
    TextInput,
    Var,
)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Kind = Literal[
    "prompt",  # key of a prompt
    "prompt_list",  # keys of prompts, in their order
    "block",  # steps
    "sections",  # blocks by name
    "variable",  # name of a variable that is written
    "var",  # variable that is read
    "value",  # variable or constant
    "operand",  # variable, constant, or list of constants
    "condition",
    "conditions",
    "input",
    "options",
    "fields",  # entries of a form
    "queue",
    "calendar",
    "task",
    "journey",
    "module",
    "section",
    "intent",
    "slot",  # where announcements are said
    "skills",  # levels by skill
    "args",  # values by argument
    "names",  # list of names
    "choice",  # one of `choices`
    "text",
    "pattern",  # regular expression
    "region",  # country of national telephone numbers, ISO 3166-1 alpha-2
    "seconds",
    "count",  # whole number
    "number",
    "boolean",
]

# What a text means, by the name of its field; all others are plain text.
_TEXTS: dict[str, Kind] = {
    "prompt": "prompt", "title": "prompt", "label": "prompt", "words": "prompt", "next": "prompt",
    "group": "prompt",
    "into": "variable", "queue": "queue", "calendar": "calendar", "task": "task", "journey": "journey",
    "module": "module", "section": "section", "agent_section": "section", "intent": "intent", "slot": "slot",
    "pattern": "pattern", "region": "region",
}  # fmt: skip
_PROMPT_LISTS = frozenset({"no_input", "no_match", "texts"})

_WEEK_S = 7 * 24 * 3600.0
# The ranges the checker demands, by step or input and field. Source: checker_bounds.py; a test compares them.
_RANGES: dict[str, tuple[float, float | None]] = {
    "ask.attempts": (1, 20), "ask.no_input_s": (1, _WEEK_S),
    "menu.attempts": (1, 20), "menu.no_input_s": (1, _WEEK_S),
    "verify.attempts": (1, 20), "verify.level": (1, 3),
    "show.attempts": (1, 20), "show.no_input_s": (1, _WEEK_S),
    "voicemail.max_s": (1, 600),
    "survey.no_input_s": (1, _WEEK_S),
    "invoke.timeout_s": (0.1, 60), "invoke.retries": (0, 10), "invoke.retry_wait_s": (0, 3600),
    "enqueue.priority": (1, 9), "enqueue.wait_every_s": (1, _WEEK_S), "enqueue.overflow_after_s": (1, _WEEK_S),
    "enqueue.callback_after_s": (0, _WEEK_S), "enqueue.skills": (1, 5),
    "text.max_length": (1, None), "digits.min_length": (0, None), "digits.max_length": (1, None),
}  # fmt: skip


class FieldSpec(Struct, frozen=True):
    """One field: how it is filled in.

    `default`: what it holds when it is left out; for a `required` one, what something new begins with.
    `optional`: it may be null. `least`, `most`: the range of a number, or of each number in it.
    """

    name: str
    kind: Kind
    required: bool
    optional: bool
    default: Json
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class Shape(Struct, frozen=True):
    """Something with fields: `kind` is its tag in JSON, in the field `tag` ("" where there is none).

    `leaves_out`: fields that hold their default are not written.
    """

    kind: str
    tag: str
    leaves_out: bool
    fields: tuple[FieldSpec, ...]

    def fresh(self) -> dict[str, Json]:
        """Return one in JSON with nothing filled in: it can be read, but the checker will want more."""
        required = {field.name: field.default for field in self.fields if field.required}
        rest = {} if self.leaves_out else {f.name: f.default for f in self.fields if not f.required}
        return ({self.tag: self.kind} if self.tag else {}) | required | rest


class Schema(Struct, frozen=True):
    """All shapes of a document, in the order in which `document.py` names them."""

    steps: tuple[Shape, ...]
    inputs: tuple[Shape, ...]
    conditions: tuple[Shape, ...]
    values: tuple[Shape, ...]  # besides these, a value is a plain constant
    option: Shape
    entry: Shape  # one of a form's fields
    journey: Shape


def schema() -> Schema:
    """Return what a document may hold, as `document.py` has it now."""
    return Schema(
        steps=_shapes(Step),
        inputs=_shapes(Input),
        conditions=_shapes(Condition),
        values=(shape_of(Var),),
        option=shape_of(Option),
        entry=shape_of(Field),
        journey=shape_of(Journey),
    )


def shape_of(part: type[Part]) -> Shape:
    """Return the shape of one kind of step, input, condition or value."""
    config = part.__struct_config__
    info = cast(inspect.StructType, inspect.type_info(part))
    tag = str(info.tag) if info.tag is not None else ""
    declared = {field.name: field for field in structs.fields(part)}
    fields = tuple(_field(tag, field.name, field.type, declared[field.name]) for field in info.fields)
    return Shape(tag, info.tag_field or "", config.omit_defaults, fields)


def _shapes(union: object) -> tuple[Shape, ...]:
    return tuple(shape_of(cast("type[Part]", kind)) for kind in get_args(union))


def _field(tag: str, name: str, kind: inspect.Type, declared: structs.FieldInfo) -> FieldSpec:
    bare, optional = _without_null(kind)
    meaning = _meaning(name, bare)
    # As they are declared: the inspection sorts them.
    choices = tuple(map(str, get_args(declared.type))) if isinstance(bare, inspect.LiteralType) else ()
    least, most = _RANGES.get(f"{tag}.{name}", (None, None))
    default = _blank(meaning, choices) if declared.required else _default(declared)
    return FieldSpec(name, meaning, declared.required, optional, default, choices, least, most)


def _without_null(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """Take "or nothing" off a type; values, which may be null by themselves, stay as they are."""
    if not isinstance(kind, inspect.UnionType) or _holds(kind, Var):
        return kind, False
    rest = tuple(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if len(rest) == len(kind.types):
        return kind, False
    return (rest[0] if len(rest) == 1 else inspect.UnionType(rest)), True


def _holds(kind: inspect.Type, part: type[Struct]) -> bool:
    """Tell whether a type is a kind of `part`, or a union of such and others."""
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(one, inspect.StructType) and issubclass(one.cls, part) for one in kinds)


def _meaning(name: str, kind: inspect.Type) -> Kind:
    match kind:
        case inspect.StrType():
            return "prompt" if name.endswith("_prompt") else _TEXTS.get(name, "text")
        case inspect.BoolType():
            return "boolean"
        case inspect.IntType():
            return "count"
        case inspect.FloatType():
            return "seconds" if name.endswith("_s") else "number"
        case inspect.LiteralType():
            return "choice"
        case inspect.VarTupleType(item_type=item):
            return _list_meaning(name, item)
        case inspect.DictType(value_type=inner):
            return "sections" if isinstance(inner, inspect.VarTupleType) else _mapping_meaning(inner)
        case inspect.StructType(cls=cls) if cls is Var:
            return "var"
        case inspect.StructType() | inspect.UnionType():
            return _union_meaning(name, kind)
        case _:
            raise _no_form(name)


def _list_meaning(name: str, item: inspect.Type) -> Kind:
    if isinstance(item, inspect.StrType):
        return "prompt_list" if name in _PROMPT_LISTS else "names"
    if _holds(item, Node):
        return "block"
    if _holds(item, Combinable):
        return "conditions"
    if _holds(item, Option):
        return "options"
    if _holds(item, Field):
        return "fields"
    raise _no_form(name)


def _no_form(name: str) -> TypeError:
    """Name the field alone: a type that holds itself never ends when it is written out."""
    return TypeError(f"no form is known for the type of {name}")


def _mapping_meaning(inner: inspect.Type) -> Kind:
    return "skills" if isinstance(inner, inspect.IntType) else "args"


def _union_meaning(name: str, kind: inspect.Type) -> Kind:
    if _holds(kind, Combinable):
        return "condition"
    if _holds(kind, Var):
        lists = isinstance(kind, inspect.UnionType) and any(
            isinstance(one, inspect.VarTupleType) for one in kind.types
        )
        return "operand" if lists else "value"
    if _holds(kind, TextInput):
        return "input"
    raise _no_form(name)


def _default(declared: structs.FieldInfo) -> Json:
    value: Any = declared.default
    if value is NODEFAULT:
        value = declared.default_factory()
    return _plain(value)


def _plain(value: object) -> Json:
    """Return a value as JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _blank(kind: Kind, choices: tuple[str, ...]) -> Json:
    """Return what a required field begins with: the emptiest thing that can be read."""
    match kind:
        case "block" | "options" | "fields" | "conditions" | "names" | "prompt_list":
            return []
        case "sections" | "skills" | "args":
            return {}
        case "value" | "operand":
            return None
        case "var":
            return {"value": "var", "path": ""}
        case "condition":
            return _plain(Compare(Var(""), "is_set"))
        case "input":
            return {"input": "text"}
        case "choice":
            return choices[0]
        case "boolean":
            return False
        case "seconds" | "count" | "number":
            return 0
        case _:
            return ""
