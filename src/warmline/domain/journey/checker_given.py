"""What a journey or module is begun with: every value of its parameters that conditions can tell apart."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import product

import msgspec

from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_privacy import uses
from warmline.domain.journey.checker_replay import CALLED, SOME_CALLER, worth_telling
from warmline.domain.journey.checker_values import DEEPEST, OTHER_TEXT, Decisive
from warmline.domain.journey.document import CallModule, Journey, Set, TransferJourney, Var
from warmline.domain.journey.prompts import Texts
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.walk import steps_of

MOST_BEGINNINGS = 1_000  # of one journey, each walked by itself; beyond it nothing is proved

Row = dict[str, object]
Tree = dict[str, "Tree"]


class Beginnings:
    """The values that the parameters of some journeys may have, together with the modules they call."""

    def __init__(self, library: Mapping[str, Journey], decisive: Decisive, texts: Texts, channel: str) -> None:
        self._library = library
        self._decisive = decisive
        self._used = {
            name: {path for step in steps_of(journey) for path in uses(step, texts, channel, {})}
            for name, journey in library.items()
        }
        self.complete = True  # false: there are more beginnings than can be walked

    def alone(self, journey_id: str, live: AbstractSet[str]) -> list[Row]:
        """Return every beginning of a journey that nobody calls here; `live`: what can be read from there on.

        A row names the parameters that are not merely unknown.
        """
        journey = self._library[journey_id]
        return self._rows({name: self._values(journey, name) for name in journey.parameters if name in live})

    def called(self, module_id: str, live: AbstractSet[str]) -> list[Row]:
        """Return every beginning of a module that its callers here can give it: a constant is what it is."""
        module = self._library[module_id]
        found: dict[bytes, Row] = {}
        for call in self._calls(module_id):
            choices: dict[str, list[object]] = {}
            for name in module.parameters:
                if name in live and name in call.args:
                    given = call.args[name]
                    choices[name] = self._values(module, name) if isinstance(given, Var) else [given]
            found |= {msgspec.json.encode(row, enc_hook=str): row for row in self._rows(choices)}
        return list(found.values()) or self.alone(module_id, live)

    def _calls(self, module_id: str) -> Iterator[CallModule]:
        for journey in self._library.values():
            for step in steps_of(journey):
                if isinstance(step, CallModule) and step.module == module_id:
                    yield step

    def _rows(self, choices: Mapping[str, list[object]]) -> list[Row]:
        return [worth_telling(row) for row in self._combined(choices)]

    def _combined(self, choices: Mapping[str, list[object]]) -> list[Row]:
        total = 1
        for values in choices.values():
            total *= len(values)
        if total <= MOST_BEGINNINGS:
            return [dict(zip(choices, row, strict=True)) for row in product(*choices.values())]
        self.complete = False
        longest = max(len(values) for values in choices.values())
        return [{name: values[at % len(values)] for name, values in choices.items()} for at in range(longest)]

    def _values(self, journey: Journey, name: str) -> list[object]:
        if journey.kind == "module" or journey.id.endswith(CALLED):
            values = self._at(name, _tree(self._fields(journey.id, name, frozenset())))
        else:  # begun with texts, and an empty one for what nobody knows
            values = self._at(name, {})
            if self._decisive.matters(name) and "" not in values:
                values.append("")
        return [SOME_CALLER, *(value for value in values if value in ("", None))] if name == CALLER else values

    def _at(self, path: str, fields: Tree) -> list[object]:
        known = self._decisive.values(path)
        if fields:
            records = self._combined({name: self._at(f"{path}.{name}", inner) for name, inner in fields.items()})
            return [*records, *(value for value in known if value != OTHER_TEXT)]
        if self._decisive.measured(path):
            known = [value for value in known if value != OTHER_TEXT]
        return known or [UNKNOWN]

    def _fields(self, journey_id: str, name: str, seen: frozenset[tuple[str, str]]) -> set[str]:
        """Return what is read of a variable as of a record, here or wherever it is handed to: `status`, `a.b`."""
        if (journey_id, name) in seen or journey_id not in self._library:
            return set()
        seen |= {(journey_id, name)}
        found = {path.removeprefix(f"{name}.") for path in self._used[journey_id] if path.startswith(f"{name}.")}
        for step in steps_of(self._library[journey_id]):
            match step:
                case CallModule(module, args):
                    for inner, value in args.items():
                        if isinstance(value, Var):
                            found |= _within(name, value.path, self._fields(module, inner, seen))
                case Set(into, Var(path)):
                    found |= _within(name, path, self._fields(journey_id, into, seen))
                case TransferJourney(target):
                    found |= self._fields(target, name, seen)
                case _:
                    pass
        return {path for path in found if path.count(".") < DEEPEST}


def _within(name: str, path: str, fields: set[str]) -> set[str]:
    """Return the fields of `name`, given those of a copy of `path`."""
    if path == name:
        return fields
    if not path.startswith(f"{name}."):
        return set()
    inner = path.removeprefix(f"{name}.")
    return {f"{inner}.{field}" for field in fields}


def _tree(paths: set[str]) -> Tree:
    tree: Tree = {}
    for path in sorted(paths):
        node = tree
        for name in path.split("."):
            node = node.setdefault(name, {})
    return tree
