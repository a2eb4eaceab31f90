"""How sure a simulated figure is: several runs, or one long run cut into pieces, and Student's t."""

import math
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from warmline.domain.twin.randomness import derive
from warmline.domain.twin.result import Part, Result, Row
from warmline.domain.twin.run import Progress, simulate
from warmline.domain.twin.student import t_quantile
from warmline.domain.twin.world import World


class Estimate(Struct, frozen=True):
    """A mean with its confidence interval; `runs` had a value."""

    mean: float
    low: float
    high: float
    runs: int


class Summary(Struct, frozen=True):
    """One queue, skill, or everything over several runs: by figure, in all and by interval."""

    total: dict[str, Estimate]
    intervals: tuple[dict[str, Estimate], ...]


class Replications(Struct, frozen=True):
    """Several runs of one world with chances of their own."""

    seed: int
    runs: int
    confidence: float
    overall: Summary
    queues: dict[str, Summary]
    skills: dict[str, Summary]


def replicate(
    world: World,
    seed: int,
    until_s: float,
    runs: int,
    *,
    confidence: float = 0.95,
    progress: Progress | None = None,
) -> Replications:
    """Run the world several times. The same seed gives two worlds the same chances, run by run."""
    results: list[Result] = []
    for number in range(runs):
        told = None if progress is None else _part_of(progress, number, runs)
        results.append(simulate(world, derive(seed, "run", number), until_s, told))
    return gather(seed, results, confidence)


def _part_of(progress: Progress, number: int, runs: int) -> Progress:
    return lambda share: progress((number + share) / runs)


def gather(seed: int, results: Sequence[Result], confidence: float = 0.95) -> Replications:
    """Return the means over runs of one world, each with its interval."""
    first = results[0]
    return Replications(
        seed=seed,
        runs=len(results),
        confidence=confidence,
        overall=_summary([result.overall for result in results], confidence),
        queues={id: _summary([result.queues[id] for result in results], confidence) for id in first.queues},
        skills={id: _summary([result.skills[id] for result in results], confidence) for id in first.skills},
    )


def batch_means(part: Part, batches: int, confidence: float = 0.95) -> dict[str, Estimate]:
    """Return the means over one long run cut into `batches` of whole intervals; what is left over is dropped.

    Neighbouring intervals depend on each other, long batches hardly: give at least ten, each of many intervals.
    Source: Law, Simulation Modeling and Analysis, chapter 9.
    """
    size = len(part.intervals) // batches
    if size == 0:
        raise ValueError(f"{len(part.intervals)} intervals cannot be cut into {batches} batches.")
    cut = [[values(row) for row in part.intervals[n * size : (n + 1) * size]] for n in range(batches)]
    found: dict[str, Estimate] = {}
    for name in dict.fromkeys(name for batch in cut for row in batch for name in row):
        rows = [[row for row in batch if name in row] for batch in cut]
        if name in _BY_CONTACT:
            sums = [_sums(batch, name) for batch in rows]
            found[name] = ratio([above for above, _ in sums], [below for _, below in sums], confidence)
        else:
            means = (math.fsum(row[name] for row in batch) / len(batch) for batch in rows if batch)
            found[name] = estimate(means, confidence)
    return found


_BY_CONTACT = {"service_level", "abandonment", "had_to_wait", "wait_all_mean_s"}


def _sums(rows: list[dict[str, float]], name: str) -> tuple[float, float]:
    """Return a figure's sum over contacts, and how many there were."""
    finished = [row["answered"] + row["abandoned"] + row["sent_away"] for row in rows]
    return sum(row[name] * count for row, count in zip(rows, finished, strict=True)), sum(finished)


def ratio(above: Sequence[float], below: Sequence[float], confidence: float = 0.95) -> Estimate:
    """Return the ratio of two sums over batches with its interval. Source: Law, chapter 4 (ratio estimator)."""
    total = math.fsum(below)
    mean = math.fsum(above) / total
    rest = [a - mean * b for a, b in zip(above, below, strict=True)]
    deviation = math.sqrt(math.fsum(each * each for each in rest) / (len(rest) - 1) * len(rest)) / total
    half = t_quantile(0.5 + confidence / 2, len(rest) - 1) * deviation
    return Estimate(mean, mean - half, mean + half, len(rest))


def values(row: Row) -> dict[str, float]:
    """Return every figure of a row that is there, by name."""
    found: dict[str, float] = {}
    for struct in (row.figures, row.work):
        for name, value in msgspec.structs.asdict(struct).items():
            if value is not None:
                found[name] = float(value)
    return found


def _summary(parts: list[Part], confidence: float) -> Summary:
    intervals = min(len(part.intervals) for part in parts)
    return Summary(
        _estimates([values(part.total) for part in parts], confidence),
        tuple(
            _estimates([values(part.intervals[number]) for part in parts], confidence)
            for number in range(intervals)
        ),
    )


def _estimates(runs: list[dict[str, float]], confidence: float) -> dict[str, Estimate]:
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: estimate((run[name] for run in runs if name in run), confidence) for name in names}


def estimate(samples: Iterable[float], confidence: float = 0.95) -> Estimate:
    """Return the mean of independent samples with its interval; of one sample the interval is endless."""
    known = list(samples)
    mean = math.fsum(known) / len(known)
    if len(known) == 1:
        return Estimate(mean, -math.inf, math.inf, 1)
    variance = math.fsum((sample - mean) ** 2 for sample in known) / (len(known) - 1)
    half = t_quantile(0.5 + confidence / 2, len(known) - 1) * math.sqrt(variance / len(known))
    return Estimate(mean, mean - half, mean + half, len(known))
