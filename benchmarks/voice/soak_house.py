"""The house of the soak: a voice house with a journey that never ends by itself, and an agent of many calls."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from tests.e2e.voice_house import PHONE, QUEUE, VoiceHouse

from warmline.domain.journey.codec import write_journey
from warmline.domain.journey.document import End, Goto, Journey, Menu, Option, Say
from warmline.runtime.clock import utc_now
from warmline.supervisor import Role
from warmline_demo.content.company import CAPACITY, TENANT_ID
from warmline_demo.content.rows import insert

IVR = "7020"
AUDIO = (30_000, 33_999)
STORY = "We are glad that you call, and we tell you at length what we have done for you in the last year. " * 2


class SoakHouse(VoiceHouse):
    """A voice house with a journey that never ends by itself, lines for everybody, an agent of many calls."""

    def __init__(self, folder: Path, bridged: int, media_workers: int) -> None:
        super().__init__(folder)
        self.media_ports = AUDIO
        self._calls_an_agent = bridged + 5
        self._media_workers = media_workers

    def role(self, name: str) -> Role:
        role = super().role(name)
        return Role(
            name, role.command, {**role.environment} | {"WARMLINE_MEDIA_WORKERS": str(self._media_workers)}
        )

    async def _seed(self) -> None:
        await super()._seed()
        assert self.database is not None
        again = (Goto("start"),)
        journey = Journey(
            id="soak", title="e2e.title", on_error=(End("e2e.bye"),), parameters=("caller_number",),
            pii=("caller_number",),
            sections={"start": (
                Menu(
                    "e2e.what",
                    options=(
                        Option("person", "e2e.person", then=(Say("soak.story"), *again)),
                        Option("account", "e2e.account", then=(Say("e2e.thanks"), *again)),
                    ),
                    give_up=again,
                ),
            )},
        )  # fmt: skip
        async with self.database.tenant(TENANT_ID) as connection, connection.transaction():
            name = dict.fromkeys(("ko", "ja", "en"), "Soak")
            row = {"id": "soak", "name": name, "capacity": CAPACITY | {"voice": self._calls_an_agent},
                   "queues": [{"queue_id": QUEUE, "priority": 1, "delay_s": 0}]}  # fmt: skip
            await insert(connection, "routing_profile", row)
            await connection.execute(
                "UPDATE agent SET routing_profile_id = 'soak' WHERE tenant_id = $1 AND email = $2",
                TENANT_ID,
                PHONE,
            )
            for locale in ("ko", "ja", "en"):
                row = {"key": "soak.story", "locale": locale, "channel": "written", "text": STORY,
                       "updated_at": utc_now()}  # fmt: skip
                await insert(connection, "prompt", row)
            document = json.loads(write_journey(journey))
            row = {"id": "soak", "version": 1, "document": document, "published_at": utc_now()}
            await insert(connection, "journey", row)
            name = dict.fromkeys(("ko", "ja", "en"), "Soak")
            row = {
                "id": "soak",
                "number": IVR,
                "name": name,
                "journey_id": "soak",
                "locale": "en",
                "record": "never",
            }
            await insert(connection, "phone_number", row)
            await connection.execute("UPDATE trunk SET calls_at_most = 1000 WHERE tenant_id = $1", TENANT_ID)
