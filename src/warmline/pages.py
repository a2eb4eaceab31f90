"""The built pages: desk, widget and demo shop, served from the package."""

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB_DIST = Path(__file__).parent / "web_dist"
FOREVER = "public, max-age=31536000, immutable"
NOT_BUILT = "The web part is not built. Run: make up (or scripts/bootstrap.sh)"
# Paths that are not pages of the desk: a wrong one is an error, not the desk's front page.
OWN = ("api/", "ws/", "widget/", "demo/", "assets/", "livez", "readyz", "metrics")


class Pages(StaticFiles):
    """Files with sensible caching: hashed assets for ever, everything else asked for each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = (
            FOREVER if "assets/" in path or path.startswith("assets") else "no-cache"
        )
        return response


class DeskPages(Pages):
    """The desk: every path that is no file is a place inside it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except HTTPException as failure:
            if failure.status_code != 404 or path.startswith(OWN) or "." in path.rsplit("/", 1)[-1]:
                raise
            return await super().get_response("index.html", scope)


def mount_pages(app: FastAPI, *, demo: bool, folder: Path = WEB_DIST) -> None:
    """Serve the built pages; must come after every other route."""
    if not (folder / "desk" / "index.html").exists():

        async def not_built(_: object) -> Response:
            return PlainTextResponse(NOT_BUILT, status_code=503)

        app.add_route("/", not_built)
        return
    app.mount("/widget", Pages(directory=folder / "widget"))
    if demo:
        app.mount("/demo/shop", Pages(directory=folder / "shop", html=True))
        shop = folder / "shop" / "index.html"

        async def shop_page(_: object) -> Response:
            return FileResponse(shop, headers={"cache-control": "no-cache"})

        app.add_route("/demo/shop", shop_page)
    app.mount("/", DeskPages(directory=folder / "desk", html=True))
