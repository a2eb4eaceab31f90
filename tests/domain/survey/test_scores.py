"""Survey scores as customers write them."""

import pytest

from warmline.domain.survey.scores import csat_share, net_promoters, read_score, scale


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5), ("５", 5), ("4점이요", 4), ("3点です", 3), ("4/5", 4), ("2 stars", 2), ("★★★☆☆", 3), ("⭐⭐", 2),
        ("6", None), ("0", None), ("great", None), ("", None), ("☆", None), ("3 or 4", None),
    ],
)  # fmt: skip
def test_a_satisfaction_score_is_one_to_five(text: str, score: int | None) -> None:
    assert read_score(text, "csat") == score


def test_a_recommendation_score_is_nought_to_ten() -> None:
    assert [read_score(text, "nps") for text in ("0", "10", "11")] == [0, 10, None]
    assert scale("nps") == (0, 10)


def test_scores_are_summed_up_by_their_definitions() -> None:
    assert csat_share([5, 4, 3, 1]) == 0.5
    assert net_promoters([10, 9, 8, 3]) == 0.25
    assert csat_share([]) is None
    assert net_promoters([]) is None
