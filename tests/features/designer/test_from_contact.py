"""A real contact becomes a test of its journey, and nothing of the customer comes with it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import msgspec
import pytest
from fastapi import FastAPI
from msgspec.structs import replace
from tests.domain.journey.test_rehearsal import END, MENU, PIN, library
from tests.features.conftest import SignedIn
from tests.features.designer.test_suites import END as BYE
from tests.features.designer.test_suites import MENU as ASKS

from warmline.core import Core
from warmline.domain.contact.commands import CustomerMessage
from warmline.domain.contact.events import (
    AgentJoined,
    AnyEvent,
    ContactEnded,
    ContactOpened,
    ContactQueued,
    MessageSent,
    TaskEnded,
    TaskStarted,
)
from warmline.domain.contact.model import DisconnectReason, QueueEntry
from warmline.domain.journey.case import judged
from warmline.domain.journey.document import (
    Ask,
    Compare,
    EmailInput,
    End,
    Goto,
    Invoke,
    PhoneInput,
    Say,
    Var,
    When,
)  # fmt: skip
from warmline.domain.journey.stage import Library
from warmline.features.designer.from_contact import recast
from warmline.kernel.ids import new_id
from warmline.runtime.event_codec import StoredEvent

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CONTACT = UUID(int=77)
FIND = Invoke("orders.find", "found", (Goto("agent"),), result=("status",), retries=0)
STEPS = (MENU, PIN, Ask("phone", "j.ask", PhoneInput("KR"), END, sensitivity="pii"), FIND, Say("j.found"),
         Ask("mail", "j.ask", EmailInput(), END))  # fmt: skip
PERSONAL = ("Minsu", "Kim", "9876", "5432", "minsu.kim", "onda-mail")


def history(*events: tuple[float, AnyEvent]) -> list[StoredEvent]:
    opened = ContactOpened("webchat", new_id(), new_id(), "en", "j", 1)
    return [
        StoredEvent(CONTACT, number, NOON + timedelta(seconds=at_s), event)
        for number, (at_s, event) in enumerate([(0.0, opened), *events], 1)
    ]


def bot(prompt: str) -> MessageSent:
    return MessageSent("bot", "…", prompt=prompt)


def customer(text: str, value: str | None = None) -> MessageSent:
    return MessageSent("customer", text, value=value)


TOLD = history(
    (0, bot("j.ask")), (9, customer("Orders please, I am Minsu Kim")), (9, bot("j.hi")), (9, bot("j.pin")),
    (20, customer("••••")), (20, bot("j.ask")), (31, customer("010-9876-5432")),
    (31, TaskStarted("j.1", "orders.find", 1)), (32.5, TaskEnded("j.1", "orders.find", "ok")),
    (33, bot("j.found")), (33, bot("j.ask")), (60, customer("minsu.kim@onda-mail.kr")), (61, bot("j.bye")),
    (61, ContactEnded(DisconnectReason.CONTAINED, "bot")),
)  # fmt: skip


@pytest.fixture
def known() -> Library:
    return library(*STEPS, End("j.bye"))


def test_the_same_way_is_gone_again_without_a_trace_of_the_customer(known: Library):
    found = recast("a customer finds an order", "j", TOLD, known, 5)
    assert found.differs is None
    assert found.case.expect.ends == "contained"
    assert found.case.expect.said == tuple(
        one.event.prompt for one in TOLD if isinstance(one.event, MessageSent) and one.event.prompt
    )
    written = msgspec.json.encode(found.case, enc_hook=str).decode()
    assert not [datum for datum in PERSONAL if datum in written]
    assert judged(found.case, known).failure is None
    said = [one.say for one in found.case.deeds if one.say is not None]
    assert said[1].startswith("010-")
    assert said[2].endswith("@example.com")


def test_who_met_a_fault_and_waited_for_a_person_does_so_again(known: Library):
    entry = QueueEntry("orders", NOON)
    told = history(
        (0, bot("j.ask")), (5, customer("Orders", "orders")), (5, bot("j.hi")), (5, bot("j.pin")),
        (9, customer("••••")), (9, bot("j.ask")), (12, customer("010-9876-5432")),
        (12, TaskStarted("j.1", "orders.find", 1)), (13, TaskEnded("j.1", "orders.find", "failed")),
        (13, bot("queue.enter")), (13, ContactQueued(entry)), (40, AgentJoined(new_id(), "Mina Agent")),
        (45, MessageSent("agent", "Hello Minsu")), (50, customer("Thanks, Kim here")),
    )  # fmt: skip
    found = recast("a fault leads to a person", "j", told, known, 5)
    assert found.case.expect.ends == "person"
    assert found.case.scenery.connect_after_s == 27
    assert "Mina Agent" not in str(found.case)
    assert not [datum for datum in PERSONAL if datum in str(found.case)]


def test_a_journey_that_goes_another_way_by_now_says_where(known: Library):
    told = history((0, bot("j.ask")), (5, customer("Other", "other")), (5, bot("j.gone")))
    assert recast("x", "j", told, known, 5).differs == "j.gone"


def test_of_answers_that_lead_as_far_the_one_is_taken_after_which_the_backends_were_asked_as_they_were():
    found = When(Compare(Var("found.status"), "==", "lost"), (Goto("agent"),))
    cost = Invoke("orders.cost", "cost", (Goto("agent"),), result=("fee",), retries=0)
    known = library(FIND, found, cost, When(Compare(Var("cost.fee"), "==", "none"), (End("j.two"),)), Say("j.hi"))
    answers = {"orders.find": ({"status": "lost"}, {"status": "shipped"}),
               "orders.cost": ({"fee": "some"}, {"fee": "none"})}  # fmt: skip
    told = history(
        (1, TaskStarted("j.1", "orders.find", 1)), (2, TaskEnded("j.1", "orders.find", "ok")),
        (2, TaskStarted("j.2", "orders.cost", 1)), (3, TaskEnded("j.2", "orders.cost", "ok")),
        (3, bot("j.two")), (3, ContactEnded(DisconnectReason.CONTAINED, "bot")),
    )  # fmt: skip
    assert recast("x", "j", told, replace(known, stand_ins=answers), 5).differs is None


def test_a_line_whose_wait_nobody_could_tell_is_the_same_way(known: Library):
    told = history(
        (0, bot("j.ask")), (5, customer("a person, please")), (5, bot("queue.enter_plain")),
        (5, ContactQueued(QueueEntry("orders", NOON))), (30, AgentJoined(new_id(), "Mina Agent")),
    )  # fmt: skip
    told[2] = StoredEvent(CONTACT, 3, told[2].at, customer("agent"))
    assert recast("x", "j", told, known, 5).differs is None


def test_who_still_is_silent_is_asked_again_as_often_as_they_were(known: Library):
    told = history((0, bot("j.ask")), (180, bot("common.no_input")))
    found = recast("x", "j", told, known, 5)
    assert found.differs is None
    assert found.case.expect.said == ("j.ask", "common.no_input")


@pytest.fixture
async def admin(product: FastAPI, browser: SignedIn) -> httpx.AsyncClient:
    client = await browser(product, "admin")
    for key in ("hello.hi", "hello.bye", "hello.open"):
        await client.put(f"/api/prompts/{key}", json={"texts": {"ko": f"{key} 가", "ja": f"{key} あ", "en": key}})
    sections = {"start": [ASKS, BYE], "agent": [BYE]}
    document = {"id": "hello", "on_error": [BYE], "sections": sections}
    published = await client.post("/api/journeys/hello/publish", json={"document": document})
    assert published.status_code == 201, published.text
    return client


async def test_a_real_contact_is_made_into_a_test_and_the_audit_log_keeps_who_did(
    admin: httpx.AsyncClient, core: Core
):
    opened = await core.rooms.service.open(
        "onda", channel="webchat", customer_id=new_id(), conversation_id=new_id(), locale="en", journey_id="hello"
    )
    message = CustomerMessage("c1", "hello.open, says Minsu Kim of 010-9876-5432")
    await core.rooms.service.command("onda", opened.contact.id, message)
    ask = {"contact_id": str(opened.contact.id), "name": "somebody asks when we are open"}
    made = await admin.post("/api/journeys/hello/cases/from-contact", json=ask)
    assert made.status_code == 201, made.text
    assert made.json()["differs"] is None
    assert (made.json()["case"]["origin"], made.json()["case"]["deeds"][-1]["tap"]) == ("contact", "open")
    assert not [datum for datum in PERSONAL if datum in made.text]
    run = (await admin.post("/api/journeys/hello/cases/run", json={})).json()
    assert run["failed"] == 0
    entries = (await admin.get("/api/audit")).json()["items"]
    kept = next(one for one in entries if one["action"] == "journey.case_kept")
    assert kept["detail"]["contact"] == str(opened.contact.id)
    elsewhere = await admin.post("/api/journeys/other/cases/from-contact", json=ask)
    assert elsewhere.json()["error"]["code"] == "designer.contact_elsewhere"
