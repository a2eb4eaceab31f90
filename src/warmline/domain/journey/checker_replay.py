"""Playing a path again, with the same machine, from the same beginning as when the checker told it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from warmline.domain.journey.checker_kinds import UNKNOWN
from warmline.domain.journey.checker_report import Stimulus
from warmline.domain.journey.checker_transcript import Telling
from warmline.domain.journey.document import Block, CallModule, End, Goto, Journey
from warmline.domain.journey.machine import begin
from warmline.domain.journey.session import Frame, JourneySession, Waiting
from warmline.domain.journey.steps_callback import CALLER
from warmline.kernel.locale import Locale

FAULT = "fault"
CALLED = " (called)"
SOME_CALLER = "+821012345678"


def beginning(journey_id: str, library: Mapping[str, Journey]) -> JourneySession:
    """Return the session of a customer who begins with a journey. Raises KeyError."""
    return begin(journey_id, 1, "en", _given(library[journey_id]))


def fault_in(journey_id: str) -> Stimulus:
    """Return the fault on purpose by which a path into the `on_error` of a journey begins."""
    return Stimulus("task", text=journey_id, name=FAULT, outcome="failed")


def at_fault(journey: Journey) -> JourneySession:
    """Return a session that waits at a step which is not there, so that the next event runs `on_error`."""
    caller = (Frame(f"@{journey.id}", 1, "start", (0,)),) if journey.kind == "module" else ()
    nowhere = Frame(journey.id, 1, "start", (1_000_000,), variables=_given(journey))
    return JourneySession((*caller, nowhere), "en", waiting=Waiting("task", task_id=FAULT))


def staged(journey_ids: Iterable[str], library: Mapping[str, Journey]) -> dict[str, Journey]:
    """Return a library with a caller beside each journey, for seeing the `on_error` of modules come back."""
    callers = [_caller(library[one]) for one in journey_ids]
    return {**library, **{one.id: one for one in callers}}


def trial_of(module: Journey) -> Journey:
    """Return a journey that does nothing but call `module`."""
    end = End("common.last_resort", "message_taken")
    call = CallModule(module.id, {name: UNKNOWN for name in module.parameters})
    sections: dict[str, Block] = {"start": (call, Goto("agent")), "agent": (end,)}
    return Journey(id=module.id + CALLED, on_error=(end,), sections=sections)


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
    start = at_fault(library[first.text]) if first.name == FAULT else beginning(journey_id, library)
    told = Telling(stage, catalogues, channel, locale)
    return told.steps(start, [replace(one, result=_unknown(one.result)) for one in path])


def _given(journey: Journey) -> dict[str, object]:
    """Return what a journey is begun with; a caller has a number, and still may choose to be called at another."""
    return {name: SOME_CALLER if name == CALLER else UNKNOWN for name in journey.parameters}


def _unknown(result: Mapping[str, object]) -> dict[str, object]:
    """Give back to a path that was written down the stand-ins that fit any format."""
    return {name: UNKNOWN if value == UNKNOWN else value for name, value in result.items()}


def _caller(journey: Journey) -> Journey:
    end = End("common.last_resort")
    call = CallModule(journey.id, {name: UNKNOWN for name in journey.parameters})
    return Journey(id=f"@{journey.id}", on_error=(end,), sections={"start": (call, end), "agent": (end,)})
