"""A typed Python task behaves like any backend operation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from msgspec import Struct

from warmline.domain.journey.tasks import AnswerField
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import TaskContext
from warmline.ports.python_task import PythonTask, unique

ANY_CONTACT = UUID(int=1)


class Ask(Struct):
    customer: str
    year: int = 2026


class Points(Struct):
    points: int
    tier: str


@dataclass
class Context:
    tenant_id: str = "onda"
    contact_id: UUID = ANY_CONTACT
    task_id: str = "j.1"
    attempt: int = 1


async def _points(context: TaskContext, args: Ask) -> Points:
    return Points(points=len(args.customer) * args.year, tier=context.tenant_id)


LOYALTY = PythonTask("loyalty.points", Ask, Points, _points)


async def test_arguments_and_result_travel_as_plain_json():
    assert await LOYALTY.handler()(Context(), {"customer": "ab"}) == {"points": 4052, "tier": "onda"}


def test_the_checker_learns_what_it_answers():
    assert LOYALTY.fields == ("points", "tier")


async def test_arguments_that_do_not_fit_fail_without_telling_what_they_were():
    with pytest.raises(ProviderFailed, match=r"loyalty\.points") as caught:
        await LOYALTY.handler()(Context(), {"customer": "kim", "year": "010-1234-5678"})
    assert not caught.value.retryable
    assert "010" not in str(caught.value)


def test_two_tasks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two installed packages"):
        unique([LOYALTY, LOYALTY])  # pyright: ignore


class Tier(Struct):
    name: str
    until: date | None = None
    score: int | str = 0


def test_the_checker_learns_kinds_and_what_may_be_missing_from_the_types():
    async def run(context: TaskContext, args: Ask) -> Tier:
        return Tier(args.customer)

    spec = PythonTask("loyalty.tier", Ask, Tier, run, impersonal=("year",), secret=("customer",)).spec
    assert spec.answers == (
        {
            "name": AnswerField("text"),
            "until": AnswerField("date", optional=True),
            "score": AnswerField("unknown"),
        },
    )
    assert (spec.required, spec.optional, spec.impersonal) == ({"customer"}, {"year"}, {"year"})
    assert spec.secret == {"customer"}
