"""Pages travel compressed to browsers that take it, and as they are to everybody else."""

import os
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from warmline.compressed_files import CompressedFiles, takes_gzip

SCRIPT = "export const answer = 42;\n" * 100


@pytest.fixture
async def browser(tmp_path: Path):
    (tmp_path / "app.js").write_text(SCRIPT)
    (tmp_path / "tiny.js").write_text("1")
    (tmp_path / "photo.png").write_bytes(bytes(5_000))
    app = Starlette(routes=[Mount("/", CompressedFiles(directory=tmp_path))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_a_script_travels_small_and_arrives_whole(browser: httpx.AsyncClient):
    answer = await browser.get("/app.js", headers={"accept-encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.text == SCRIPT


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip; q=0.0"])
async def test_who_does_not_take_gzip_gets_the_file_as_it_is(browser: httpx.AsyncClient, accepted: str):
    answer = await browser.get("/app.js", headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.text == SCRIPT


@pytest.mark.parametrize("name", ["tiny.js", "photo.png"])
async def test_what_would_not_shrink_is_left_alone(browser: httpx.AsyncClient, name: str):
    answer = await browser.get(f"/{name}", headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


async def test_what_the_browser_has_already_is_not_sent_again(browser: httpx.AsyncClient):
    first = await browser.get("/app.js", headers={"accept-encoding": "gzip"})
    again = await browser.get(
        "/app.js", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304
    plain = await browser.get("/app.js", headers={"accept-encoding": "identity"})
    assert plain.headers["etag"] != first.headers["etag"]


async def test_a_part_of_a_file_is_a_part_of_the_file_itself(browser: httpx.AsyncClient):
    answer = await browser.get("/app.js", headers={"accept-encoding": "gzip", "range": "bytes=0-5"})
    assert (answer.status_code, answer.text) == (206, SCRIPT[:6])


async def test_a_changed_file_is_compressed_anew(browser: httpx.AsyncClient, tmp_path: Path):
    await browser.get("/app.js", headers={"accept-encoding": "gzip"})
    (tmp_path / "app.js").write_text(SCRIPT.replace("42", "43"))
    os.utime(tmp_path / "app.js", (1, 1))
    assert "43" in (await browser.get("/app.js", headers={"accept-encoding": "gzip"})).text


def test_gzip_may_be_one_of_many_with_a_weight():
    assert takes_gzip("br;q=1.0, GZIP;q=0.5")
    assert not takes_gzip("")
