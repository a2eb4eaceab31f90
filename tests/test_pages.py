"""The built pages are served from the package; places inside the desk all lead to it."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from warmline.pages import NOT_BUILT, mount_pages


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    for name, text in {
        "desk/index.html": "desk",
        "desk/assets/a-1.js": "js",
        "widget/loader.js": "loader",
        "widget/panel.html": "panel",
        "shop/index.html": "shop",
        "shop/orders.html": "orders",
        "phone/index.html": "phone",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def _origins(key: str) -> list[str]:
    return ["https://shop.example", "http://127.0.0.1:8420"] if key == "onda" else []


async def _get(folder: Path, path: str, *, demo: bool = True) -> httpx.Response:
    app = FastAPI()
    mount_pages(app, _origins, demo=demo, folder=folder)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(path, follow_redirects=True)


@pytest.mark.parametrize("path", ["/", "/desk", "/customers/0191", "/admin/queues"])
async def test_every_place_inside_the_desk_is_the_desk(dist: Path, path: str):
    answer = await _get(dist, path)
    assert answer.text == "desk"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/api/nothing", "/assets/gone.js", "/widget/gone.js", "/favicon.png"])
async def test_what_is_not_there_is_not_the_desk(dist: Path, path: str):
    assert (await _get(dist, path)).status_code == 404


async def test_hashed_files_are_kept_for_ever_and_the_loader_is_not(dist: Path):
    assert "immutable" in (await _get(dist, "/assets/a-1.js")).headers["cache-control"]
    assert (await _get(dist, "/widget/loader.js")).headers["cache-control"] == "no-cache"


async def test_the_shop_is_there_in_the_demo_only(dist: Path):
    assert (await _get(dist, "/demo/shop")).text == "shop"
    assert (await _get(dist, "/demo/shop/orders.html")).text == "orders"
    assert (await _get(dist, "/demo/shop", demo=False)).status_code == 404


async def test_the_demo_can_be_called_from_a_page_of_its_own(dist: Path):
    assert (await _get(dist, "/demo/phone")).text == "phone"
    assert (await _get(dist, "/demo/phone", demo=False)).status_code == 404


async def test_a_checkout_that_was_never_built_says_how_to_build(tmp_path: Path):
    answer = await _get(tmp_path, "/")
    assert answer.status_code == 503
    assert answer.text == NOT_BUILT


async def test_the_widget_can_be_embedded_by_the_pages_it_is_meant_for_only(dist: Path):
    policy = (await _get(dist, "/widget/panel.html?key=onda")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors http://127.0.0.1:8420 https://shop.example")
    unknown = (await _get(dist, "/widget/panel.html?key=guessed")).headers["content-security-policy"]
    assert unknown.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    "spelling",
    [
        "/widget//panel.html",
        "/widget/./panel.html",
        "/widget/panel.html/",
        "/widget/x/..%2fpanel.html",
        "/widget/PANEL.html",
        "/widget/%70anel.html/.",
        "//widget/panel.html",
        "/widget/panel.html.gz",
    ],
)
async def test_no_other_spelling_of_its_path_gives_the_panel_away(dist: Path, spelling: str):
    (dist / "widget" / "panel.html.gz").write_bytes(b"panel")
    app = FastAPI()
    mount_pages(app, _origins, demo=True, folder=dist)
    path = httpx.URL("http://test").copy_with(raw_path=f"{spelling}?key=onda".encode())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        answer = await client.get(path)  # the client itself turns two of them into the one true path
    assert answer.status_code == 404 or "https://shop.example" in answer.headers["content-security-policy"]


async def test_a_page_that_names_two_widgets_may_embed_neither(dist: Path):
    policy = (await _get(dist, "/widget/panel.html?key=guessed&key=onda")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'none'")
