"""The demo's scripted customers as conversations kept with its journeys: held again before each publication."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID, uuid5

import asyncpg

from warmline.domain.journey.case import Case, Expectation, held
from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.rehearsal import Deed
from warmline.domain.journey.simulate_customers import Turn
from warmline.domain.journey.simulate_run import JourneyTest
from warmline.domain.journey.stage import EVERY, Library, Scenery, Staffing
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.designer.cases import written
from warmline.kernel.locale import LOCALES
from warmline_demo.content.catalogue import all_demo_prompts, library
from warmline_demo.content.company import TENANT_ID
from warmline_demo.content.rows import insert
from warmline_demo.content.scripts import TESTS

BEGINS_AT = datetime(2026, 11, 23, 2, tzinfo=UTC)  # a Monday, eleven in the morning in Seoul and Tokyo
STAFFING: dict[str, Staffing] = {"staffed": "staffed", "unstaffed": "unstaffed", "full": "full"}


def cases() -> list[Case]:
    """Return every scripted customer as a case that expects the same end, and the prompts of the same words."""
    own, platform = all_demo_prompts(), platform_prompts()
    texts = PromptSource({locale: {**platform[locale], **own[locale]} for locale in LOCALES})
    stage = Library(library(), texts, {}, lambda calendar, now: "open")
    return [_case(test, stage) for test in TESTS]


async def keep(
    connection: asyncpg.Connection,
    namespace: UUID,
    first: Collection[str],
    renewed: Collection[str],
    now: datetime,
) -> None:
    """Keep the cases of journeys published for the first time; renew those still kept of journeys that changed.

    One that somebody has changed stays as they wrote it.
    """
    if not first and not renewed:
        return
    for case in cases():
        case_id, document = uuid5(namespace, f"case:{case.name}"), written(case)
        if case.journey in first:
            row = {"id": case_id, "journey_id": case.journey, "name": case.name, "origin": "script",
                   "document": document, "created_at": now, "updated_at": now}  # fmt: skip
            await insert(connection, "journey_case", row)
        elif case.journey in renewed:
            await connection.execute(
                "UPDATE journey_case SET document = $3, version = version + 1, updated_at = $4"
                " WHERE tenant_id = $1 AND id = $2 AND document <> $3 AND NOT EXISTS (SELECT FROM audit a"
                " WHERE a.tenant_id = $1 AND a.action = 'journey.case_changed' AND a.detail->>'case' = $5)",
                TENANT_ID, case_id, document, now, str(case_id),
            )  # fmt: skip


def _case(test: JourneyTest, stage: Library) -> Case:
    setting = test.setting
    scenery = Scenery(
        BEGINS_AT,
        test.channel,
        test.locale,
        hours={EVERY: "open", **setting.hours},
        queues={queue: STAFFING[how] for queue, how in setting.queues.items()},
        announcements=setting.announcements,
        answers=setting.answers,
    )
    deeds = tuple(_deed(turn, spoken=test.channel == "voice") for turn in test.turns)
    case = Case(test.name, test.journey, scenery, deeds, Expectation(ends=test.ends))
    return Case(
        case.name, case.journey, scenery, deeds, Expectation(ends=test.ends, said=_said(case, test.says, stage))
    )


def _deed(turn: Turn, *, spoken: bool) -> Deed:
    keys = turn.say if spoken and turn.say is not None and turn.say.isdecimal() else None
    return Deed(say=None if keys else turn.say, tap=turn.tap, press=keys, silent=turn.silent, leave=turn.leave)


def _said(case: Case, phrases: tuple[str, ...], stage: Library) -> tuple[str, ...]:
    """Return the prompts that say these phrases, in their order."""
    left, found = list(phrases), list[str]()
    for line in held(case, stage).record:
        wanted = [phrase for phrase in left if phrase in line.text] if line.kind == "spoken" else []
        left = [phrase for phrase in left if phrase not in wanted]
        found += [line.name] if wanted else []
    if left:
        raise ValueError(f"{case.name}: nobody says {left}")
    return tuple(found)
