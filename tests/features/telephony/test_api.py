"""The telephone over HTTP, as people in their roles meet it."""

from uuid import UUID

import msgspec
from fastapi import FastAPI
from tests.features.conftest import SignedIn

from warmline.core import Core
from warmline.features.telephony.nodes import Node, Nodes
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.status import VoiceState
from warmline.kernel.ids import new_id
from warmline.kernel.locale import Locale
from warmline.media.recording_file import CHUNK_BYTES, RecordingFile
from warmline.runtime.clock import utc_now

NAME = {"ko": "회선", "ja": "回線", "en": "Line"}


async def recorded(core: Core) -> tuple[UUID, UUID]:
    """A contact whose call was recorded: one second of both speaking."""
    contact_id, customer_id, now = new_id(), new_id(), utc_now()
    async with core.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO contact (tenant_id, id, channel, customer_id, conversation_id, locale, status, opened_at,"
            " updated_at, version, seq, state)"
            " VALUES ('onda', $1, 'voice', $2, $3, 'ko', 'ended', $4, $4, 1, 1, '')",
            contact_id, customer_id, new_id(), now,
        )  # fmt: skip
    recordings = Recordings(core.database, core.keyring, core.config.data_dir / "recordings")
    begun = await recordings.begin("onda", contact_id, customer_id)
    file = RecordingFile(str(begun.path), str(begun.id), begun.key)
    file.chunk(bytes((0x80,)) * CHUNK_BYTES, last=True)
    file.close()
    await recordings.finished("onda", begun.id, 1000, file.size)
    return contact_id, begun.id


async def test_a_supervisor_hears_a_call_only_after_saying_why(
    product: FastAPI, browser: SignedIn, core: Core
) -> None:
    contact_id, recording_id = await recorded(core)
    supervisor = await browser(product, "supervisor")
    (listed,) = (await supervisor.get(f"/api/contacts/{contact_id}/recordings")).json()["items"]
    assert (listed["id"], listed["state"], listed["seconds"]) == (str(recording_id), "ready", 1.0)
    unsaid = await supervisor.post(f"/api/recordings/{recording_id}/open", json={"reason": ""})
    assert unsaid.status_code == 422
    opened = (await supervisor.post(f"/api/recordings/{recording_id}/open", json={"reason": "quality"})).json()
    assert opened["seconds"] == 1.0
    assert len(opened["peaks"][0]) == len(opened["peaks"][1]) > 100
    part = await supervisor.get(opened["url"], headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")
    admin = await browser(product, "admin")
    foreign = await admin.get(opened["url"])
    assert foreign.json()["error"]["code"] == "telephony.link_expired"
    entries = (await admin.get("/api/audit")).json()["items"]
    assert [one["subject"] for one in entries if one["action"] == "recording.opened"] == [
        f"recording:{recording_id}"
    ]


async def test_passwords_are_set_and_shown_once_and_never_read(
    product: FastAPI, browser: SignedIn, core: Core
) -> None:
    admin = await browser(product, "admin")
    line = {
        "id": "carrier",
        "name": NAME,
        "mode": "registration",
        "host": "sip.carrier.example",
        "username": "onda",
    }
    assert (await admin.post("/api/trunks", json=line)).status_code == 201
    assert (await admin.put("/api/trunks/carrier/secret", json={"secret": "hush-hush"})).status_code == 204
    assert "hush" not in (await admin.get("/api/trunks")).text
    await admin.post("/api/desk-phones", json={"id": "1001", "name": "Front desk"})
    told = (await admin.post("/api/desk-phones/1001/secret")).json()
    assert (told["user"], told["realm"]) == ("1001", "onda.warmline")
    assert told["server"] == "127.0.0.1"
    assert told["secret"] not in (await admin.get("/api/desk-phones/1001")).text
    supervisor = await browser(product, "supervisor")
    assert (await supervisor.post("/api/desk-phones/1001/secret")).json()["error"]["code"] == "not_allowed"
    assert (await supervisor.get("/api/telephone")).json()["names"] == {"carrier": NAME}


async def test_one_sees_the_state_of_one_s_own_lines_only(product: FastAPI, browser: SignedIn, core: Core) -> None:
    now = utc_now()
    node = Node("one", now, now, calls=3, workers=2, lines={"onda/carrier": "up", "rival/other": "down"})
    await Nodes(core.database).beat(node)
    await Nodes(core.database).beat(msgspec.structs.replace(node, id="old", seen_at=now.replace(year=2020)))
    supervisor = await browser(product, "supervisor")
    first, second = (await supervisor.get("/api/telephone")).json()["nodes"]
    assert (first["id"], first["alive"], first["lines"], first["calls"]) == ("one", True, {"carrier": "up"}, 3)
    assert not second["alive"]


async def test_the_newest_living_process_tells_who_speaks(product: FastAPI, browser: SignedIn, core: Core) -> None:
    now = utc_now()
    supervisor = await browser(product, "supervisor")
    assert (await supervisor.get("/api/telephone")).json() == {"nodes": [], "voices": [], "names": {}}
    robot: dict[Locale, VoiceState] = {"ko": VoiceState("espeak-ng", "ko", ("robotic",))}
    await Nodes(core.database).beat(Node("old", now, now.replace(year=2020), voices={"ko": VoiceState("x", "y")}))
    await Nodes(core.database).beat(Node("one", now, now, voices=robot))
    (voice,) = (await supervisor.get("/api/telephone")).json()["voices"]
    assert voice == {"locale": "ko", "engine": "espeak-ng", "voice": "ko", "problems": ["robotic"]}


async def test_a_supervisor_tries_whether_a_number_may_be_called(
    product: FastAPI, browser: SignedIn, core: Core
) -> None:
    admin = await browser(product, "admin")
    rules = {"allowed": ["+82"], "prices": [{"prefix": "+82", "per_minute_milli": 12_000}]}
    await admin.put("/api/outbound-policy/default", json={"rules": rules, "version": 0})
    supervisor = await browser(product, "supervisor")
    tried = (await supervisor.post("/api/outbound-policy/try", json={"number": "010-1234-5678"})).json()
    assert tried == {"allowed": True, "number": "+821012345678", "reason": None, "per_minute_milli": 12_000}
    tried = (await supervisor.post("/api/outbound-policy/try", json={"number": "119"})).json()
    assert (tried["allowed"], tried["reason"]) == (False, "emergency")
