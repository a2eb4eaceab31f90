"""What is asked of the twin, and the one place where it is carried out: same code for terminal, API and tests."""

import datetime as dt
from typing import Literal

import msgspec
from msgspec import Struct

from warmline.features.twin.changes import Changes, within
from warmline.features.twin.changes import check as check_changes
from warmline.features.twin.comparing import Comparison, what_if
from warmline.features.twin.day import Day
from warmline.features.twin.needing import Goal, Need, check_goal, staff
from warmline.features.twin.replaying import Calibration, replay
from warmline.features.twin.running import Watcher

RUNS_AT_MOST = 200
SEED_AT_MOST = 2**53
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
Source = Literal["recorded", "forecast"]
Report = Calibration | Comparison | Need


class Question(Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """What all questions share. The same seed gives the same answer on any machine."""

    date: dt.date
    runs: int = 20
    seed: int = 1


class Replay(Question, frozen=True, tag="replay", omit_defaults=True):
    """How well does the twin's day agree with the real one?"""

    exact: bool = False


class WhatIf(Question, frozen=True, tag="what_if", omit_defaults=True):
    """What would these changes have done, or do to a day that is forecast?"""

    changes: Changes = Changes()
    source: Source = "recorded"


class Staff(Question, frozen=True, tag="staff", omit_defaults=True):
    """How few agents would do?"""

    goal: Goal = Goal()
    changes: Changes = Changes()
    source: Source = "recorded"


AnyQuestion = Replay | WhatIf | Staff


class Work(Struct, frozen=True):
    """A question with the day it is about: all that a process of its own needs."""

    question: AnyQuestion
    day: Day
    beside: Day | None = None  # what if: the day as it is, where `day` was described; None: `day` itself
    alone: bool = False  # what if: nothing is known to compare the described day with


def check(question: AnyQuestion) -> None:
    """Raise Refused for what no day can answer: more runs than anybody waits for, times that make no sense."""
    within("day", question.date, FIRST_DAY, LAST_DAY)
    within("runs", question.runs, 1, RUNS_AT_MOST)
    within("seed", question.seed, 0, SEED_AT_MOST)
    if not isinstance(question, Replay):
        check_changes(question.changes)
    if isinstance(question, Staff):
        check_goal(question.goal)


def carry_out(work: Work, watcher: Watcher) -> Report | None:
    """Answer the question; None when it was stopped before anything was known. Raises Refused."""
    check(work.question)
    match work.question:
        case Replay(_, runs, seed, exact):
            return replay(work.day, runs, seed, watcher, exact=exact)
        case WhatIf(_, runs, seed, changes, _):
            return what_if(work.day, changes, runs, seed, watcher, beside=work.beside, alone=work.alone)
        case Staff(_, runs, seed, goal, changes, _):
            return staff(work.day, goal, runs, seed, watcher, changes=changes)


def encode(report: Report) -> bytes:
    """Return the report as JSON, the same bytes for the same figures."""
    return msgspec.json.encode(report, order="deterministic")
