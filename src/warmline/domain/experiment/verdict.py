"""What a comparison of two versions says, and when it may say it."""

from collections.abc import Sequence
from typing import Literal, get_args

from msgspec import Struct

from warmline.domain.experiment.assignment import Arm
from warmline.domain.experiment.evidence import p_of
from warmline.domain.experiment.intervals import Interval, newcombe, wilson

ALPHA = 0.05
Verdict = Literal["undecided", "a_better", "b_better", "no_difference"]
Metric = Literal["contained", "satisfied", "short"]
METRICS: tuple[Metric, ...] = get_args(Metric)


class ArmFigures(Struct, frozen=True):
    """One version's contacts whose outcome is settled, and how many of them went well."""

    contacts: int
    successes: int
    rate: float | None
    interval: Interval


class Comparison(Struct, frozen=True):
    """Both versions, their difference (b minus a), and what may be said of it.

    `p` holds however often one looks; `difference_interval` only for one look.
    """

    a: ArmFigures
    b: ArmFigures
    difference: float | None
    difference_interval: Interval
    p: float
    verdict: Verdict


def compare(outcomes: Sequence[tuple[Arm, bool]], *, share: float, base: float, needed: int) -> Comparison:
    """Judge settled contacts in the order in which they began.

    A version is better once the always-valid p reaches 0.05, whenever that is. That no difference was found is
    said only when as many contacts as were `needed` are settled; before, nothing is.
    """
    a, b = _figures(outcomes, "a"), _figures(outcomes, "b")
    difference = None if a.rate is None or b.rate is None else b.rate - a.rate
    p = p_of(outcomes, share, base)
    verdict: Verdict = "undecided"
    if p <= ALPHA and difference is not None and difference != 0:
        verdict = "b_better" if difference > 0 else "a_better"
    elif len(outcomes) >= needed:
        verdict = "no_difference"
    interval = newcombe(a.successes, a.contacts, b.successes, b.contacts)
    return Comparison(a, b, difference, interval, p, verdict)


def _figures(outcomes: Sequence[tuple[Arm, bool]], arm: Arm) -> ArmFigures:
    settled = [success for one, success in outcomes if one == arm]
    contacts, successes = len(settled), sum(settled)
    return ArmFigures(contacts, successes, successes / contacts if contacts else None, wilson(successes, contacts))
