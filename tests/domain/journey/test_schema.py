"""Forms are made of the document's own fields, and what a form begins with is a document."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from warmline.domain.journey import document
from warmline.domain.journey.checker_bounds import bounds_problems
from warmline.domain.journey.document import Ask, Field, Input, Journey, Option, Step, Var
from warmline.domain.journey.schema import FieldSpec, Schema, Shape, schema, shape_of
from warmline.kernel.locale import LOCALES

ROOT = Path(__file__).parents[3]
SCHEMA: Schema = schema()
STEPS = {shape.kind: shape for shape in SCHEMA.steps}
LONE = (SCHEMA.option, SCHEMA.entry, SCHEMA.journey)
EVERY = [*SCHEMA.steps, *SCHEMA.inputs, *SCHEMA.conditions, *SCHEMA.values, *LONE]


def field(shape: Shape, name: str) -> FieldSpec:
    return next(one for one in shape.fields if one.name == name)


def plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def kinds(shape: Shape) -> dict[str, str]:
    return {one.name: one.kind for one in shape.fields}


def structs_of_the_document() -> list[type[msgspec.Struct]]:
    bases = {document.Part, document.Node, document.Combinable}
    found = [one for one in vars(document).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    return [one for one in found if one is not msgspec.Struct and one not in bases]


def test_a_designer_finds_every_field_of_every_part_of_a_document_in_its_order():
    shown = {(shape.tag, shape.kind): [one.name for one in shape.fields] for shape in EVERY}
    wanted = {}
    for part in structs_of_the_document():
        config = part.__struct_config__
        key = (config.tag_field or "", str(config.tag or ""))
        wanted.setdefault(key, []).append(list(part.__struct_fields__))
    assert {key: [names] for key, names in shown.items() if key != ("", "")} == {
        key: names for key, names in wanted.items() if key != ("", "")
    }
    assert sorted(wanted["", ""]) == sorted([[one.name for one in shape.fields] for shape in LONE])


def test_fields_say_what_they_mean():
    assert kinds(STEPS["ask"]) == {
        "into": "variable", "prompt": "prompt", "expect": "input", "give_up": "block", "attempts": "count",
        "no_input_s": "seconds", "no_input": "prompt_list", "no_match": "prompt_list", "sensitivity": "choice",
    }  # fmt: skip
    assert kinds(STEPS["menu"])["options"] == "options"
    assert kinds(STEPS["when"])["condition"] == "condition"
    assert kinds(STEPS["enqueue"])["skills"] == "skills"
    assert kinds(STEPS["invoke"])["args"] == "args"
    assert kinds(STEPS["call"])["module"] == "module"
    assert kinds(STEPS["transfer"])["journey"] == "journey"
    assert kinds(STEPS["callback"])["ask_time"] == "boolean"
    assert kinds(STEPS["show"])["texts"] == "prompt_list"
    assert kinds(STEPS["show"])["fields"] == "fields"
    assert kinds(STEPS["show"])["next"] == "prompt"
    assert kinds(SCHEMA.entry)["group"] == "prompt"
    assert kinds(STEPS["goto"]) == {"section": "section"}
    compare, every, *_ = SCHEMA.conditions
    assert kinds(compare) == {"left": "var", "op": "choice", "right": "operand"}
    assert kinds(every) == {"conditions": "conditions"}
    assert kinds(SCHEMA.journey)["sections"] == "sections"
    assert field(STEPS["verify"], "method").choices == ("one_time_code", "account_pin", "date_of_birth")


def test_what_may_be_left_out_and_what_may_be_nothing_is_told():
    timed_out = field(STEPS["invoke"], "timed_out")
    assert (timed_out.required, timed_out.optional, timed_out.default) == (False, True, None)
    no_input = field(STEPS["ask"], "no_input")
    assert (no_input.required, no_input.optional, no_input.default) == (False, False, ["common.no_input"])
    phone = field(STEPS["callback"], "phone")
    assert (phone.kind, phone.optional, phone.default) == ("value", False, None)


@pytest.mark.parametrize("shape", SCHEMA.steps, ids=lambda shape: shape.kind)
def test_a_step_just_drawn_is_a_step_and_is_written_as_it_was_drawn(shape: Shape):
    drawn = shape.fresh()
    read = msgspec.convert(drawn, Step)
    assert plain(read) == drawn


@pytest.mark.parametrize("shape", SCHEMA.inputs, ids=lambda shape: shape.kind)
def test_an_answer_just_chosen_is_an_answer(shape: Shape):
    drawn = shape.fresh()
    assert plain(msgspec.convert(drawn, Input)) == drawn


@pytest.mark.parametrize("shape", SCHEMA.conditions, ids=lambda shape: shape.kind)
def test_a_condition_just_begun_is_a_condition(shape: Shape):
    drawn = shape.fresh()
    assert plain(msgspec.convert(drawn, document.Condition)) == drawn


def test_a_journey_an_option_a_form_s_entry_and_a_variable_can_begin_empty():
    parts = (Journey, SCHEMA.journey), (Option, SCHEMA.option), (Field, SCHEMA.entry), (Var, SCHEMA.values[0])
    for part, shape in parts:
        drawn = shape.fresh()
        assert plain(msgspec.convert(drawn, part)) == drawn


def test_filling_in_every_default_by_hand_changes_nothing():
    for shape in SCHEMA.steps:
        whole = shape.fresh() | {one.name: one.default for one in shape.fields}
        assert msgspec.convert(whole, Step) == msgspec.convert(shape.fresh(), Step)


RANGES = [
    (shape.kind, one.name, end)
    for shape in SCHEMA.steps
    for one in shape.fields
    if one.least is not None and one.kind != "skills"
    for end in ("least", "most")
]


def out_of_range(step: dict[str, Any]) -> list[str]:
    read = msgspec.convert(step, Step)
    return [cause.details["name"] for cause in bounds_problems(read) if cause.code == "out_of_range"]


@pytest.mark.parametrize(("kind", "name", "end"), RANGES)
def test_a_form_refuses_exactly_the_numbers_the_checker_refuses(kind: str, name: str, end: str):
    spec = field(STEPS[kind], name)
    fresh = STEPS[kind].fresh()
    edge = spec.least if end == "least" else spec.most
    assert edge is not None
    whole = spec.kind == "count"
    beyond = edge + (-1 if end == "least" else 1) * (1 if whole else 0.01)
    assert out_of_range(fresh | {name: int(edge) if whole else edge}) == []
    assert out_of_range(fresh | {name: int(beyond) if whole else beyond}) == [name]


def test_a_number_without_a_range_in_the_form_has_none_in_the_checker():
    for shape in SCHEMA.steps:
        for one in shape.fields:
            if one.kind in {"count", "seconds", "number"} and one.least is None:
                assert out_of_range(shape.fresh() | {one.name: 10**9}) == [], (shape.kind, one.name)


def test_levels_of_skills_have_the_checker_s_range():
    spec = field(STEPS["enqueue"], "skills")
    fresh = STEPS["enqueue"].fresh()
    assert (spec.least, spec.most) == (1, 5)
    assert out_of_range(fresh | {"skills": {"refunds": 5, "sales": 1}}) == []
    assert out_of_range(fresh | {"skills": {"refunds": 6, "sales": 0}}) == ["refunds", "sales"]


def test_a_field_of_a_type_without_a_form_is_noticed_when_it_is_added():
    class Odd(document.Part, frozen=True):
        when: bytes

    with pytest.raises(TypeError, match="when"):
        shape_of(Odd)
    assert shape_of(Ask) == STEPS["ask"]


CATALOGUES = {
    locale: json.loads((ROOT / "web" / "src" / "i18n" / locale / "inspector.json").read_text(encoding="utf-8"))
    for locale in LOCALES
}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_field_of_a_form_has_a_name_and_a_line_of_help(locale: str):
    texts = CATALOGUES[locale]
    missing: list[str] = []
    for shape in EVERY:
        for one in shape.fields:
            if one.kind in {"block", "sections"} or (shape is SCHEMA.journey and one.name == "id"):
                continue  # drawn as branches and sections; an id is an address
            for group in ("field", "help"):
                keys = {f"{group}.{shape.kind}.{one.name}", f"{group}.{one.name}"}
                missing += [f"{group}.{one.name}"] if keys.isdisjoint(texts) else []
            missing += [
                f"choice.{one.name}.{choice}"
                for choice in one.choices
                if f"choice.{one.name}.{choice}" not in texts
            ]
    missing += [f"choice.input.{one.kind}" for one in SCHEMA.inputs if f"choice.input.{one.kind}" not in texts]
    assert not missing, f"web/src/i18n/{locale}/inspector.json lacks {sorted(set(missing))}"
