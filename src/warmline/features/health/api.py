"""Is it alive, is it ready, how is it doing: for supervisors, load balancers and Prometheus."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from warmline.features.security.access import open_to_all

Gauges = Callable[[], Awaitable[Mapping[str, tuple[str, Mapping[str, float]]]]]
"""Metric name → (help text, {label text such as `tenant="onda"`: value})."""


class Health(BaseModel):
    """`detail` says what is missing when `ok` is false."""

    ok: bool
    detail: str = ""


def router(ready: Callable[[], Awaitable[str]], gauges: Gauges) -> APIRouter:
    """Return the routes outside `/api`. `ready` answers with what is missing, or an empty text."""
    api = APIRouter(tags=["health"], dependencies=[Depends(open_to_all("health"))])

    @api.get("/livez")
    async def live() -> Health:
        """The process answers."""
        return Health(ok=True)

    @api.get("/readyz", responses={503: {"model": Health}})
    async def is_ready(response: Response) -> Health:
        """The process can serve: the database answers and is migrated."""
        missing = await ready()
        if missing:
            response.status_code = 503
            response.headers["retry-after"] = "1"
        return Health(ok=not missing, detail=missing)

    @api.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    async def metrics(found: Annotated[str, Depends(_text_of(gauges))]) -> Response:
        """Numbers in the Prometheus text format, without customer data."""
        return Response(found, media_type="text/plain; version=0.0.4")

    return api


def _text_of(gauges: Gauges) -> Callable[[], Awaitable[str]]:
    async def text() -> str:
        return exposition(await gauges())

    return text


def exposition(gauges: Mapping[str, tuple[str, Mapping[str, float]]]) -> str:
    """Write gauges in the Prometheus text format."""
    lines: list[str] = []
    for name, (help_text, values) in gauges.items():
        lines += [f"# HELP {name} {help_text}", f"# TYPE {name} gauge"]
        lines += [
            f"{name}{{{labels}}} {value:g}" if labels else f"{name} {value:g}" for labels, value in values.items()
        ]
    return "\n".join(lines) + "\n"
