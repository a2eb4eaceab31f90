"""Survey scores: their scales, how people write them, and what a set of them means."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Metric = Literal["csat", "nps"]

_SCALES: dict[Metric, tuple[int, int]] = {"csat": (1, 5), "nps": (0, 10)}
_WRITTEN = re.compile(
    r"(?:score|rating|점수는|点数は)?\s*(\d{1,2})\s*(?:점|点|stars?|points?|/\s*\d{1,2})?"
    r"\s*(?:입니다|이에요|이요|점이요|요|です)?\s*[.!。]?"
)
_STAR = re.compile(r"[★⭐](?:\ufe0f)?")


def scale(metric: Metric) -> tuple[int, int]:
    """Return the lowest and highest score of a metric."""
    return _SCALES[metric]


def read_score(text: str, metric: Metric) -> int | None:
    """Return the score the whole text gives ("5", "５점", "4/5", "★★★"), or None."""
    stars = text.strip()
    if stars and not _STAR.sub("", stars).strip("☆ "):
        score = len(_STAR.findall(stars))
    else:
        written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
        if written is None:
            return None
        score = int(written.group(1))
    low, high = _SCALES[metric]
    return score if low <= score <= high else None


def csat_share(scores: Sequence[int]) -> float | None:
    """Return the share (0 to 1) of satisfied answers, 4 and 5, or None without answers."""
    return sum(score >= 4 for score in scores) / len(scores) if scores else None


def net_promoters(scores: Sequence[int]) -> float | None:
    """Return promoters (9, 10) less detractors (0 to 6) as a share from -1 to 1, or None without answers."""
    if not scores:
        return None
    return (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / len(scores)
