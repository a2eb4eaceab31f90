"""Who may make tests of real contacts."""

import pytest
from fastapi import FastAPI
from tests.features.conftest import SignedIn

from warmline.kernel.ids import new_id


@pytest.mark.parametrize(("role", "code"), [("designer", "not_allowed"), ("admin", "not_found")])
async def test_only_who_may_read_customers_words_makes_tests_of_them(
    product: FastAPI, browser: SignedIn, role: str, code: str
):
    client = await browser(product, role)
    ask = {"contact_id": str(new_id()), "name": "x"}
    answer = await client.post("/api/journeys/hello/cases/from-contact", json=ask)
    assert answer.json()["error"]["code"] == code
