"""Journeys as JSON, exactly. A document that does not fit is refused with the place and reason in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import msgspec

from warmline.domain.journey.document import Journey, Step
from warmline.domain.journey.walk import ON_ERROR, Path, spell

_DECODER = msgspec.json.Decoder(Journey)
_ENCODER = msgspec.json.Encoder()
MOST_LEVELS = 100  # lists and objects within each other; a branch takes two, one of a menu four

# The blocks of a step in JSON; menu options nest one level deeper.
_BLOCK_NAMES = frozenset(
    {
        "give_up", "then", "otherwise", "failed", "timed_out", "locked", "unavailable", "open", "closed",
        "holiday", "emergency", "nobody_staffed", "queue_full", "overflow", "callback", "done", "sent",
    }
)  # fmt: skip

Json = dict[str, object]


class BadJourney(ValueError):
    """A document that is no journey. `problems` names each place and what is wrong there."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def write_journey(journey: Journey) -> bytes:
    """Return a journey as compact JSON."""
    return _ENCODER.encode(journey)


def write_journey_pretty(journey: Journey) -> str:
    """Return a journey as indented JSON for people and version control."""
    return msgspec.json.format(_ENCODER.encode(journey), indent=2).decode() + "\n"


def read_journey(data: bytes | str) -> Journey:
    """Read a journey from JSON. Raises BadJourney listing every step that does not fit."""
    try:
        return _DECODER.decode(data)
    except msgspec.ValidationError as invalid:
        raise BadJourney(_explain(data, str(invalid))) from None
    except msgspec.DecodeError as broken:
        raise BadJourney([f"This is not JSON: {broken}."]) from None


def read_plain(document: Mapping[str, object]) -> Journey:
    """Read a journey from plain objects. Raises BadJourney, also for what no journey may hold."""
    reason = unfit(document)
    if reason is not None:
        raise BadJourney([f"journey: {reason}"])
    try:
        return read_journey(_ENCODER.encode(document))
    except UnicodeEncodeError:
        raise BadJourney(["journey: it holds half a character."]) from None


def unfit(document: object) -> str | None:
    """Say what no journey holds, whatever its form: zero bytes, or too many levels to be drawn and proved."""
    level: list[object] = [document]
    for _ in range(MOST_LEVELS):
        inner: list[object] = []
        for one in level:
            if isinstance(one, Mapping):
                inner += cast(Mapping[str, object], one).keys()
                inner += cast(Mapping[str, object], one).values()
            elif isinstance(one, list | tuple):
                inner += cast(Sequence[object], one)
            elif isinstance(one, str) and "\0" in one:
                return "it holds a zero byte."
        if not inner:
            return None
        level = inner
    return f"blocks stand within blocks more than {MOST_LEVELS} lists and objects deep; use sections."


def _explain(data: bytes | str, first_reason: str) -> list[str]:
    try:
        document: object = msgspec.json.decode(data)
    except msgspec.DecodeError as broken:
        return [f"This is not JSON: {broken}."]
    return list(_problems(document)) or [first_reason]


def _problems(document: object) -> Iterator[str]:
    if not isinstance(document, dict):
        yield "A journey is a JSON object."
        return
    journey = cast(Json, document)
    sections = journey.get("sections")
    hollow: Json = dict(journey)
    if isinstance(sections, dict):
        hollow["sections"] = {}
    if isinstance(journey.get("on_error"), list):
        hollow["on_error"] = []
    reason = _reason(hollow, Journey)
    if reason:
        yield f"journey: {reason}"
    if isinstance(sections, dict):
        for section, steps in cast(Json, sections).items():
            yield from _block_problems(section, (), steps)
    yield from _block_problems(ON_ERROR, (), journey.get("on_error", []))


def _block_problems(section: str, path: Path, steps: object) -> Iterator[str]:
    if not isinstance(steps, list):
        yield f"{spell(section, path)}: a block is a list of steps"
        return
    for index, step in enumerate(cast(list[object], steps)):
        here = (*path, index)
        if not isinstance(step, dict):
            yield f"{spell(section, here)}: a step is an object with a field `step`"
            continue
        yield from _step_problems(section, here, cast(Json, step))


def _step_problems(section: str, path: Path, step: Json) -> Iterator[str]:
    """Judge the step with its blocks emptied, then the blocks: so that each reason stands at its own place."""
    hollow = dict(step)
    inner: list[tuple[str, object]] = []
    for name, value in step.items():
        if name in _BLOCK_NAMES and value is not None:
            hollow[name] = []
            inner.append((name, value))
    options = step.get("options")
    if isinstance(options, list):
        bare: list[object] = []
        for option in cast(list[object], options):
            if isinstance(option, dict) and "then" in option:
                choice = cast(Json, option)
                inner.append((f"option:{choice.get('value')}", choice["then"]))
                bare.append({name: value for name, value in choice.items() if name != "then"})
            else:
                bare.append(cast(object, option))
        hollow["options"] = bare
    reason = _reason(hollow, Step)
    if reason:
        yield f"{spell(section, path)} ({step.get('step', 'no kind')}): {reason}"
    for name, block in inner:
        yield from _block_problems(section, (*path, name), block)


def _reason(value: object, kind: object) -> str | None:
    try:
        msgspec.convert(value, kind)  # pyright: ignore[reportCallIssue, reportArgumentType]
    except msgspec.ValidationError as invalid:
        return str(invalid).replace(" - at `$.", " in `").replace(" - at `$", " in `")
    return None
