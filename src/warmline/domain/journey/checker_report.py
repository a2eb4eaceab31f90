"""What the checker says: problems with a readable, replayable path, and how much it covered."""

from msgspec import Struct


class Stimulus(Struct, frozen=True, omit_defaults=True):
    """One thing that happens on a path, enough to replay it.

    `kind`: start, say, tap, silence (timer `name` fires), task (`outcome`, `result`), connect, hang_up.
    `world`: the answers the surroundings gave during it, in order (hours, queue, announcement).
    """

    kind: str
    text: str = ""
    name: str = ""
    outcome: str = ""
    result: dict[str, object] = {}
    world: tuple[str, ...] = ()


class Problem(Struct, frozen=True, omit_defaults=True):
    """One reason not to publish. `path` is empty for problems that need no path to be seen."""

    code: str
    journey: str
    section: str
    text: str
    fix: str
    path: tuple[Stimulus, ...] = ()
    transcript: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """The verdict on a journey and everything it can reach."""

    journey: str
    problems: tuple[Problem, ...]
    states: int
    transitions: int
    paths: int  # explained ends that were reached, each by its shortest path
    journeys: tuple[str, ...]  # the journeys and modules that were explored
    complete: bool  # false: the bound on states was hit, which is itself a problem

    @property
    def ok(self) -> bool:
        return not self.problems

    def lines(self) -> list[str]:
        """Return the report as a person reads it in a terminal."""
        covered = (
            f"{self.states} states, {self.transitions} steps, {self.paths} ends over {len(self.journeys)} journeys"
        )
        if self.ok:
            return [f"{self.journey}: every path ends explained ({covered})."]
        found = [f"{self.journey}: cannot be published, {len(self.problems)} problem(s) ({covered})."]
        for number, problem in enumerate(self.problems, 1):
            found.append(f"{number}. [{problem.code}] {problem.journey} › {problem.section}: {problem.text}")
            found.append(f"   {problem.fix}")
            found += [f"   │ {line}" for line in problem.transcript]
        return found
