"""How long things take and how patient people are, learned from recorded contacts."""

from collections.abc import Iterable, Sequence

from warmline.domain.twin.distributions import Duration, Empirical, Exponential
from warmline.features.twin.day import Stay

KEPT = 1_000  # values of a duration; more are thinned evenly over the sorted ones
ENOUGH = 5  # customers who gave up, before a queue's own patience is believed
UNKNOWN_HANDLE_S = 300.0  # only where not one contact was ever handled
UNKNOWN_PATIENCE_S = 240.0  # where nobody gave up; what staffing assumes until somebody sets it


def kept(values: Iterable[float]) -> tuple[float, ...]:
    """Return the values in order, at most `KEPT` of them, spread evenly over all."""
    ordered = sorted(values)
    if len(ordered) <= KEPT:
        return tuple(ordered)
    return tuple(ordered[(2 * number + 1) * len(ordered) // (2 * KEPT)] for number in range(KEPT))


def handle_of(stays: Sequence[Stay], queue_id: str, channel: str) -> Duration:
    """Return the work of one contact, wrap-up included: as recorded in the queue, else anywhere on the channel."""
    done = [stay for stay in stays if stay.work_s is not None]
    for chosen in (
        [stay for stay in done if stay.queue_id == queue_id and stay.channel == channel],
        [stay for stay in done if stay.channel == channel],
        done,
    ):
        if chosen:
            return Empirical(kept(stay.work_s for stay in chosen if stay.work_s is not None))
    return Exponential(UNKNOWN_HANDLE_S)


def mean_patience_s(stays: Iterable[Stay]) -> tuple[float | None, int]:
    """Return how long customers wait on average before they give up, and how many gave up; None: nobody did.

    Who was answered would have waited longer than that: all waits count, but only those who left are divided by.
    Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data (censored exponential).
    """
    waited_s, gone = 0.0, 0
    for stay in stays:
        if stay.until_s is not None:
            waited_s += stay.until_s - stay.at_s
            gone += stay.ending == "gave_up"
    return (max(waited_s / gone, 1.0) if gone else None), gone


def patience_of(stays: Sequence[Stay], queue_id: str) -> Exponential:
    """Return the patience of a queue's customers, or of everybody's where too few gave up to tell, or assumed."""
    own_s, gone = mean_patience_s(stay for stay in stays if stay.queue_id == queue_id)
    if gone < ENOUGH:
        all_s, all_gone = mean_patience_s(stays)
        own_s = all_s if all_gone >= ENOUGH or own_s is None else own_s
    return Exponential(_assumed_s(stays, queue_id) if own_s is None else own_s)


def assumed_patience_s(stays: Sequence[Stay], queue_id: str) -> float | None:
    """Return the mean patience that is assumed because nobody ever gave up; None: it was learned."""
    return None if any(stay.ending == "gave_up" for stay in stays) else _assumed_s(stays, queue_id)


def _assumed_s(stays: Iterable[Stay], queue_id: str) -> float:
    """Customers who waited that long altogether and stayed are at least that patient on average."""
    waited_s = sum(stay.until_s - stay.at_s for stay in stays if stay.queue_id == queue_id and stay.until_s)
    return max(UNKNOWN_PATIENCE_S, waited_s)
