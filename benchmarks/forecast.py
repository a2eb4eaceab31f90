"""How far the forecast lies below "the same as last week" on invented years, over several seeds and places.

The years have level shifts, a weekly and a daily shape that drift, holidays with busy days after them, odd days,
overdispersion and Poisson noise. Every day is foretold from the days before it alone. Places with a few contacts
an hour are shown, too, but not held to the goal: chance alone is nearly all of their error. statsforecast is a
challenger if it happens to be installed. Run: `python -m benchmarks.forecast [--seeds 5] [--days 200]`.
"""

import argparse
import importlib.util
import sys
import time
from statistics import median

from warmline.domain.staffing.forecast.backtest import Backtest, Rest, backtest
from warmline.domain.staffing.forecast.invented import PLACES, invent
from warmline.features.staffing.challenger import challenge

GOAL = 0.20
HELD = ("bank", "shop", "helpdesk", "utility")
FIRST_SEED = 101
CHALLENGED, CHALLENGER_DAYS = ("bank",), 8  # some five seconds a day


def main() -> int:
    """Run and print; the exit code says whether the goal was met at every place that is held to it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--no-holidays", action="store_true", help="do not tell the model the country's holidays")
    given = parser.parse_args()
    met = True
    longest_s = 0.0
    for place in PLACES:
        country = "" if given.no_holidays else PLACES[place].country
        found: list[Backtest] = []
        for seed in range(FIRST_SEED, FIRST_SEED + given.seeds):
            series = invent(place, seed).series
            began = time.process_time()
            found.append(backtest(series, given.days, country))
            longest_s = max(longest_s, time.process_time() - began)
        print(line(place, found))
        met = met and (place not in HELD or median(one.gain for one in found) >= GOAL)
    if importlib.util.find_spec("statsforecast") is not None:
        for place in CHALLENGED:
            series = invent(place, FIRST_SEED).series
            ours = backtest(series, CHALLENGER_DAYS, PLACES[place].country).model.bucket
            theirs = challenge(series, CHALLENGER_DAYS)
            print(f"{place}: last {CHALLENGER_DAYS} days: model {ours:.1%}, statsforecast MSTL {theirs or 0:.1%}")
    else:
        print("statsforecast is not installed: its part, a comparison only, is left out")
    held = ", ".join(HELD)
    print(f"goal: {GOAL:.0%} below last week at {held} (median); slowest backtest {longest_s:.1f} s of CPU")
    return 0 if met else 1


def line(place: str, found: list[Backtest]) -> str:
    """Return what the backtests of one place found: medians, and the worst gain."""

    def middle(name: str) -> float:
        return median(getattr(one, name).bucket for one in found)

    gains = [one.gain for one in found]
    over_mean = [1 - one.model.bucket / one.mean_of_four.bucket for one in found]
    corrected = median(_better(one.intraday[1]) for one in found)
    return (
        f"{place}: WAPE per half hour: model {middle('model'):.1%}, last week {middle('last_week'):.1%}, "
        f"mean of four {middle('mean_of_four'):.1%}, Poisson floor {middle('floor'):.1%}; "
        f"{median(gains):.0%} below last week (worst seed {min(gains):.0%}), "
        f"{median(over_mean):.0%} below mean of four (worst {min(over_mean):.0%}); "
        f"80 % interval holds {median(one.bucket_coverage or 0.0 for one in found):.0%} of half hours, "
        f"{median(one.day_coverage or 0.0 for one in found):.0%} of days; "
        f"at half of the day its rest improves by {corrected:.0%}"
    )


def _better(rest: Rest) -> float:
    return 1 - rest.corrected / rest.morning if rest.corrected is not None and rest.morning else 0.0


if __name__ == "__main__":
    sys.exit(main())
