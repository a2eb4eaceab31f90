import pytest

from warmline.domain.twin.student import t_quantile, t_share


@pytest.mark.parametrize(
    ("share", "freedom", "t"),
    [
        (0.975, 1, 12.706205),
        (0.975, 2, 4.302653),
        (0.975, 5, 2.570582),
        (0.95, 9, 1.833113),
        (0.975, 10, 2.228139),
        (0.995, 29, 2.756386),
        (0.975, 120, 1.979930),
    ],
)  # fmt: skip
def test_quantiles_are_those_of_the_printed_tables(share: float, freedom: int, t: float):
    assert t_quantile(share, freedom) == pytest.approx(t, abs=1e-6)
    assert t_share(t, freedom) == pytest.approx(share, abs=1e-7)


def test_half_of_all_lie_below_zero():
    assert t_share(0, 7) == 0.5
    assert t_quantile(0.5, 7) == pytest.approx(0, abs=1e-9)
