"""A guide goes on until it waits for its agent, whatever the backends it asks do."""

import asyncio
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import pytest
from tests.domain.journey.conftest import Surroundings

from warmline.domain.journey.document import End, Invoke, Journey, Reason, Show, Step
from warmline.domain.journey.interface import Facts, Finished, RunTask, Speak, Started
from warmline.domain.journey.machine import begin
from warmline.features.guides.play import MOST_TASKS, Player, Way
from warmline.ports.connector import TaskContext, TaskHandler

NOW = datetime(2026, 1, 5, tzinfo=UTC)
CONTACT = UUID(int=7)
SORRY = (End("sorry", "message_taken"),)


def guide(*steps: Step, timeout_s: float = 5) -> Journey:
    away = (Show("away", next="go"),)
    asked = Invoke("shop.quote", "quote", away, result=("price",), retries=0, timeout_s=timeout_s)
    return Journey("g", SORRY, {"start": (Reason("refund"), asked, *steps, End("done"))}, kind="guide")


async def played(journey: Journey, tasks: dict[str, TaskHandler]) -> tuple[Way, list[BaseException]]:
    reported: list[BaseException] = []
    player = Player(tasks, lambda _, failure: reported.append(failure), lambda: NOW)
    around = cast(Facts, Surroundings([journey], {}))
    way = await player.play("onda", CONTACT, begin("g", 1, "en", {}), Started(), around)
    return way, reported


def cards(way: Way) -> list[str]:
    return [one.prompt for one in way.commands if isinstance(one, Speak)]


async def test_a_backends_answer_leads_on_to_the_next_card_and_the_reason_is_known():
    async def quote(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        return {"price": 12}

    way, reported = await played(guide(Show("card", next="go")), {"shop.quote": quote})
    assert (cards(way), way.reason, way.tasks, way.worked) == (["card"], "refund", 1, True)
    assert reported == []


@pytest.mark.parametrize("way_out", ["unknown", "bug"])
async def test_a_backend_nobody_knows_or_that_breaks_leaves_the_guides_own_way_out(way_out: str):
    async def broken(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        raise ZeroDivisionError

    way, reported = await played(guide(), {} if way_out == "unknown" else {"shop.quote": broken})
    assert cards(way) == ["away"]
    assert len(reported) == (way_out == "bug"), "what nobody foresaw is reported"


async def test_a_backend_that_never_answers_is_given_up_in_time():
    async def never(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    way, _ = await played(guide(timeout_s=0.05), {"shop.quote": never})
    assert cards(way) == ["away"]


async def test_a_guide_that_asks_backends_forever_is_stopped():
    calls: list[str] = []

    async def counted(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        calls.append(context.task_id)
        return {"price": 1}

    asked = tuple(
        Invoke("shop.quote", "quote", SORRY, result=("price",), retries=0) for _ in range(MOST_TASKS + 5)
    )
    journey = Journey("g", SORRY, {"start": (*asked, End("done"))}, kind="guide")
    way, _ = await played(journey, {"shop.quote": counted})
    assert len(calls) == MOST_TASKS
    assert len(set(calls)) == MOST_TASKS, "each under a key of its own"
    assert not any(isinstance(one, Finished) for one in way.commands)
    assert sum(isinstance(one, RunTask) for one in way.commands) == MOST_TASKS + 1
