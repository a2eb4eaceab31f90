"""A designer takes a journey away as Python and brings one back, without loss and without anything being run."""

import httpx
import pytest
from fastapi import FastAPI
from tests.features.conftest import SignedIn
from tests.features.designer.test_suites import END, MENU

from warmline.features.designer.source_api import read_python
from warmline.kernel.errors import Refused

DOCUMENT = {"id": "hello", "on_error": [END], "sections": {"agent": [END], "start": [MENU, END]}}
HEAD = "from warmline.domain.journey.document import End, Journey, Say, Set\n\n"


@pytest.fixture
async def designer(product: FastAPI, browser: SignedIn) -> httpx.AsyncClient:
    return await browser(product, "designer")


async def test_a_journey_goes_out_as_python_and_comes_back_the_same(designer: httpx.AsyncClient):
    out = await designer.post("/api/journeys/hello/python", json={"document": DOCUMENT})
    assert out.status_code == 200, out.text
    source = out.json()["source"]
    assert "HELLO = Journey(" in source
    assert source.index('"start": ') < source.index('"agent": ')  # as customers come to them
    back = await designer.post("/api/journeys/hello/python/read", json={"source": source})
    assert back.status_code == 200, back.text
    assert back.json()["document"] == DOCUMENT


async def test_only_the_journey_that_is_open_is_written(designer: httpx.AsyncClient):
    other = DOCUMENT | {"id": "x = 1\nimport os"}
    answer = await designer.post("/api/journeys/hello/python", json={"document": other})
    assert answer.json()["error"]["code"] == "designer.not_whole"


async def test_a_half_drawn_journey_is_not_written_as_python_and_says_what_is_missing(designer: httpx.AsyncClient):
    half = DOCUMENT | {"sections": {"start": [{"step": "say"}]}}
    answer = await designer.post("/api/journeys/hello/python", json={"document": half})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "designer.not_whole"
    assert "prompt" in answer.json()["error"]["details"]["reason"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("JOURNEY = (", "Line 1"),
        ("import os\nJOURNEY = os.system('date')", "Line 2"),
        (
            HEAD + "JOURNEY = Journey('x', on_error=(End('a'),), sections={'start': (Set('n', 1e999),)})",
            "cannot keep",
        ),
        (HEAD + "JOURNEY = Journey('x', on_error=(End('a'),), sections={'start': (Set('n', 10**9),)})", "Line 3"),
        (HEAD + "JOURNEY = Journey('x', on_error=(), sections={'start': (Say('\\ud800'),)})", "half a character"),
        (HEAD + "A = Journey('x', on_error=(), sections={})\nB = Journey('y', on_error=(), sections={})", "A"),
        ("(" * 5000, "Line 1"),
    ],
)
def test_python_that_is_no_journey_is_refused_with_its_reason_and_never_run(text: str, reason: str):
    with pytest.raises(Refused) as refused:
        read_python(text)
    assert refused.value.code == "designer.not_python"
    assert reason in str(refused.value.details["reason"])
