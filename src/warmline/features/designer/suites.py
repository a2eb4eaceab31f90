"""All conversations kept with a journey, held again: in the designer, before every publication, and in builds."""

import asyncio
import time
from collections.abc import Sequence

from msgspec import Struct

from warmline.domain.journey.case import Coverage, Verdict, coverage, judged
from warmline.domain.journey.case_words import report, why
from warmline.domain.journey.document import Journey
from warmline.domain.journey.stage import Library
from warmline.domain.journey.wandering import Found, wanderers
from warmline.features.designer.cases import Cases, KeptCase
from warmline.features.designer.simulator import Libraries
from warmline.features.journeys.proof import Ground, leading_through
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import Locale

CASE_FAILS = declare(
    "journeys.case_fails",
    409,
    "The saved conversation “{case}” of {journey} no longer comes out as expected: {why}.",
    "Read the conversation, correct the journey or what is expected of it, and publish again.",
)
AT_ONCE = 1


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
    """Runs the cases of journeys, off the loop, one suite at a time."""

    def __init__(self, libraries: Libraries, cases: Cases) -> None:
        self._libraries = libraries
        self._cases = cases
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def run(self, tenant_id: str, journey: Journey) -> Ran:
        """Hold every conversation kept with a journey, with this draft of it."""
        ground = await self._libraries.ground(tenant_id)
        library = await self._libraries.of(tenant_id, ground, journey)
        kept = await self._cases.all(tenant_id, [journey.id])
        async with self._turn:
            verdicts, took_s = await asyncio.to_thread(_judged, kept, library)
        return Ran(tuple(zip(kept, verdicts, strict=True)), coverage(journey, verdicts), took_s)

    async def gate(self, tenant_id: str, ground: Ground, journey: Journey, locale: Locale) -> None:
        """Let a journey through to publication if every conversation with it comes out as expected.

        So must those with the journeys that lead through it. Raises Refused `journeys.case_fails`.
        """
        library = await self._libraries.of(tenant_id, ground, journey)
        concerned = [journey.id, *leading_through(journey.id, dict(library.journeys))]
        kept = await self._cases.all(tenant_id, concerned)
        async with self._turn:
            verdicts, _ = await asyncio.to_thread(_judged, kept, library)
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
        """Let random customers talk; return those who came where neither they nor kept cases had been."""
        ground = await self._libraries.ground(tenant_id)
        library = await self._libraries.of(tenant_id, ground, journey)
        kept = await self._cases.all(tenant_id, [journey.id])
        async with self._turn:
            return await asyncio.to_thread(_generated, journey, kept, library, count, seed, channel)


def _judged(kept: Sequence[KeptCase], library: Library) -> tuple[list[Verdict], float]:
    began = time.perf_counter()
    verdicts = [judged(one.case, library) for one in kept]
    return verdicts, time.perf_counter() - began


def _generated(
    journey: Journey, kept: Sequence[KeptCase], library: Library, count: int, seed: int, channel: str | None
) -> list[Found]:
    met = frozenset(block for one in kept for block in judged(one.case, library).entered)
    return list(wanderers(journey.id, library, count, seed, channel, met))
