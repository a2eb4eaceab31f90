"""Every failure has one shape, and says nothing it should not."""

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from warmline.features.security.problems import field_name, install_problems
from warmline.kernel.errors import CONFLICT, NOT_FOUND, TOO_MANY, ProviderFailed, Refused


class Order(BaseModel):
    pin: int
    names: dict[str, int] = {}


@pytest.fixture
async def shop():
    app = FastAPI()
    install_problems(app)

    @app.post("/orders")
    async def order(body: Order) -> None:
        return None

    failures = {
        "gone": Refused(NOT_FOUND, what="order"),
        "changed": Refused(CONFLICT),
        "hasty": Refused(TOO_MANY, retry_after_s=7),
        "theirs": ProviderFailed("the shop's backend said: secret words", retryable=True),
        "ours": ZeroDivisionError("with customer data"),
    }

    @app.get("/fail/{how}")
    async def fail(how: str) -> None:
        raise failures[how]

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        yield client


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [("gone", 404, "not_found"), ("changed", 409, "conflict"), ("hasty", 429, "too_many"),
     ("theirs", 502, "provider_failed"), ("ours", 500, "bug")],
)  # fmt: skip
async def test_every_kind_of_failure_has_a_code_a_text_and_a_fix(
    shop: httpx.AsyncClient, how: str, status: int, code: str
):
    answer = await shop.get(f"/fail/{how}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["text"].endswith(".")
    assert error["fix"].endswith(".")
    assert "secret" not in answer.text
    assert "customer data" not in answer.text


async def test_who_must_wait_is_told_how_long_in_words_and_in_a_header(shop: httpx.AsyncClient):
    answer = await shop.get("/fail/hasty")
    assert answer.headers["retry-after"] == "7"
    assert answer.json()["error"]["fix"] == "Wait 7 seconds and try again."


async def test_a_wrong_field_is_named_and_what_was_sent_is_not_repeated(shop: httpx.AsyncClient):
    answer = await shop.post("/orders", json={"pin": "my secret pin", "names": {"ko": "x"}})
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert [f["field"] for f in error["details"]["fields"]] == ["pin", "names.ko"]
    assert "my secret pin" not in answer.text


async def test_a_wrong_address_and_a_wrong_method_have_the_same_shape(shop: httpx.AsyncClient):
    assert (await shop.get("/nowhere")).json()["error"]["code"] == "not_found"
    answer = await shop.delete("/orders")
    assert answer.json()["error"]["code"] == "http.method"
    assert answer.headers["allow"] == "POST"


async def test_broken_json_is_named_as_such(shop: httpx.AsyncClient):
    answer = await shop.post("/orders", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid"


def test_field_names_read_like_the_document():
    assert field_name(("body", "name", "ko")) == "name.ko"
    assert field_name(("query", "from")) == "from"
    assert field_name(("body",)) == "the body"
