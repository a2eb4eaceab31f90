"""When contacts come: recorded moments or a Poisson process, with spikes on top, each from chance of its own.

Every interval has its own stream of chance: a changed rate of one half hour leaves the others as they were. A
spike adds contacts or takes some away; those that come anyway are the same as without it.
"""

from collections.abc import Callable, Iterator
from heapq import merge

from warmline.domain.twin.distributions import to_whole_us
from warmline.domain.twin.randomness import Uniform, exponentials
from warmline.domain.twin.world import Arrivals, Rates, Recorded, RecordedContact, Span, Spike, Steady

Coming = tuple[int, RecordedContact | None]  # µs from the start, and what is known of the contact
Chance = Callable[..., Uniform]  # a stream of chance for a purpose

_JITTER_S = 60.0  # copies of a recorded contact come within this time after it


def usual(arrivals: Arrivals, spikes: tuple[Spike, ...], until_s: float, chance: Chance) -> Iterator[Coming]:
    """Yield the contacts that come anyway, less those a spike with a factor below 1 keeps away."""
    comings = _recorded(arrivals) if isinstance(arrivals, Recorded) else _poisson(arrivals, until_s, chance)
    for number, spike in enumerate(spikes):
        if spike.factor < 1:
            comings = _thinned(comings, spike, chance("thinned", number))
    return comings


def extra(arrivals: Arrivals, spike: Spike, until_s: float, chance: Chance) -> Iterator[Coming]:
    """Yield the contacts that come because of one spike with a factor above 1."""
    if isinstance(arrivals, Recorded):
        return merge(*_copies(arrivals, spike, chance("copies")), key=lambda coming: coming[0])
    return _poisson(arrivals, until_s, chance, spike.factor - 1, Span(spike.from_s, spike.until_s))


def _recorded(arrivals: Recorded) -> Iterator[Coming]:
    for contact in arrivals.contacts:
        yield to_whole_us(contact.at_s), contact


def _poisson(
    arrivals: Steady | Rates, until_s: float, chance: Chance, factor: float = 1.0, only: Span | None = None
) -> Iterator[Coming]:
    for number, (span, per_s) in enumerate(_pieces(arrivals, until_s)):
        from_s = span.from_s if only is None else max(span.from_s, only.from_s)
        end_s = span.until_s if only is None else min(span.until_s, only.until_s)
        if per_s * factor <= 0 or from_s >= end_s:
            continue
        at_us, end_us = to_whole_us(from_s), to_whole_us(end_s)
        for gap_us in exponentials(chance("arrivals", number), 1_000_000 / (per_s * factor)):
            at_us += gap_us
            if at_us >= end_us:
                break
            yield at_us, None


def _pieces(arrivals: Steady | Rates, until_s: float) -> Iterator[tuple[Span, float]]:
    """Yield spans of constant rate (per second)."""
    if isinstance(arrivals, Steady):
        yield Span(0.0, until_s), arrivals.per_hour / 3_600
        return
    for number, expected in enumerate(arrivals.per_interval):
        from_s = arrivals.from_s + number * arrivals.interval_s
        yield Span(from_s, min(from_s + arrivals.interval_s, until_s)), expected / arrivals.interval_s


def _thinned(comings: Iterator[Coming], spike: Spike, uniform: Uniform) -> Iterator[Coming]:
    from_us, until_us = to_whole_us(spike.from_s), to_whole_us(spike.until_s)
    for coming in comings:
        if not from_us <= coming[0] < until_us or uniform() < spike.factor:
            yield coming


def _copies(arrivals: Recorded, spike: Spike, uniform: Uniform) -> Iterator[Iterator[Coming]]:
    """Yield, for each recorded contact within the spike, what comes besides."""
    whole = int(spike.factor - 1)
    for contact in arrivals.contacts:
        if spike.from_s <= contact.at_s < spike.until_s:
            copies = whole + (uniform() < spike.factor - 1 - whole)
            times = sorted(to_whole_us(contact.at_s + _JITTER_S * uniform()) for _ in range(copies))
            yield iter([(at_us, contact) for at_us in times])
