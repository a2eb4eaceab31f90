"""The address in short messages: from a link to the chat that continues its case."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import RedirectResponse

from warmline.features.contacts.case_links import CaseLinks
from warmline.features.security.access import open_to_all
from warmline.features.security.problems import PROBLEMS
from warmline.runtime.clock import utc_now


def case_router(links: CaseLinks) -> APIRouter:
    """Return `GET /case/{token}`; opening it begins nothing yet, for messengers open links to preview them."""
    api = APIRouter(responses=PROBLEMS, tags=["widget"], dependencies=[Depends(open_to_all("widget.public"))])

    @api.get("/case/{token}", response_class=RedirectResponse, status_code=303)
    async def case(token: Annotated[str, Path(max_length=300)]) -> RedirectResponse:
        """Lead to the chat. The visitor's token is behind the `#`, which no server and no log sees."""
        return RedirectResponse(await links.open(token, utc_now()), 303, {"Cache-Control": "no-store"})

    return api
