"""A designer records a prompt, hears it, and takes it back."""

import shutil

import pytest
from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.telephony.test_prompt_recordings import tone

from warmline.core import Core
from warmline.speech.audio import read_wav

TEXT = "이 통화는 녹음됩니다."
PROMPT = "front.notice"


async def written(core: Core) -> str:
    """A prompt that the company wrote, and its address."""
    async with core.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO prompt (tenant_id, key, locale, channel, text, updated_at)"
            " VALUES ('onda', $1, 'ko', 'written', $2, now())",
            PROMPT, TEXT,
        )  # fmt: skip
    return f"/api/prompts/{PROMPT}"


async def test_a_designer_records_a_prompt_hears_it_and_takes_it_back(
    product: FastAPI, browser: SignedIn, core: Core
) -> None:
    prompt = await written(core)
    designer = await browser(product, "designer")
    kept = await designer.put(
        f"{prompt}/recordings/ko", data={"text": TEXT}, files={"file": ("notice.wav", tone(), "audio/wav")}
    )
    assert (kept.status_code, kept.json()["text"]) == (200, TEXT)
    (listed,) = (await designer.get("/api/prompt-recordings")).json()["items"]
    assert (listed["prompt"], listed["locale"]) == (PROMPT, "ko")
    heard = await designer.get(f"{prompt}/recordings/ko")
    assert heard.headers["content-type"] == "audio/wav"
    assert read_wav(heard.content)[1] == 16_000
    supervisor = await browser(product, "supervisor")
    assert (await supervisor.get(f"{prompt}/recordings/ko")).status_code == 200
    assert (await supervisor.delete(f"{prompt}/recordings/ko")).json()["error"]["code"] == "not_allowed"
    rival = await browser(product, "admin", "rival")
    assert (await rival.get(f"{prompt}/recordings/ko")).status_code == 404
    assert (await designer.delete(f"{prompt}/recordings/ko")).status_code == 204
    assert (await designer.get("/api/prompt-recordings")).json()["items"] == []
    admin = await browser(product, "admin")
    actions = [one["action"] for one in (await admin.get("/api/audit")).json()["items"]]
    assert {"prompt.recorded", "prompt.recording_removed"} <= set(actions)


async def test_a_recording_needs_a_prompt_a_text_and_a_file(
    product: FastAPI, browser: SignedIn, core: Core
) -> None:
    prompt = await written(core)
    designer = await browser(product, "designer")
    file = {"file": ("x.wav", tone(), "audio/wav")}
    nowhere = await designer.put("/api/prompts/no.such/recordings/ko", data={"text": TEXT}, files=file)
    assert nowhere.status_code == 404
    for data, files in (({"text": TEXT}, None), ({"text": " "}, file)):
        refused = await designer.put(f"{prompt}/recordings/ko", data=data, files=files)
        assert refused.json()["error"]["code"] == "prompts.recording_unusable"


async def test_a_text_is_heard_before_it_is_saved(product: FastAPI, browser: SignedIn, core: Core) -> None:
    prompt = await written(core)
    supervisor = await browser(product, "supervisor")
    long = await supervisor.post(f"{prompt}/speak", json={"locale": "ko", "text": "가" * 501})
    assert long.status_code == 422
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    said = await supervisor.post(f"{prompt}/speak", json={"locale": "ko", "text": "새 문장입니다."})
    assert len(read_wav(said.content)[0]) > 8_000
