"""Which variables can still be read from a place on: the others do not make two situations different.

Backward liveness over the block structure; `Goto` and `TransferJourney` jump, modules have their own variables.
Source: A. V. Aho et al., Compilers, section 9.2.5 (live-variable analysis).
"""

from collections.abc import Iterable, Mapping

from warmline.domain.journey.checker_values import compares
from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    CallModule,
    End,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    Return,
    SendLink,
    Set,
    Step,
    TransferJourney,
    Value,
    Var,
    Verify,
    Voicemail,
    When,
)
from warmline.domain.journey.prompts import Texts, placeholders
from warmline.domain.journey.prompts_used import prompts_of
from warmline.domain.journey.steps_callback import CALLER
from warmline.domain.journey.walk import Path, blocks, section_block, step_at
from warmline.kernel.locale import LOCALES

Names = frozenset[str]
NONE: Names = frozenset()
ASSURANCE = "@assurance"  # stands for the identity level among the names: `Verify` reads it


class Liveness:
    """Live variables (by first name) of every place in a library of journeys."""

    def __init__(self, library: Mapping[str, Journey], texts: Texts, channel: str) -> None:
        self._library = library
        self._texts = texts
        self._channel = channel
        self._said: dict[str, Names] = {}
        self._at: dict[tuple[str, str, Path], Names] = {}
        self._behind: dict[tuple[str, str, Path], Names] = {}
        self._entry: dict[tuple[str, str], Names] = {
            (journey.id, section): NONE for journey in library.values() for section in journey.sections
        }
        self._settle()

    def _settle(self) -> None:
        """Grow the sections' entry sets until nothing changes."""
        changed = True
        while changed:
            changed = False
            for (journey_id, section), known in self._entry.items():
                journey = self._library[journey_id]
                found = self._before(journey, journey.sections[section], NONE)
                if found != known:
                    self._entry[journey_id, section] = found
                    changed = True

    def at(self, journey_id: str, section: str, path: Path) -> Names:
        """Return the variables that may be read from this place on. Raises Fault for a place that is not there."""
        key = (journey_id, section, path)
        if key not in self._at:
            self._at[key] = self._find(self._library[journey_id], section, path)
        return self._at[key]

    def behind(self, journey_id: str, section: str, path: Path) -> Names:
        """Return the variables of a caller that may be read once the module called here comes back, or never does.

        What the module was given has been read by then. Raises Fault for a place that is not there.
        """
        key = (journey_id, section, path)
        if key not in self._behind:
            journey = self._library[journey_id]
            call = step_at(journey, section, path)
            after = self._find(journey, section, path, called=True)
            own = after - {call.into} if isinstance(call, CallModule) and call.into else after
            self._behind[key] = own | self._agent(journey)
        return self._behind[key]

    def _find(self, journey: Journey, section: str, path: Path, *, called: bool = False) -> Names:
        """Return what is live before the step at `path`; `called`: behind it."""
        steps, after = section_block(journey, section), NONE
        for depth in range(0, len(path) - 1, 2):
            index, name = path[depth], path[depth + 1]
            assert isinstance(index, int)  # noqa: S101 -- paths alternate index and name
            after = self._before(journey, steps[index + 1 :], after)
            steps = dict(blocks(steps[index]))[str(name)]
        index = path[-1] if path else 0
        assert isinstance(index, int)  # noqa: S101
        return self._before(journey, steps[index + called :], after)

    def _before(self, journey: Journey, steps: Block, after: Names) -> Names:
        for step in reversed(steps):
            after = self._through(journey, step, after)
        return after

    def _through(self, journey: Journey, step: Step, after: Names) -> Names:
        """Return what is live before `step`, given what is live behind it."""
        said = self._spoken(step)
        branches = self._branches(journey, step, after)
        match step:
            case Goto(section):
                return self._entry.get((journey.id, section), NONE)
            case TransferJourney(target):
                return self._entry.get((target, "start"), NONE)
            case End():
                return said
            case Return(value):
                return _first([value])
            case Ask(into):
                return (after - {into}) | branches | said | self._agent(journey)
            case Menu():
                own = after - {step.into} if step.into else after
                return own | branches | said | self._agent(journey)
            case When(condition):
                read = frozenset(c.left.path.split(".")[0] for c in compares(condition))
                compared = _first(c.right for c in compares(condition) if not isinstance(c.right, tuple))
                return branches | (after if not step.otherwise or not step.then else NONE) | read | compared
            case Set(into, value):
                return (after - {into}) | _first([value])
            case Invoke(args=args):
                return (after - {step.into}) | branches | said | _first(args.values()) | self._agent(journey)
            case CallModule(module, args):
                own = after - {step.into} if step.into else after
                # A module has its own variables, but the identity level is the customer's.
                proven = self._entry.get((module, "start"), NONE) & {ASSURANCE}
                return own | proven | _first(args.values()) | self._agent(journey)
            case Verify(subject=subject):
                return after | branches | said | _first([subject]) | self._agent(journey) | {ASSURANCE}
            case SendLink(to):
                return branches | _first([to]) | self._agent(journey)
            case Voicemail():
                return branches | said | self._agent(journey)
            case Callback(phone=phone, at=at):
                return branches | said | _first([phone, at]) | {CALLER} | self._agent(journey)
            case _:
                return after | branches | said | self._agent(journey)

    def _branches(self, journey: Journey, step: Step, after: Names) -> Names:
        found = NONE
        for _, inner in blocks(step):
            found |= self._before(journey, inner, after)
        return found | after if isinstance(step, Hours) else found

    def _agent(self, journey: Journey) -> Names:
        """Wherever a customer waits, "agent" may lead to the section for people."""
        return self._entry.get((journey.id, journey.agent_section), NONE)

    def _spoken(self, step: Step) -> Names:
        found = NONE
        for key in prompts_of(step):
            if key not in self._said:
                templates = [self._texts.prompt(key, locale, self._channel) or "" for locale in LOCALES]
                names = [path.split(".")[0] for text in templates for path in placeholders(text)]
                self._said[key] = frozenset(names)
            found |= self._said[key]
        return found


def _first(values: Iterable[Value]) -> Names:
    return frozenset(value.path.split(".")[0] for value in values if isinstance(value, Var))
