"""A house with two designers, the real checker, and a shop's greeting in three languages."""

from uuid import UUID

import pytest
from tests.features.conftest import People
from tests.features.journeys.conftest import PLATFORM, TASKS

from warmline.domain.journey.checker import check
from warmline.features.designer.drafts import Drafts
from warmline.features.journeys.service import Journeys
from warmline.features.security.audit import Actor
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

HI: dict[Locale, str] = {"ko": "안녕하세요", "ja": "こんにちは", "en": "Hello"}


@pytest.fixture
async def journeys(database: Database) -> Journeys:
    async def signal(tenant_id: str, name: str, payload: str) -> None:
        assert (tenant_id, name) == ("onda", "settings"), payload

    made = Journeys(database, check, PLATFORM, TASKS, signal)
    for key in ("hello.hi", "hello.bye", "hello.open"):
        await made.put_prompt("onda", Actor("setup"), key, "written", HI)
    return made


@pytest.fixture
def drafts(database: Database, journeys: Journeys) -> Drafts:
    return Drafts(database, journeys)


@pytest.fixture
def mina(people: People) -> Actor:
    return Actor("Designer of Onda", people["onda", "designer"])


@pytest.fixture
def ken(people: People) -> Actor:
    return Actor("Admin of Onda", people["onda", "admin"])


def said(*prompts: str) -> list[dict[str, object]]:
    return [{"step": "say", "prompt": one} for one in prompts]


def hello(*prompts: str, **changes: object) -> dict[str, object]:
    """A journey that says something and ends, explained."""
    end = {"step": "end", "prompt": "hello.bye", "reason": "message_taken"}
    return {
        "id": "hello",
        "on_error": [end],
        "sections": {"start": [*said(*prompts), {"step": "goto", "section": "agent"}], "agent": [end]},
        **changes,
    }


def id_of(actor: Actor) -> UUID:
    assert actor.agent_id is not None
    return actor.agent_id
