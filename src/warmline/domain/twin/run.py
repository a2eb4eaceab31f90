"""One run of a world from beginning to end, with somebody watching who may stop it."""

from collections.abc import Callable

from warmline.domain.twin.result import Result, read
from warmline.domain.twin.ruled import simulation_of
from warmline.domain.twin.world import World

EVENTS_A_STEP = 5_000

Progress = Callable[[float], bool]  # the share done, 0 to 1; return False to stop


class Stopped(Exception):
    """Whoever follows the progress did not want to see the end."""


def simulate(world: World, seed: int, until_s: float, progress: Progress | None = None) -> Result:
    """Run the world for `until_s`. Raises Stopped when `progress` returns False, Refused for a poor world."""
    simulation = simulation_of(world, seed, until_s)
    while simulation.step(EVENTS_A_STEP):
        if progress is not None and not progress(simulation.share):
            raise Stopped
    return read(simulation)
