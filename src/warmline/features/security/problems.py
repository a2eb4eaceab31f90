"""Every failure in one shape: `{"error": {"code", "text", "fix", "details"}}`."""

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from warmline.kernel.errors import INVALID, NOT_FOUND, TOO_MANY, ProviderFailed, Refused, declare
from warmline.kernel.ids import new_id

LOG = logging.getLogger("warmline.http")

WRONG_METHOD = declare(
    "http.method", 405, "This address does not take {method}.", "See /api/openapi.json for what it takes."
)
BAD_REQUEST = declare("http.bad_request", 400, "This request cannot be read.", "Send a well-formed request.")
PROVIDER = declare(
    "provider_failed", 502, "A service that Warmline relies on did not answer.", "Try again in a moment."
)
BUG = declare(
    "bug",
    500,
    "Something went wrong on our side.",
    "Try again; if it happens again, tell your administrator the number {reference}.",
)

Details = dict[str, str | int | float | list[dict[str, str]] | None]


class ErrorBody(BaseModel):
    """What went wrong, and what to do. `code` is stable; interfaces translate by it."""

    code: str
    text: str
    fix: str
    details: Details


class Problem(BaseModel):
    """The shape of every answer of status 400 and above."""

    error: ErrorBody


# For routers: what any of their routes may answer besides success.
PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": text}
    for status, text in {
        400: "The request cannot be read.",
        401: "Not signed in.",
        403: "Not allowed, or not sent by a page of Warmline.",
        404: "There is no such record in this company.",
        409: "It changed meanwhile, or is in use.",
        410: "The customer's data was erased.",
        413: "Too large.",
        415: "This kind of file is not accepted.",
        422: "A field is not valid; `details` names it.",
        429: "Too many requests; `details` and Retry-After say how long to wait.",
        502: "A service that Warmline relies on did not answer.",
        503: "Busy; try again.",
    }.items()
}


def problem(refusal: Refused, extra: Details | None = None) -> JSONResponse:
    """Return the answer for a refusal."""
    details: Details = {**refusal.details, **(extra or {})}
    body = Problem(error=ErrorBody(code=refusal.code, text=refusal.text, fix=refusal.fix, details=details))
    headers = {"Cache-Control": "no-store"}
    if refusal.code == TOO_MANY:
        headers["Retry-After"] = str(refusal.details.get("retry_after_s", 1))
    return JSONResponse(body.model_dump(), refusal.spec.status, headers)


def field_name(location: Sequence[str | int]) -> str:
    """Return `name.ko` for a body location, `q` for a query one."""
    parts = [str(part) for part in location]
    if parts and parts[0] in {"body", "query", "path", "header", "cookie"}:
        parts = parts[1:] or [f"the {parts[0]}"]
    return ".".join(parts)


async def _refused(_: Request, failure: Exception) -> JSONResponse:
    assert isinstance(failure, Refused)  # noqa: S101
    return problem(failure)


async def _invalid(_: Request, failure: Exception) -> JSONResponse:
    # What was sent is never echoed: it may be a password or a customer's data.
    assert isinstance(failure, RequestValidationError)  # noqa: S101
    fields = [
        {"field": field_name(error["loc"]), "reason": str(error["msg"]).removeprefix("Value error, ")}
        for error in failure.errors()
    ][:50]
    first = fields[0] if fields else {"field": "the request", "reason": "it cannot be read"}
    return problem(Refused(INVALID, **first), {"fields": fields})


async def _http(request: Request, failure: Exception) -> JSONResponse:
    assert isinstance(failure, HTTPException)  # noqa: S101
    if failure.status_code == 404:
        return problem(Refused(NOT_FOUND, what="address"))
    if failure.status_code == 405:
        answer = problem(Refused(WRONG_METHOD, method=request.method))
        answer.headers.update(failure.headers or {})
        return answer
    return problem(Refused(BAD_REQUEST))


async def _provider(_: Request, failure: Exception) -> JSONResponse:
    LOG.warning("a provider failed: %s", failure)
    return problem(Refused(PROVIDER))


async def _bug(_: Request, failure: Exception) -> JSONResponse:
    reference = str(new_id())
    LOG.error("bug %s", reference, exc_info=failure)
    return problem(Refused(BUG, reference=reference))


def install_problems(app: FastAPI) -> None:
    """Answer every failure of `app` in the one shape."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ProviderFailed, _provider)
    app.add_exception_handler(Exception, _bug)
