"""Shipped journeys, broken by a machine in every place where they can be, are refused there for that reason."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from msgspec import Struct
from tests.domain.journey.test_checker_broken import ALONE, TEXTS, WORLD

from warmline.domain.journey.checker import BLOCKING, check
from warmline.domain.journey.checker_replay import CALLED, trial_of
from warmline.domain.journey.codec import read_plain, write_journey
from warmline.domain.journey.document import Journey
from warmline.domain.journey.walk import Path, places

Plain = dict[str, Any]
SAID = {"step": "say", "prompt": "more.yes"}
UNSET = {"cond": "compare", "left": {"value": "var", "path": "nobody.set"}, "op": "==", "right": "x"}
# The front desk stands in for itself (it reaches all the others, and is walked where it is shipped).
SHIPPED = ("order-status", "refund", "password-reset", "store-hours", "after-contact", "identify-customer")
# Of what needs a walk to be seen, so many of a kind in each journey: a walk takes a quarter of a second.
WALKED_OF_A_KIND = 2


class Mutation(Struct, frozen=True):
    """One journey with one step broken, and the refusal it must meet there."""

    journey: str
    section: str
    path: Path
    code: str
    document: Plain

    @property
    def name(self) -> str:
        return f"{self.journey} › {self.section}/{'/'.join(map(str, self.path))}: {self.code}"


def changed(**fields: object) -> Callable[[Plain], Plain]:
    return lambda step: {**step, **fields}


def without_an_argument(step: Plain) -> Plain | None:
    args = dict(step.get("args", {}))
    return None if not args else {**step, "args": dict(list(args.items())[1:])}


def with_an_argument(step: Plain) -> Plain:
    return {**step, "args": {**step.get("args", {}), "nobody_wants_this": 1}}


def with_an_option_twice(step: Plain) -> Plain | None:
    return {**step, "options": [*step["options"], step["options"][0]]} if step.get("options") else None


def asking_a_number_that_cannot_be(step: Plain) -> Plain:
    return {**step, "expect": {"input": "number", "minimum": 9, "maximum": 1}}


Break = tuple[str, Callable[[Plain], Plain | None]]
NO_PROMPT: Break = ("prompt_missing", changed(prompt="nobody.wrote.this"))
NO_ATTEMPT: Break = ("out_of_range", changed(attempts=0))
NO_TIME: Break = ("out_of_range", changed(no_input_s=0))
BREAKS: Mapping[str, list[Break]] = {
    "say": [NO_PROMPT],
    "end": [NO_PROMPT],
    "goto": [("section_unknown", changed(section="nowhere"))],
    "transfer": [("journey_unknown", changed(journey="nowhere"))],
    "call": [
        ("journey_unknown", changed(module="nowhere")),
        ("argument_missing", without_an_argument),
        ("argument_unknown", with_an_argument),
    ],
    "enqueue": [
        ("queue_unknown", changed(queue="nowhere")),
        ("skill_unknown", changed(skills={"welding": 1})),
        ("out_of_range", changed(overflow_after_s=-1)),
    ],
    "hours": [("calendar_unknown", changed(calendar="nowhere"))],
    "invoke": [
        ("task_unknown", changed(task="nobody.offers")),
        ("task_argument_unknown", with_an_argument),
        ("out_of_range", changed(timeout_s=0)),
        ("out_of_range", changed(retries=-1)),
    ],
    "ask": [NO_PROMPT, NO_ATTEMPT, NO_TIME, ("nothing_fits", asking_a_number_that_cannot_be)],
    "menu": [
        NO_PROMPT,
        NO_ATTEMPT,
        NO_TIME,
        ("no_options", changed(options=[])),
        ("option_twice", with_an_option_twice),
    ],
    "verify": [NO_ATTEMPT, ("out_of_range", changed(level=9))],
    "when": [("variable_unset", changed(condition=UNSET))],
    "callback": [("queue_unknown", changed(queue="nowhere"))],
    "survey": [NO_PROMPT],
}  # fmt: skip


def block_of(document: Plain, section: str, path: Path) -> list[Plain]:
    """Return the block, as plain data, that holds the step at a path."""
    steps: list[Plain] = document["on_error"] if section == "@on_error" else document["sections"][section]
    for at in range(0, len(path) - 1, 2):
        step, name = steps[int(path[at])], str(path[at + 1])
        option = name.removeprefix("option:")
        if option != name:
            chosen = next(one for one in step["options"] if one["value"] == option)
            steps = chosen["then"]
        else:
            steps = step[name]
    return steps


def mutations_of(journey: Journey) -> Iterator[Mutation]:
    """Yield every break of every step of a journey, and a step behind every one that never goes on."""
    for place in places(journey):
        at = int(place.path[-1])
        step = block_of(plain(journey), place.section, place.path)[at]
        breaks = list(BREAKS.get(step["step"], []))
        for code, damage in breaks:
            document = plain(journey)
            broken = damage(step)
            if broken is not None:
                block_of(document, place.section, place.path)[at] = broken
                yield Mutation(journey.id, place.section, place.path, code, document)
        if step["step"] in ("end", "goto", "return", "transfer"):
            document = plain(journey)
            block_of(document, place.section, place.path).insert(at + 1, SAID)
            yield Mutation(journey.id, place.section, place.path, "dead_step", document)


def plain(journey: Journey) -> Plain:
    return json.loads(write_journey(journey))


def chosen() -> list[Mutation]:
    """Return all that shows without a walk, and some of each kind that does not."""
    found: list[Mutation] = []
    for name in SHIPPED:
        met: dict[str, int] = {}
        for mutation in mutations_of(ALONE[name]):
            met[mutation.code] = met.get(mutation.code, 0) + 1
            if mutation.code in BLOCKING or met[mutation.code] <= WALKED_OF_A_KIND:
                found.append(mutation)
    return found


MUTATIONS = chosen()


@pytest.mark.parametrize("name", SHIPPED)
def test_broken_in_any_place_a_shipped_journey_is_refused_there_for_that_reason(name: str):
    for mutation in (one for one in MUTATIONS if one.journey == name):
        broken = read_plain(mutation.document)
        library, entered = {**ALONE, name: broken}, name
        if broken.kind == "module":
            trial = trial_of(broken)
            library[trial.id], entered = trial, trial.id
        report = check(entered, library, WORLD, TEXTS, "webchat")
        found = {(one.code, one.section) for one in report.problems if one.journey == name}
        assert (mutation.code, mutation.section) in found, (mutation.name, report.lines())


@pytest.mark.parametrize("name", SHIPPED)
def test_as_shipped_none_of_them_is_refused(name: str):
    library, entered = dict(ALONE), name
    if ALONE[name].kind == "module":
        entered = name + CALLED
        library[entered] = trial_of(ALONE[name])
    report = check(entered, library, WORLD, TEXTS, "webchat")
    assert report.ok, report.lines()


def test_there_are_more_than_two_hundred_of_them_of_many_kinds():
    assert len(MUTATIONS) >= 200, len(MUTATIONS)
    assert len({one.name for one in MUTATIONS} | {json.dumps(one.document) for one in MUTATIONS}) > len(MUTATIONS)
    assert len({one.code for one in MUTATIONS}) >= 15
