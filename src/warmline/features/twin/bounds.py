"""How much a question may ask for: a day of more contacts than any house has would only eat the machine."""

from collections.abc import Iterator

from warmline.domain.twin.world import Rates, Recorded, Stream, World
from warmline.features.twin.refusals import TOO_MANY_CONTACTS
from warmline.kernel.errors import Refused

CONTACTS_AT_MOST = 300_000  # a day; the largest houses there are see about half of it
_TOLD_AT_MOST = 1e12


def check_contacts(world: World, until_s: float) -> None:
    """Raise Refused where more contacts are to come until `until_s` than a day may have."""
    count = expected_contacts(world, until_s)
    if not count <= CONTACTS_AT_MOST:
        raise Refused(TOO_MANY_CONTACTS, count=round(min(count, _TOLD_AT_MOST)), most=CONTACTS_AT_MOST)


def expected_contacts(world: World, until_s: float) -> float:
    """Return how many contacts are expected until `until_s`, what promotions bring included."""
    count = 0.0
    for stream in world.streams:
        count += _between(stream, 0.0, until_s)
        for spike in world.spikes:
            if spike.factor > 1 and (not spike.streams or stream.id in spike.streams):
                came = _between(stream, spike.from_s, min(spike.until_s, until_s))
                count += (spike.factor - 1) * came
    return count


def _between(stream: Stream, from_s: float, until_s: float) -> float:
    """Return how many contacts the stream brings in this time, without promotions."""
    arrivals = stream.arrivals
    if isinstance(arrivals, Recorded):
        return float(sum(from_s <= one.at_s < until_s for one in arrivals.contacts))
    if isinstance(arrivals, Rates):
        return sum(_rated(arrivals, from_s, until_s))
    return arrivals.per_hour / 3_600 * max(0.0, until_s - from_s)


def _rated(rates: Rates, from_s: float, until_s: float) -> Iterator[float]:
    for number, expected in enumerate(rates.per_interval):
        begin_s = rates.from_s + number * rates.interval_s
        overlap_s = min(until_s, begin_s + rates.interval_s) - max(from_s, begin_s)
        if overlap_s > 0:
            yield expected * overlap_s / rates.interval_s
