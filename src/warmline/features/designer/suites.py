"""All conversations kept with a journey, held again: in the designer, before every publication, and in builds."""

import time
from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.journey.case import Coverage, Verdict, coverage, judged
from warmline.domain.journey.case_words import report, why
from warmline.domain.journey.document import Journey
from warmline.domain.journey.stage import Library
from warmline.domain.journey.wandering import Found, wanderers
from warmline.features.designer.cases import Cases, KeptCase
from warmline.features.designer.limits import Progress, limited
from warmline.features.designer.simulator import Libraries
from warmline.features.journeys.proof import Ground, leading_through
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import Locale
from warmline.runtime.turns import Turns

CASE_FAILS = declare(
    "journeys.case_fails",
    409,
    "The saved conversation “{case}” of {journey} no longer comes out as expected: {why}.",
    "Read the conversation, correct the journey or what is expected of it, and publish again.",
)
SUITE_TOO_LONG = declare(
    "designer.suite_too_long",
    409,
    "The {total} saved conversations take longer than {seconds} seconds; {done} of them were held.",
    "Nothing was published. Delete conversations that say nothing new, or try again when the machine is less"
    " busy.",
)
CUSTOMERS_TOO_LONG = declare(
    "designer.customers_too_long",
    409,
    "The {total} random customers take longer than {seconds} seconds; {done} of them were heard.",
    "Let fewer of them talk, or try again when the machine is less busy.",
)
AT_ONCE = 1
SUITE_AT_MOST_S = 60.0
CUSTOMERS_AT_MOST_S = 60.0


class Ran(Struct, frozen=True):
    """Results of all cases, and which blocks of the journey they entered."""

    results: tuple[tuple[KeptCase, Verdict], ...]
    coverage: Coverage
    took_s: float  # of real time, for all of them

    @property
    def per_minute(self) -> float:
        """Conversations a minute, at the pace of this run."""
        return 60 * len(self.results) / self.took_s if self.took_s > 0 else 0.0


class Suites:
    """Runs the cases of journeys, off the loop, one suite at a time, every company in its turn."""

    def __init__(
        self,
        libraries: Libraries,
        cases: Cases,
        suite_at_most_s: float = SUITE_AT_MOST_S,
        customers_at_most_s: float = CUSTOMERS_AT_MOST_S,
    ) -> None:
        self._libraries = libraries
        self._cases = cases
        self._suite_at_most_s = suite_at_most_s
        self._customers_at_most_s = customers_at_most_s
        self._turns = Turns(AT_ONCE)

    async def run(self, tenant_id: str, journey: Journey) -> Ran:
        """Hold every conversation kept with a journey, with this draft of it.

        Raises Refused `designer.suite_too_long`, `designer.no_turn`.
        """
        ground = await self._libraries.ground(tenant_id)
        library = await self._libraries.of(tenant_id, ground, journey)
        kept = await self._cases.all(tenant_id, [journey.id])
        verdicts, took_s = await self._held(tenant_id, kept, library)
        return Ran(tuple(zip(kept, verdicts, strict=True)), coverage(journey, verdicts), took_s)

    async def gate(self, tenant_id: str, ground: Ground, journey: Journey, locale: Locale) -> None:
        """Let a journey through to publication if every conversation with it comes out as expected.

        So must those with the journeys that lead through it. Raises Refused `journeys.case_fails`,
        `designer.suite_too_long`, `designer.no_turn`.
        """
        library = await self._libraries.of(tenant_id, ground, journey)
        concerned = [journey.id, *leading_through(journey.id, dict(library.journeys))]
        kept = await self._cases.all(tenant_id, concerned)
        verdicts, _ = await self._held(tenant_id, kept, library)
        for one, verdict in zip(kept, verdicts, strict=True):
            if verdict.failure is not None:
                raise Refused(
                    CASE_FAILS,
                    case=one.case.name,
                    case_id=str(one.id),
                    journey=one.case.journey,
                    why=why(verdict.failure, locale),
                    report="\n".join(report(verdict, locale)),
                )

    async def generate(
        self, tenant_id: str, journey: Journey, count: int, seed: int, channel: str | None
    ) -> list[Found]:
        """Let random customers talk; return those who came where neither they nor kept cases had been.

        Raises Refused `designer.customers_too_long`, `designer.no_turn`.
        """
        ground = await self._libraries.ground(tenant_id)
        library = await self._libraries.of(tenant_id, ground, journey)
        kept = await self._cases.all(tenant_id, [journey.id])

        def work(progress: Progress) -> list[Found]:
            met = {block for one in kept for block in judged(one.case, library).entered}
            return list(wanderers(journey.id, library, count, seed, channel, frozenset(met), progress.step))

        return await limited(
            self._turns, tenant_id, work, self._customers_at_most_s, total=count, too_long=CUSTOMERS_TOO_LONG
        )

    async def _held(
        self, tenant_id: str, kept: Sequence[KeptCase], library: Library
    ) -> tuple[list[Verdict], float]:
        return await limited(
            self._turns,
            tenant_id,
            lambda progress: _judged(kept, library, progress),
            self._suite_at_most_s,
            total=len(kept),
            too_long=SUITE_TOO_LONG,
        )


def _judged(kept: Sequence[KeptCase], library: Library, progress: Progress) -> tuple[list[Verdict], float]:
    began = time.perf_counter()
    verdicts: list[Verdict] = []
    for one in kept:
        progress.step()
        verdicts.append(judged(one.case, library))
    return verdicts, time.perf_counter() - began
