"""Web, worker and database are killed under twenty running calls: nobody is cut off, nobody hears silence."""

import shutil
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.e2e.voice_house import PHONE_EXTENSION

from chaos.voice_kills import (
    BRIDGED,
    SILENCE_AT_MOST_S,
    WAITING,
    Crowd,
    Victim,
    struck,
    twenty_calls,
)

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng to speak"),
]
KEPT_AT_LEAST = 0.99


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowd() -> AsyncIterator[Crowd]:
    async with twenty_calls() as crowd:
        yield crowd


@pytest.mark.parametrize("victim", ["web", "worker", "database"])
async def test_running_calls_stay_audible_while_a_process_is_killed_and_those_in_line_keep_their_place(
    crowd: Crowd, victim: Victim
):
    figures = await struck(crowd, victim)
    assert figures.share >= KEPT_AT_LEAST, figures.wrong
    assert figures.longest_gap_s <= SILENCE_AT_MOST_S
    assert figures.ears >= 2 * BRIDGED + WAITING

    # Whoever has waited longest is next, and is heard at once.
    await crowd.all_queued()
    talked = next(iter(crowd.talks))
    caller, phone = crowd.talks.pop(talked)
    crowd.ears = [one for one in crowd.ears if one.person not in (caller, phone)]
    await crowd.agent.finishes(talked)
    await caller.until_ended()
    await phone.until_ended()
    longest, waited = crowd.line.pop(0)
    assert await crowd.agent.accepts() == longest
    waited.peer.say(3000)
    phone = await crowd.street.picks_up(PHONE_EXTENSION, 3400)
    await waited.hears(3400)
    await phone.hears(3000)
    crowd.ears = [one for one in crowd.ears if one.person is not waited]
