"""The oracle is worth something only if it notices: engines with one mistake each, all of which must be caught."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.routing.test_engine_oracle import Routing
from warmline.domain.routing.engine import Engine


class ForgetsRings(Engine):
    """Nobody is woken when a waiting contact reaches its next ring or a seat's delay."""

    def _watch(self, line, now_us):
        pass


class WidensHeadsOnly(Engine):
    """When the clock jumps, only heads of lines are widened, nobody behind them."""

    def _seat_all(self, places, now_us, matches):
        for place in sorted(places, key=lambda place: place.order):
            self._seat(place, now_us, matches)


class KeepsAgentsBackForEver(Engine):
    """Who was refused a kept agent is forgotten."""

    def _refused(self):
        super()._refused()
        return []


class LeavesLosersIdle(Engine):
    """Agents who rang in vain are free, but nobody looks for work for them."""

    def _serve_all(self, freed, now_us, matches):
        super()._serve_all(list(freed)[:-1], now_us, matches)


class WeighsNothing(Engine):
    """Waiting counts the same in every queue."""

    def _most_urgent(self, heads, now_us):
        best = min(heads, key=lambda head: head[:3], default=None)
        return None if best is None else best[3]


class InterruptsNothing(Engine):
    """A call has to wait for mail to be done."""

    def _join(self, agent, idle_since_us, now_us):
        hand = super()._join(agent, idle_since_us, now_us)
        hand.home.room._ignored.clear()
        self._hands.refresh(hand)
        return hand


class LosesAge(Engine):
    """A contact put back by its last decline starts to wait anew."""

    def _queue_again(self, contact, known, entered_us, now_us, matches):
        super()._queue_again(contact, known, None if entered_us is None else now_us, now_us, matches)


MUTANTS = [
    ForgetsRings, WidensHeadsOnly, KeepsAgentsBackForEver, LeavesLosersIdle, WeighsNothing, InterruptsNothing,
    LosesAge,
]  # fmt: skip
SEARCH = settings(
    max_examples=1_000, stateful_step_count=60, deadline=None, derandomize=True, database=None,
    phases=[Phase.generate],
)  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_an_engine_with_one_mistake_is_found_out(mutant):
    class Mistaken(Routing):
        make = mutant

    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(Mistaken, settings=SEARCH)
