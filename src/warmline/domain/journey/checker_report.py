"""What the checker says: problems with a readable, replayable path, and how much it covered."""

from msgspec import Struct

from warmline.domain.journey.checker_words import Cause, sentence
from warmline.domain.journey.checker_words_paths import REPORT
from warmline.kernel.locale import Locale

FAULT = "fault"  # the name of a stimulus that is a fault on purpose
WRITTEN, SPOKEN = "webchat", "voice"  # the channels that a journey is proved on


class Stimulus(Struct, frozen=True, omit_defaults=True):
    """One thing that happens on a path, enough to replay it.

    `kind`: start, say, tap, form (the button `text`, the entries `result`), silence (timer `name` fires),
    task (`outcome`, `result`), voicemail (`outcome`: recorded or nothing), connect, hang_up.
    `result` of the first one: what the parameters of the journey are, as far as they are not merely unknown.
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

    cause: Cause
    journey: str
    section: str
    path: tuple[Stimulus, ...] = ()
    locale: Locale = "en"  # in which it is told
    transcript: tuple[str, ...] = ()
    channel: str = WRITTEN  # on which it shows
    trail: tuple[str, ...] = ()  # the blocks entered on the path, in order: `journey#section/2/then`

    @property
    def code(self) -> str:
        return self.cause.code

    @property
    def text(self) -> str:
        """What is wrong."""
        text = sentence(self.cause, self.locale)[0]
        return REPORT["by_telephone"][self.locale].format(text=text) if self.channel == SPOKEN else text

    @property
    def fix(self) -> str:
        """What to do."""
        return sentence(self.cause, self.locale)[1]


class Report(Struct, frozen=True):
    """The verdict on a journey and everything it can reach, told in `locale`."""

    journey: str
    problems: tuple[Problem, ...]
    states: int
    transitions: int
    paths: int  # explained ends that were reached, each by its shortest path
    journeys: tuple[str, ...]  # the journeys and modules that were explored
    complete: bool  # false: the bound on states was hit, which is itself a problem
    locale: Locale = "en"
    warnings: tuple[Problem, ...] = ()  # what works, yet is hard on people: no reason to refuse
    versions: dict[str, int] = {}  # of journeys that were not taken in their newest version

    @property
    def told_versions(self) -> str:
        """The versions in place of the newest, as people name them: `refund v3`."""
        return ", ".join(f"{name} v{version}" for name, version in sorted(self.versions.items()))

    @property
    def ok(self) -> bool:
        return not self.problems

    def lines(self) -> list[str]:
        """Return the report as a person reads it in a terminal."""
        covered = REPORT["covered"][self.locale].format(
            states=self.states, transitions=self.transitions, paths=self.paths, journeys=len(self.journeys)
        )
        verdict = REPORT["ok" if self.ok else "refused"][self.locale]
        found = [verdict.format(journey=self.journey, count=len(self.problems), covered=covered)]
        if self.versions:
            found.append(REPORT["compared"][self.locale].format(versions=self.told_versions))
        for number, problem in enumerate(self.problems, 1):
            found.append(f"{number}. [{problem.code}] {problem.journey} › {problem.section}: {problem.text}")
            found.append(f"   {problem.fix}")
            found += [f"   │ {line}" for line in problem.transcript]
        for warning in self.warnings:
            told = REPORT["warning"][self.locale].format(text=warning.text)
            found.append(f"[{warning.code}] {warning.journey} › {warning.section}: {told} {warning.fix}")
        return found
