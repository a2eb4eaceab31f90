"""The fake phones of the demo shop's customers, read through the demo so that the shop page may show them."""

from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, Query, Response

from warmline.features.security.access import open_to_all
from warmline.features.security.problems import PROBLEMS
from warmline.kernel.errors import ProviderFailed

TIMEOUT_S = 3.0


def router(shop_url: str) -> APIRouter:
    """Return `/demo/phone/messages`, answered by the shop at `shop_url`."""
    api = APIRouter(responses=PROBLEMS, tags=["demo"])

    @api.get("/demo/phone/messages", dependencies=[Depends(open_to_all("demo.public"))])
    async def messages(
        to: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")],
    ) -> Response:
        """Return the text messages sent to a customer's phone or address, newest last."""
        try:
            async with httpx.AsyncClient(base_url=shop_url, timeout=TIMEOUT_S, trust_env=False) as client:
                answer = await client.get("/phone/messages", params={"to": to})
        except httpx.HTTPError as failure:
            raise ProviderFailed(f"The demo shop does not answer: {failure}.", retryable=True) from failure
        return Response(answer.content, answer.status_code, media_type="application/json")

    return api
