"""The built pages: desk, widget, demo shop and demo telephone, served from the package."""

from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Scope

from warmline.compressed_files import CompressedFiles
from warmline.features.security.headers import CSP, content_policy

WEB_DIST = Path(__file__).parent / "web_dist"
FOREVER = "public, max-age=31536000, immutable"
NOT_BUILT = "The web part is not built. Run: make up (or scripts/bootstrap.sh)"
# Paths that are not pages of the desk: a wrong one is an error, not the desk's front page.
OWN = ("api/", "ws/", "widget/", "demo/", "help/", "assets/", "livez", "readyz", "metrics")


# Pages of the demo: a shop with the widget, and a telephone.
DEMO_PAGES = ("shop", "phone")


class Pages(CompressedFiles):
    """Files with sensible caching: hashed assets for ever, everything else asked for each time."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = (
            FOREVER if "assets/" in path or path.startswith("assets") else "no-cache"
        )
        return response


class WidgetFiles(Pages):
    """The widget's scripts and styles. Its page is not among them, by whatever spelling of its path: only the
    route that names who may embed it may serve it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if ".html" in Path(path).name.lower():
            raise HTTPException(404)
        return await super().get_response(path, scope)


class DeskPages(Pages):
    """The desk: every path that is no file is a place inside it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except HTTPException as failure:
            if failure.status_code != 404 or path.startswith(OWN) or "." in path.rsplit("/", 1)[-1]:
                raise
            return await super().get_response("index.html", scope)


def _front_page(file: Path) -> Callable[[Request], Awaitable[Response]]:
    """Return a route for a page asked for without the slash at its end."""

    async def page(_: Request) -> Response:
        return FileResponse(file, headers={"cache-control": "no-cache"})

    return page


def mount_pages(
    app: FastAPI, frame_ancestors: Callable[[str], Collection[str]], *, demo: bool, folder: Path = WEB_DIST
) -> None:
    """Serve the built pages; must come after every other route.

    `frame_ancestors(key)` names the origins that may embed the widget with that key: browsers then refuse to
    show the panel anywhere else.
    """
    if not (folder / "desk" / "index.html").exists():

        async def not_built(_: object) -> Response:
            return PlainTextResponse(NOT_BUILT, status_code=503)

        app.add_route("/", not_built)
        return
    panel = folder / "widget" / "panel.html"

    async def panel_page(request: Request) -> Response:
        keys = request.query_params.getlist("key")
        # The panel reads one key; of two, it and we might each read another.
        origins = " ".join(sorted(frame_ancestors(keys[0]))) if len(keys) == 1 else ""
        origins = origins or "'none'"
        headers = {"cache-control": "no-cache", CSP: content_policy(frame_ancestors=origins)}
        return FileResponse(panel, headers=headers)

    app.add_route("/widget/panel.html", panel_page)
    app.mount("/widget", WidgetFiles(directory=folder / "widget"))
    if demo:
        for name in (each for each in DEMO_PAGES if (folder / each).is_dir()):
            app.mount(f"/demo/{name}", Pages(directory=folder / name, html=True))
            app.add_route(f"/demo/{name}", _front_page(folder / name / "index.html"))
    app.mount("/", DeskPages(directory=folder / "desk", html=True))
