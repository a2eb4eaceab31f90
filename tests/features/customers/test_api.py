"""An agent looks a customer up; an administrator forgets one."""

from uuid import UUID

import pytest
from fastapi import APIRouter
from tests.features.conftest import SignedIn
from tests.features.customers.conftest import Talk

from warmline.features.customers.api import router
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

JIWOO = {"profile": {"name": "박지우", "reference": "C-1001"}, "locale": "ko",
         "addresses": [{"kind": "email", "value": "jiwoo@example.com"}]}  # fmt: skip


@pytest.fixture
def signals() -> list[tuple[str, str, str]]:
    return []


@pytest.fixture
def routes(database: Database, keyring: Keyring, signals: list[tuple[str, str, str]]) -> list[APIRouter]:
    async def signal(tenant_id: str, name: str, payload: str) -> None:
        signals.append((tenant_id, name, payload))

    return [router(database, keyring, signal)]


async def test_an_agent_enters_finds_and_annotates_a_customer(browser: SignedIn, routes: list[APIRouter]):
    desk = await browser(routes, "agent")
    entered = (await desk.post("/api/customers", json=JIWOO)).json()
    assert entered["profile"]["name"] == "박지우"
    found = (await desk.get("/api/search", params={"q": "지우"})).json()
    assert [c["id"] for c in found["customers"]] == [entered["id"]]
    noted = await desk.post(f"/api/customers/{entered['id']}/notes", json={"text": "채팅 선호"})
    assert noted.status_code == 201
    address = {"kind": "phone", "value": "010-1234-5678"}
    await desk.post(f"/api/customers/{entered['id']}/addresses", json=address)
    view = (await desk.get(f"/api/customers/{entered['id']}")).json()
    assert [n["text"] for n in view["notes"]] == ["채팅 선호"]
    assert [a["value"] for a in view["addresses"]] == ["jiwoo@example.com", "010-1234-5678"]
    assert (await desk.post("/api/customers", json=JIWOO)).json()["id"] == entered["id"]


async def test_the_story_is_read_page_by_page(browser: SignedIn, routes: list[APIRouter], talk: Talk):
    someone = await talk.visitor()
    await talk.begin(someone, "하나", "둘")
    desk = await browser(routes, "agent")
    first = (await desk.get(f"/api/customers/{someone}/timeline?limit=2")).json()
    rest = (await desk.get(f"/api/customers/{someone}/timeline", params={"cursor": first["next"]})).json()
    assert [i["e"].get("text") for i in first["items"] + rest["items"]] == ["둘", "하나", None]
    assert rest["next"] is None
    wrong = await desk.get(f"/api/customers/{someone}/timeline?cursor=AAAA")
    assert wrong.json()["error"]["details"]["field"] == "cursor"


async def test_a_supervisor_merges_and_undoes_it(
    browser: SignedIn, routes: list[APIRouter], signals: list[tuple[str, str, str]]
):
    desk = await browser(routes, "supervisor")
    one = (await desk.post("/api/customers", json=JIWOO)).json()["id"]
    other = (await desk.post("/api/customers", json={"profile": {"name": "지우"}})).json()["id"]
    body = {"merged_id": other, "evidence": "said_so"}
    merged = (await desk.post(f"/api/customers/{one}/merge", json=body)).json()
    assert merged["merged"] == [other]
    assert (await desk.get(f"/api/customers/{other}")).json()["id"] == one
    alone = (await desk.post(f"/api/customers/{other}/unmerge")).json()
    assert (alone["id"], alone["profile"]["name"]) == (other, "지우")
    assert signals[-1] == ("onda", "customer", other)


async def test_an_administrator_exports_and_erases(browser: SignedIn, routes: list[APIRouter], talk: Talk):
    desk = await browser(routes, "admin")
    one = (await desk.post("/api/customers", json=JIWOO)).json()["id"]
    contact = await talk.begin(UUID(one), "환불해 주세요")
    export = await desk.get(f"/api/customers/{one}/export")
    assert "환불해 주세요" in export.text
    assert "attachment" in export.headers["content-disposition"]
    refused = await desk.post(f"/api/customers/{one}/erase")
    assert refused.json()["error"]["code"] == "customers.still_open"
    await talk.end(contact)
    assert (await desk.post(f"/api/customers/{one}/erase")).json()["keys"] >= 1
    assert (await desk.get(f"/api/customers/{one}")).json()["profile"]["name"] is None
    note = await desk.post(f"/api/customers/{one}/notes", json={"text": "x"})
    assert note.status_code == 410


async def test_another_company_s_customer_is_not_there(browser: SignedIn, routes: list[APIRouter]):
    one = (await (await browser(routes, "admin")).post("/api/customers", json=JIWOO)).json()["id"]
    rival = await browser(routes, "admin", "rival")
    for customer_id in (one, new_id()):
        answers = [
            await rival.get(f"/api/customers/{customer_id}"),
            await rival.get(f"/api/customers/{customer_id}/timeline"),
            await rival.get(f"/api/customers/{customer_id}/export"),
            await rival.post(f"/api/customers/{customer_id}/notes", json={"text": "x"}),
            await rival.post(f"/api/customers/{customer_id}/erase"),
        ]
        assert {a.status_code for a in answers} == {404}
    assert (await rival.get("/api/search", params={"q": "지우"})).json() == {"customers": [], "contacts": []}
