"""Versions that are being compared: contacts get these too, so what is proved of the newest is proved of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from math import prod

from msgspec import Struct

from warmline.domain.journey.checker import reachable
from warmline.domain.journey.document import CallModule, Journey, TransferJourney
from warmline.domain.journey.walk import steps_of
from warmline.kernel.errors import Refused, declare

MOST_CHOICES = 250  # of versions on the ways from one journey; finding them is work for the loop
TOO_MANY_COMPARED = declare(
    "journeys.too_many_compared",
    409,
    "Contacts who begin in {journey} may meet {compared} journeys that are being compared: too many choices of"
    " versions to prove this change.",
    "Nothing was saved. End some of these comparisons first.",
)

Library = Mapping[str, Journey]
Compared = Mapping[str, Mapping[int, Journey]]  # by journey, its versions that are not the newest
Concerns = Callable[[str, Library], bool]  # whether a change can touch a journey that begins in this library


class Proving(Struct, frozen=True):
    """One journey to be proved. `versions`: those that stand in place of the newest in its library."""

    journey: str
    library: Library
    versions: dict[str, int]


def provings(
    entered: Iterable[str], library: Library, compared: Compared, concerns: Concerns | None = None
) -> list[Proving]:
    """Return what to prove: each journey as it is, then with every choice of versions its contacts may get.

    Raises Refused `journeys.too_many_compared`.
    """
    found: list[Proving] = []
    for name in entered:
        for versions in ({}, *choices(name, library, compared)):
            chosen = library if not versions else with_versions(library, compared, versions)
            if concerns is None or concerns(name, chosen):
                found.append(Proving(name, chosen, versions))
    return found


def choices(entered: str, library: Library, compared: Compared) -> Iterator[dict[str, int]]:
    """Yield each choice of versions, by journey, that contacts who begin there may meet, but the newest of all.

    Raises Refused `journeys.too_many_compared`.
    """
    split = [name for name in within_reach(entered, library, compared) if compared.get(name)]
    if prod(1 + len(compared[name]) for name in split) > MOST_CHOICES:
        raise Refused(TOO_MANY_COMPARED, journey=entered, compared=len(split))
    for chosen in product(*([None, *compared[name]] for name in split)):
        versions = {name: one for name, one in zip(split, chosen, strict=True) if one is not None}
        if versions and all(_met(name, entered, library, compared, versions) for name in versions):
            yield versions


def _met(name: str, entered: str, library: Library, compared: Compared, versions: Mapping[str, int]) -> bool:
    return name in reachable(entered, with_versions(library, compared, versions))


def with_versions(library: Library, compared: Compared, versions: Mapping[str, int]) -> Library:
    """Return a library with some journeys in versions that are being compared."""
    return {**library, **{name: compared[name][version] for name, version in versions.items()}}


def within_reach(entered: str, library: Library, compared: Compared) -> list[str]:
    """Return a journey and all that contacts may come to from it, whichever versions they get."""
    found = [entered]
    for name in found:
        onward = sorted({to for one in versions_of(name, library, compared) for to in leads_to(one)})
        found += [one for one in onward if one in library and one not in found]
    return found


def versions_of(name: str, library: Library, compared: Compared) -> list[Journey]:
    """Return every version of a journey that contacts may get, the newest first."""
    return [library[name], *compared.get(name, {}).values()]


def leads_to(journey: Journey) -> set[str]:
    """Return the journeys and modules that a journey names."""
    found: set[str] = set()
    for step in steps_of(journey):
        match step:
            case CallModule(target) | TransferJourney(target):
                found.add(target)
            case _:
                pass
    return found
