"""A shop whose front journey has three versions, the second unsound, and somebody who compares them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest_asyncio
from msgspec.structs import replace

from house import FRONT, House, build
from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.contact.model import Contact
from warmline.domain.journey.checker import check
from warmline.domain.journey.document import Say
from warmline.features.contacts.settings_store import platform_prompts
from warmline.features.experiments.service import Experiments
from warmline.features.journeys.service import Journeys
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now

SHORTER = replace(FRONT, sections={**FRONT.sections, "start": FRONT.sections["start"][1:]})
BROKEN = replace(FRONT, sections={"start": (Say("t.hello"),), "agent": FRONT.sections["agent"]})


@dataclass
class Shop:
    """`later`: how far ahead of the real time the experimenter's clock is, so that outcomes settle."""

    house: House
    journeys: Journeys
    experiments: Experiments
    later: timedelta = timedelta(0)
    signals: list[tuple[str, str, str]] = field(default_factory=list)

    def now(self) -> datetime:
        return utc_now() + self.later

    async def visit(self, answer: str | None = None) -> Contact:
        """A customer opens the chat and, if there is an `answer`, taps it."""
        service = self.house.rooms.service
        contact = (
            await service.open(
                "onda", channel="webchat", customer_id=new_id(), conversation_id=new_id(), locale="en",
                journey_id="front",
            )
        ).contact  # fmt: skip
        if answer is None:
            return contact
        return (await service.command("onda", contact.id, CustomerMessage("tap", answer, answer))).contact


@pytest_asyncio.fixture
async def shop(database, keyring, committer, feed, notifier) -> AsyncIterator[Shop]:
    async with build(database, keyring, committer, feed, notifier) as house:
        async with database.tenant("onda") as conn:
            for version, document in ((2, BROKEN), (3, SHORTER)):
                await conn.execute(
                    "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                    " VALUES ('onda', 'front', $1, $2, $3)",
                    version, document, utc_now(),
                )  # fmt: skip
        await feed.signal("onda", "settings", "journey")
        signals: list[tuple[str, str, str]] = []

        async def signal(tenant_id: str, name: str, payload: str) -> None:
            signals.append((tenant_id, name, payload))
            await feed.signal(tenant_id, name, payload)

        journeys = Journeys(database, check, platform_prompts(), {}, signal)
        built = Shop(house, journeys, Experiments(database, journeys, signal), signals=signals)
        built.experiments = Experiments(database, journeys, signal, built.now)
        yield built
    assert not house.failures
