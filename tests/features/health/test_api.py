"""Supervisors and Prometheus get plain answers without a session."""

from collections.abc import Mapping

import httpx
from fastapi import FastAPI

from warmline.features.health.api import exposition, router


async def _get(path: str, missing: str = "") -> httpx.Response:
    async def ready() -> str:
        return missing

    async def gauges() -> Mapping[str, tuple[str, Mapping[str, float]]]:
        return {"warmline_sockets": ("Open sockets.", {"": 3.0})}

    app = FastAPI()
    app.include_router(router(ready, gauges))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(path)


async def test_a_living_process_that_is_not_ready_says_what_is_missing():
    assert (await _get("/livez", "x")).json()["ok"] is True
    answer = await _get("/readyz", "The database does not answer.")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json() == {"ok": False, "detail": "The database does not answer."}
    assert (await _get("/readyz")).status_code == 200


async def test_numbers_are_in_the_form_prometheus_reads():
    answer = await _get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert (
        answer.text == "# HELP warmline_sockets Open sockets.\n# TYPE warmline_sockets gauge\nwarmline_sockets 3\n"
    )


def test_labels_stand_in_braces():
    text = exposition({"m": ("Help.", {'tenant="onda"': 1.5, 'tenant="rival"': 2})})
    assert text.splitlines()[2:] == ['m{tenant="onda"} 1.5', 'm{tenant="rival"} 2']
