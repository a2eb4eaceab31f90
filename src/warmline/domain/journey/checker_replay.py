"""Playing a path again, with the same machine, from the same beginning as when the checker told it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from msgspec.structs import replace

from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_report import FAULT, Stimulus
from warmline.domain.journey.checker_transcript import Telling
from warmline.domain.journey.document import Block, CallModule, End, Goto, Journey, Var
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.machine import begin
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.steps_callback import CALLER
from warmline.kernel.locale import Locale

CALLED = " (called)"
SOME_CALLER = "+821012345678"


NOTHING: Mapping[str, object] = {}


def beginning(
    journey_id: str, library: Mapping[str, Journey], given: Mapping[str, object] = NOTHING
) -> JourneySession:
    """Return the session of a customer who begins with a journey, its parameters as `given`. Raises KeyError."""
    return begin(journey_id, 1, "en", _given(library[journey_id], given))


def fault_in(journey_id: str, given: Mapping[str, object] = NOTHING) -> Stimulus:
    """Return the fault on purpose by which a path into the `on_error` of a journey begins."""
    return Stimulus("task", text=journey_id, name=FAULT, outcome="failed", result=dict(given))


def at_fault(journey: Journey, given: Mapping[str, object] = NOTHING) -> JourneySession:
    """Return a session that waits at a step which is not there, so that the next event runs `on_error`."""
    caller = (Frame(f"@{journey.id}", 1, "start", (0,)),) if journey.kind == "module" else ()
    nowhere = Frame(journey.id, 1, "start", (1_000_000,), variables=_given(journey, given))
    return JourneySession((*caller, nowhere), "en", waiting=Waiting("task", task_id=FAULT))


def staged(journey_ids: Iterable[str], library: Mapping[str, Journey]) -> dict[str, Journey]:
    """Return a library with a caller beside each journey, for seeing the `on_error` of modules come back."""
    callers = [_caller(library[one]) for one in journey_ids]
    return {**library, **{one.id: one for one in callers}}


def trial_of(module: Journey) -> Journey:
    """Return a journey that does nothing but call `module`, with what it is begun with itself."""
    end = End("common.last_resort", "message_taken")
    call = CallModule(module.id, {name: Var(name) for name in module.parameters})
    sections: dict[str, Block] = {"start": (call, Goto("agent")), "agent": (end,)}
    return Journey(id=module.id + CALLED, on_error=(end,), sections=sections, parameters=module.parameters)


def replayed(
    journey_id: str,
    path: Sequence[Stimulus],
    library: Mapping[str, Journey],
    catalogues: Mapping[Locale, Mapping[str, str]],
    channel: str = "webchat",
    locale: Locale = "en",
) -> Iterator[list[str]]:
    """Yield what is said and done at each step of a path that a report on `journey_id` names.

    Raises KeyError for a journey nobody has; the machine's own faults are told as lines.
    """
    if journey_id.endswith(CALLED) and journey_id not in library:
        trial = trial_of(library[journey_id.removesuffix(CALLED)])
        library = {**library, trial.id: trial}
    stage = staged(list(library), library)
    first = path[0] if path else Stimulus("start")
    if first.name == FAULT:
        start = at_fault(library[first.text], first.result)
    else:
        start = beginning(journey_id, library, first.result)
    told = Telling(stage, catalogues, channel, locale)
    return told.steps(start, [replace(one, result=_unknown(one.result)) for one in path])


def worth_telling(given: Mapping[str, object]) -> dict[str, object]:
    """Return what of the values of parameters cannot be left out: all that is not as if nobody knew it."""
    return {name: value for name, value in given.items() if value != _untold(name)}


def _untold(name: str) -> str:
    """Return the value of a parameter that nobody tells; a caller still may choose to be called elsewhere."""
    return SOME_CALLER if name == CALLER else UNKNOWN


def _given(journey: Journey, given: Mapping[str, object]) -> dict[str, object]:
    """Return what a journey is begun with: of no declared kind, so that every format fits.

    Only of a help page it is known: anybody's address says any words.
    """
    if journey.kind == "help":
        words = {name: given.get(name, UNKNOWN) for name in journey.parameters}
        return {name: str(value) if isinstance(value, str) else value for name, value in words.items()}
    return {
        name: _of_no_kind(given.get(name, UNKNOWN)) if name != CALLER else given.get(name, SOME_CALLER)
        for name in journey.parameters
    }


def _of_no_kind(value: object) -> object:
    if isinstance(value, dict):
        return {name: _of_no_kind(inner) for name, inner in cast("dict[str, object]", value).items()}
    return Unknown(value) if isinstance(value, str) else value


def _unknown(result: Mapping[str, object]) -> dict[str, object]:
    """Give back to a path that was written down the stand-ins that fit any format."""
    return {name: UNKNOWN if value == UNKNOWN else value for name, value in result.items()}


def _caller(journey: Journey) -> Journey:
    end = End("common.last_resort")
    call = CallModule(journey.id, {name: UNKNOWN for name in journey.parameters})
    return Journey(id=f"@{journey.id}", on_error=(end,), sections={"start": (call, end), "agent": (end,)})
