import math
import statistics

from warmline.domain.twin.randomness import derive, exp, exponentials, ln, luck, normals, stream


def test_logarithm_and_exponential_agree_with_mathematics_to_the_last_digits():
    for number in range(1, 3_000):
        x = number * 0.731e-3 if number % 2 else number * 1.9e5
        assert math.isclose(ln(x), math.log(x), rel_tol=1e-14, abs_tol=2e-15)
        y = (number - 1_500) * 0.05
        assert math.isclose(exp(y), math.exp(y), rel_tol=1e-13)


def test_the_same_purpose_gives_the_same_chance_for_ever():
    assert derive(1, "calls", "handle") == 10858723483251912249
    assert stream(1, "calls", "handle")() == 0.7270876136605576


def test_a_contacts_luck_is_the_published_generator():
    draw = luck(1234567)
    published = [6457827717110365317, 3203168211198807973]
    assert [draw(), draw()] == [(number >> 11) / 2**53 for number in published]


def test_purposes_do_not_share_their_chance():
    assert derive(1, "ab", "c") != derive(1, "a", "bc")
    assert derive(1, "a") != derive(2, "a")


def test_exponential_numbers_have_the_distribution_they_should():
    draws = exponentials(stream(3, "test"), 5e6)
    numbers = sorted(next(draws) for _ in range(20_000))
    furthest = max(abs((1 - math.exp(-x / 5e6)) - (rank + 0.5) / 20_000) for rank, x in enumerate(numbers))
    assert furthest < 1.63 / math.sqrt(20_000)  # Kolmogorov and Smirnov at 1 %
    assert numbers[0] >= 0


def test_normal_numbers_have_the_distribution_they_should():
    draws = normals(stream(4, "test"))
    numbers = sorted(next(draws) for _ in range(20_000))
    normal = statistics.NormalDist()
    furthest = max(abs(normal.cdf(x) - (rank + 0.5) / 20_000) for rank, x in enumerate(numbers))
    assert furthest < 1.63 / math.sqrt(20_000)


def test_a_contacts_luck_is_spread_evenly():
    draws = [luck(number)() for number in range(10_000)]
    assert abs(statistics.mean(draws) - 0.5) < 0.012
    assert all(0 <= draw < 1 for draw in draws)
