"""A journey on the page as Python and back over HTTP, for those who keep files. Python is read, never run."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from pydantic import Field

from warmline.domain.journey.codec import BadJourney, read_plain
from warmline.domain.journey.source import BadSource, read_source
from warmline.features.admin.fields import Strict
from warmline.features.designer.limits import Progress, limited
from warmline.features.designer.versions_folder import spelled
from warmline.features.journeys.api import Draft, JourneyId
from warmline.features.security.access import require
from warmline.features.security.service import Session
from warmline.kernel.errors import Refused, declare
from warmline.runtime.turns import Turns

NOT_PYTHON = declare(
    "designer.not_python",
    422,
    "This text is no journey in Python: {reason}.",
    "Correct that place, and choose the file again.",
)
NOT_WHOLE = declare(
    "designer.not_whole",
    422,
    "This journey is not whole yet, so it cannot be written as Python: {reason}.",
    "Complete what the list of problems names, or export it as JSON.",
)
AT_MOST_S = 20.0
MOST_TOLD = 5  # places named at once
MOST_LETTERS = 900_000  # a request may be somewhat larger
Reader = Annotated[Session, Depends(require("journeys.read"))]
Checker = Annotated[Session, Depends(require("journeys.check"))]


class SourceDoc(Strict):
    """A journey as the module that a person would write."""

    source: Annotated[str, Field(max_length=MOST_LETTERS)]


class SourceRead(Strict):
    """The journey that a module defines."""

    document: dict[str, Any]


def add_source(api: APIRouter) -> None:
    """Add the routes for Python. Nothing is saved by them."""
    turns = Turns(1)  # it is all arithmetic

    @api.post("/journeys/{journey_id}/python")
    async def journey_as_python(journey_id: JourneyId, body: Draft, session: Reader) -> SourceDoc:
        """Return a document as Python."""

        def work(_: Progress) -> str:
            return write_python(journey_id, body.document)

        return SourceDoc(source=await limited(turns, session.identity.tenant_id, work, AT_MOST_S))

    @api.post("/journeys/{journey_id}/python/read")
    async def journey_from_python(journey_id: JourneyId, body: SourceDoc, session: Checker) -> SourceRead:
        """Return the document of the one journey that a Python text defines."""

        def work(_: Progress) -> dict[str, Any]:
            return read_python(body.source)

        return SourceRead(document=await limited(turns, session.identity.tenant_id, work, AT_MOST_S))


def write_python(journey_id: str, document: dict[str, Any]) -> str:
    """Return a document as Python, as pulling it into a folder would. Raises Refused `designer.not_whole`."""
    try:
        journey = read_plain(document)
        if journey.id != journey_id:
            raise BadJourney([f"journey: the address says {journey_id}."])
        return spelled(journey)
    except BadJourney as bad:
        raise Refused(NOT_WHOLE, reason=_listed(bad.problems)) from None


def read_python(text: str) -> dict[str, Any]:
    """Return the document of the one journey that a Python text defines. Raises Refused `designer.not_python`."""
    try:
        journey = read_source(text)
        document = msgspec.json.decode(msgspec.json.encode(journey))
        if read_plain(document) != journey:  # a number without end is no JSON
            raise BadSource("The text holds a value that a journey cannot keep.")
    except BadSource as bad:
        raise Refused(NOT_PYTHON, reason=_listed([str(bad)])) from None
    except BadJourney as bad:
        raise Refused(NOT_PYTHON, reason=_listed(bad.problems)) from None
    except UnicodeEncodeError:  # half a character
        raise Refused(NOT_PYTHON, reason="it holds half a character") from None
    return document


def _listed(problems: list[str]) -> str:
    return " ".join(problems[:MOST_TOLD]).rstrip(".")
