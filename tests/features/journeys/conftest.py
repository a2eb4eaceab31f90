"""A designer's desk with the real checker and the platform's prompts."""

from importlib.resources import files

import pytest

from warmline.domain.journey.checker import check
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.tasks import always
from warmline.features.journeys.service import Journeys
from warmline.kernel.locale import LOCALES, Locale
from warmline.runtime.database import Database

PLATFORM: dict[Locale, dict[str, str]] = {
    one: parse_catalogue((files("warmline") / "prompts" / f"{one}.toml").read_text(encoding="utf-8"))
    for one in LOCALES
}
TASKS = {"orders.find": always(("status",))}


@pytest.fixture
def signals() -> list[tuple[str, str, str]]:
    return []


@pytest.fixture
async def journeys(database: Database, signals: list[tuple[str, str, str]]) -> Journeys:
    async def signal(tenant_id: str, name: str, payload: str) -> None:
        signals.append((tenant_id, name, payload))

    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO queue (tenant_id, id, name) VALUES ('onda', 'orders', '{}')")
    return Journeys(database, check, PLATFORM, TASKS, signal)


def greeting(*, kind: str = "journey", **changes: object) -> dict[str, object]:
    """A journey that says hello and ends, explained."""
    document: dict[str, object] = {
        "id": "hello",
        "on_error": [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}],
        "sections": {
            "start": [{"step": "say", "prompt": "hello.hi"}, {"step": "goto", "section": "agent"}],
            "agent": [{"step": "end", "prompt": "hello.bye", "reason": "message_taken"}],
        },
    }
    if kind != "journey":
        document["kind"] = kind
    return document | changes
