"""An administrator sets up a company, as the screens do it."""

from typing import Any

import httpx
import pytest
from tests.features.conftest import People, SignedIn

from warmline.features.admin.api import router
from warmline.features.security.service import Security
from warmline.runtime.database import Database

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


def texts(en: str = "Hello") -> dict[str, str]:
    return {"ko": "안녕하세요", "ja": "こんにちは", "en": en}


SPAN = {"starts_at": "2026-12-01T00:00:00Z", "ends_at": "2026-12-02T00:00:00Z"}
SAMPLES: dict[str, dict[str, Any]] = {
    "queues": {"id": "orders", "name": NAME, "dispositions": [{"id": "done", "name": NAME}]},
    "skills": {"id": "korean", "name": NAME},
    "routing-profiles": {"id": "everyone", "name": NAME, "capacity": {"webchat": 3}, "queues": []},
    "pause-reasons": {"id": "lunch", "name": NAME, "paid": False},
    "calendars": {
        "id": "seoul", "name": NAME, "time_zone": "Asia/Seoul", "country": "KR",
        "weekly": {"mon": [["09:00", "12:00"], ["13:00", "18:00"]]},
        "exceptions": [{"date": "2026-12-24", "name": NAME, "spans": [["09:00", "12:00"]]}],
    },
    "announcements": {"slot": "emergency", "texts": texts(), **SPAN},
    "macros": {"shortcut": "인사", "title": NAME, "texts": texts("Hello {customer.name}, this is {agent.name}.")},
    "widgets": {
        "key": "onda-shop", "name": NAME, "greeting": texts(), "origins": ["https://shop.example"],
        "journey_id": "front-desk",
    },
    "trunks": {"id": "carrier", "name": NAME, "mode": "address", "host": "sip.carrier.example",
               "addresses": ["203.0.113.0/28"]},
    "phone-numbers": {"id": "hotline", "name": NAME, "number": "+8215881234", "journey_id": "front-desk"},
    "desk-phones": {"id": "1001", "name": "Front desk"},
}  # fmt: skip


class Office:
    """The routes, and the signals that other processes would hear."""

    def __init__(self, database: Database, security: Security) -> None:
        self.signals: list[tuple[str, str, str]] = []
        self.routers = [router(database, security.passwords, self._hear)]

    async def _hear(self, tenant_id: str, name: str, payload: str) -> None:
        self.signals.append((tenant_id, name, payload))


@pytest.fixture
async def office(database: Database, security: Security) -> Office:
    for tenant in ("onda", "rival"):
        async with database.tenant(tenant) as conn:
            document = {"id": "front-desk", "sections": {"start": [{"step": "announce", "slot": "emergency"}]}}
            await conn.execute(
                "INSERT INTO journey VALUES ($1, 'front-desk', 1, $2, NULL, now())", tenant, document
            )
    return Office(database, security)


def key_of(document: dict[str, Any]) -> str:
    return document.get("id") or document["key"]


def code(answer: httpx.Response) -> str:
    return answer.json()["error"]["code"]


@pytest.mark.parametrize("kind", list(SAMPLES))
async def test_every_kind_of_setting_is_created_read_changed_and_removed(
    browser: SignedIn, office: Office, kind: str
):
    admin = await browser(office.routers)
    created = await admin.post(f"/api/{kind}", json=SAMPLES[kind])
    assert created.status_code == 201, created.text
    document = created.json()
    assert document["version"] == 1
    assert document.items() >= SAMPLES[kind].items() or kind == "announcements"
    address = f"/api/{kind}/{key_of(document)}"
    assert (await admin.get(address)).json() == document
    assert (await admin.get(f"/api/{kind}")).json() == {"items": [document]}

    change = {k: v for k, v in document.items() if k not in {"id", "key"}}
    label = next(field for field in ("name", "title", "texts") if field in change)
    named = change[label]
    change[label] = named | {"ja": "新しい名前"} if isinstance(named, dict) else "新しい名前"
    changed = (await admin.put(address, json=change)).json()
    assert changed["version"] == 2
    assert changed[label] == change[label] != named
    assert code(await admin.put(address, json=change)) == "conflict"
    assert (await admin.put(address, json=change | {"version": 2})).json()["version"] == 2, "nothing had changed"

    assert code(await admin.delete(f"{address}?version=1")) == "conflict"
    assert (await admin.delete(f"{address}?version=2")).status_code == 204
    assert code(await admin.get(address)) == "not_found"
    assert len(office.signals) == 3
    assert {(tenant, name) for tenant, name, _ in office.signals} == {("onda", "settings")}


async def test_a_form_that_knows_nothing_of_rules_leaves_them_as_they_are(browser: SignedIn, office: Office):
    admin = await browser(office.routers)
    rules = {"broadcast": 3, "max_wait_s": 600}
    queue = (await admin.post("/api/queues", json={"id": "orders", "name": NAME, "rules": rules})).json()
    assert queue["rules"]["broadcast"] == 3
    changed = (await admin.put("/api/queues/orders", json={"name": NAME, "version": 1, "offer_s": 30})).json()
    assert (changed["offer_s"], changed["rules"]) == (30, queue["rules"])
    bad = await admin.put("/api/queues/orders", json={"name": NAME, "version": 2, "rules": {"broadcast": 99}})
    assert code(bad) == "invalid"
    person = {"email": "mina@onda.kr", "name": "Mina", "roles": ["agent"], "locale": "ko"}
    mina = (
        await admin.post("/api/agents", json=person | {"team": "Seoul", "attributes": {"tier": "gold"}})
    ).json()
    again = (await admin.put(f"/api/agents/{mina['id']}", json=person | {"version": mina["version"]})).json()
    assert (again["team"], again["attributes"]) == ("Seoul", {"tier": "gold"})


@pytest.mark.parametrize("kind", list(SAMPLES))
async def test_another_company_neither_sees_nor_changes_a_setting(browser: SignedIn, office: Office, kind: str):
    admin = await browser(office.routers)
    rival = await browser(office.routers, "admin", "rival")
    document = (await admin.post(f"/api/{kind}", json=SAMPLES[kind])).json()
    address = f"/api/{kind}/{key_of(document)}"
    change = {k: v for k, v in document.items() if k not in {"id", "key"}}
    assert [(await rival.get(address)).status_code, (await rival.put(address, json=change)).status_code,
            (await rival.delete(address)).status_code] == [404, 404, 404]  # fmt: skip
    assert (await rival.get(f"/api/{kind}")).json() == {"items": []}
    theirs = SAMPLES[kind] | ({"origins": ["https://rival.example"]} if kind == "widgets" else {})
    assert (await rival.post(f"/api/{kind}", json=theirs)).status_code == 201, "ids are each company's own"


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("queues", {"name": {"ko": "주문", "ja": "", "en": "Orders"}}, "name.ja"),
        ("queues", {"offer_s": 1}, "offer_s"),
        ("queues", {"calendar_id": "nowhere"}, "calendar_id"),
        ("queues", {"colour": "red"}, "colour"),
        ("queues", {"id": "Orders!"}, "id"),
        ("calendars", {"time_zone": "Asia/Atlantis"}, "time_zone"),
        ("calendars", {"weekly": {"mon": [["09:00", "12:00"], ["11:00", "18:00"]]}}, "weekly.mon"),
        ("calendars", {"weekly": {"mon": [["9am", "12:00"]]}}, "weekly.mon"),
        ("routing-profiles", {"queues": [{"queue_id": "nowhere"}]}, "queues.0.queue_id"),
        ("announcements", {"ends_at": "2026-11-01T00:00:00Z"}, "the body"),
        ("announcements", {"ends_at": None}, "ends_at"),
        ("announcements", {"starts_at": "2026-12-01T00:00:00"}, "starts_at"),
        ("macros", {"texts": texts("Hello {customer.password}")}, "the body"),
        ("macros", {"shortcut": "two words"}, "shortcut"),
        ("widgets", {"origins": ["https://shop.example/path"]}, "origins.0"),
        ("widgets", {"journey_id": "nowhere"}, "journey_id"),
        ("skills", {"name": {"ko": "\x00", "ja": "x", "en": "x"}}, "name.ko"),
    ],
)
async def test_a_wrong_field_is_named(
    browser: SignedIn, office: Office, kind: str, change: dict[str, Any], field: str
):
    admin = await browser(office.routers)
    answer = await admin.post(f"/api/{kind}", json=SAMPLES[kind] | change)
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["field"] == field
    assert not office.signals


async def test_a_night_shift_and_its_end_at_midnight_are_fine(browser: SignedIn, office: Office):
    admin = await browser(office.routers)
    weekly = {"fri": [["22:00", "06:00"]], "sat": [["09:00", "24:00"]]}
    assert (await admin.post("/api/calendars", json=SAMPLES["calendars"] | {"weekly": weekly})).status_code == 201


async def test_a_taken_id_is_refused(browser: SignedIn, office: Office):
    admin = await browser(office.routers)
    await admin.post("/api/skills", json=SAMPLES["skills"])
    assert code(await admin.post("/api/skills", json=SAMPLES["skills"])) == "admin.taken"
    await admin.post("/api/macros", json=SAMPLES["macros"])
    assert code(await admin.post("/api/macros", json=SAMPLES["macros"])) == "admin.taken"


async def test_a_setting_in_use_stays_until_its_users_are_gone(
    browser: SignedIn, office: Office, database: Database
):
    admin = await browser(office.routers)
    for kind in ("calendars", "queues", "skills", "routing-profiles"):
        extra: dict[str, Any] = {
            "queues": {"calendar_id": "seoul"}, "routing-profiles": {"queues": [{"queue_id": "orders"}]}
        }.get(kind, {})  # fmt: skip
        assert (await admin.post(f"/api/{kind}", json=SAMPLES[kind] | extra)).status_code == 201
    person = {"email": "jun@onda.example", "name": "Jun", "roles": ["agent"], "locale": "ko",
              "routing_profile_id": "everyone", "skills": [{"skill_id": "korean", "level": 5}]}  # fmt: skip
    assert (await admin.post("/api/agents", json=person)).status_code == 201
    for address, user in {
        "calendars/seoul": "the queue orders",
        "queues/orders": "the routing profile everyone",
        "skills/korean": "Jun",
        "routing-profiles/everyone": "Jun",
    }.items():
        refused = (await admin.delete(f"/api/{address}")).json()["error"]
        assert (refused["code"], refused["details"]["user"]) == ("admin.in_use", user)


async def test_a_queue_that_a_published_journey_names_stays(browser: SignedIn, office: Office, database: Database):
    admin = await browser(office.routers)
    await admin.post("/api/queues", json=SAMPLES["queues"])
    async with database.tenant("onda") as conn:
        document = {"sections": {"agent": [{"step": "enqueue", "queue": "orders", "skills": {"korean": 3}}]}}
        await conn.execute("INSERT INTO journey VALUES ('onda', 'help', 1, $1, NULL, now())", document)
    refused = (await admin.delete("/api/queues/orders")).json()["error"]
    assert refused["details"]["user"] == "the journey help"
    await admin.post("/api/skills", json=SAMPLES["skills"])
    assert code(await admin.delete("/api/skills/korean")) == "admin.in_use"


async def test_an_announcement_is_previewed_before_it_is_switched_on(
    browser: SignedIn, office: Office, database: Database
):
    admin = await browser(office.routers)
    await admin.post("/api/widgets", json=SAMPLES["widgets"])
    draft = SAMPLES["announcements"] | {"starts_at": "2026-01-01T00:00:00Z"}
    preview = (await admin.post("/api/announcements/preview", json=draft)).json()
    assert preview["journeys"] == ["front-desk"]
    assert [w["key"] for w in preview["widgets"]] == ["onda-shop"]
    assert (preview["waiting_now"], preview["self_service_now"]) == (0, 0)
    saved = (await admin.post("/api/announcements", json=draft | {"slot": "promotion"})).json()
    other = (await admin.get(f"/api/announcements/{saved['id']}/preview")).json()
    assert (other["journeys"], other["widgets"]) == ([], [])


async def test_the_holidays_of_a_calendar_are_named_in_the_languages_there_are(browser: SignedIn, office: Office):
    admin = await browser(office.routers)
    await admin.post("/api/calendars", json=SAMPLES["calendars"])
    days = (await admin.get("/api/calendars/seoul/holidays?year=2026")).json()["items"]
    by_date = {day["date"]: day["name"] for day in days}
    assert by_date["2026-10-09"]["ko"] == "한글날"
    assert by_date["2026-10-09"]["en"]


PERSON = {"email": "yuki@onda.example", "name": "佐藤ゆき", "roles": ["agent"], "locale": "ja"}


async def test_a_new_colleague_gets_an_account_and_a_first_password(
    browser: SignedIn, office: Office, security: Security
):
    admin = await browser(office.routers)
    weak = await admin.post("/api/agents", json=PERSON | {"password": "yuki@onda.example"})
    assert code(weak) == "security.weak_password"
    created = await admin.post("/api/agents", json=PERSON | {"password": "静かな海辺の小さな喫茶店にて"})
    assert created.status_code == 201
    assert "password" not in created.text
    assert code(await admin.post("/api/agents", json=PERSON | {"email": "YUKI@onda.example"})) == "admin.taken"
    assert [a["email"] for a in (await admin.get("/api/agents")).json()["items"]].count("yuki@onda.example") == 1


async def test_other_roles_end_a_person_s_sessions(browser: SignedIn, office: Office, people: People):
    admin = await browser(office.routers)
    agent = await browser(office.routers, "agent")
    assert (await agent.get("/api/queues")).status_code == 200
    address = f"/api/agents/{people['onda', 'agent']}"
    person = (await admin.get(address)).json()
    change = {k: person[k] for k in ("email", "name", "locale", "version")} | {"roles": ["agent", "supervisor"]}
    assert (await admin.put(address, json=change)).json()["roles"] == ["agent", "supervisor"]
    assert (await agent.get("/api/queues")).status_code == 401
    assert code(await admin.put(address, json=change)) == "conflict"


async def test_the_last_administrator_can_neither_resign_nor_be_removed(
    browser: SignedIn, office: Office, people: People
):
    admin = await browser(office.routers)
    address = f"/api/agents/{people['onda', 'admin']}"
    assert code(await admin.delete(address)) == "admin.last_admin"
    await admin.post("/api/agents", json=PERSON | {"roles": ["admin"]})
    assert (await admin.delete(address)).status_code == 204
    assert (await admin.get("/api/agents")).status_code == 401


async def test_a_person_who_leaves_is_disabled_and_stays_on_the_list(
    browser: SignedIn, office: Office, people: People
):
    admin = await browser(office.routers)
    address = f"/api/agents/{people['onda', 'agent']}"
    assert (await admin.delete(address)).status_code == 204
    assert (await admin.get(address)).json()["disabled"] is True


async def test_every_change_is_in_the_audit_log_by_field_and_without_values(
    browser: SignedIn, office: Office, database: Database
):
    admin = await browser(office.routers)
    await admin.post("/api/agents", json=PERSON)
    await admin.post("/api/skills", json=SAMPLES["skills"])
    await admin.put("/api/skills/korean", json={"name": NAME | {"en": "Korean"}, "version": 1})
    async with database.tenant("onda") as conn:
        lines = await conn.fetch("SELECT action, subject, detail::text FROM audit ORDER BY seq DESC LIMIT 3")
    assert [line["action"] for line in lines] == ["skill.changed", "skill.created", "agent.created"]
    assert lines[0]["detail"] == '{"fields": ["name"]}'
    assert "yuki" not in str(lines)


async def test_a_prepared_message_is_the_platforms_until_it_is_changed_and_again_when_removed(
    browser: SignedIn, office: Office
):
    admin = await browser(office.routers)
    listed = (await admin.get("/api/prepared-messages")).json()["items"]
    assert {"closed", "outage", "long-wait", "weather", "disaster"} <= {one["id"] for one in listed}
    weather = (await admin.get("/api/prepared-messages/weather")).json()
    assert weather["version"] == 0
    change = {k: v for k, v in weather.items() if k != "id"} | {"lasts_s": 600}
    changed = (await admin.put("/api/prepared-messages/weather", json=change)).json()
    assert (changed["version"], changed["lasts_s"], changed["texts"]) == (1, 600, weather["texts"])
    assert code(await admin.put("/api/prepared-messages/weather", json=change)) == "conflict"
    assert code(await admin.post("/api/prepared-messages", json=change | {"id": "weather"})) == "invalid"
    for _ in range(2):
        assert (await admin.delete("/api/prepared-messages/weather")).status_code == 204
    assert (await admin.get("/api/prepared-messages/weather")).json() == weather
    own = {"id": "fire-drill", "name": NAME, "texts": NAME}
    assert (await admin.post("/api/prepared-messages", json=own)).json()["version"] == 1
    assert code(await admin.post("/api/prepared-messages", json=own | {"id": "weather"})) == "admin.taken"


async def test_the_limits_of_a_queue_are_the_usual_ones_until_somebody_sets_others(
    browser: SignedIn, office: Office
):
    admin = await browser(office.routers)
    await admin.post("/api/queues", json=SAMPLES["queues"] | {"target_s": 30})
    [rule] = (await admin.get("/api/alert-rules")).json()["items"]
    assert (rule["id"], rule["version"]) == ("orders", 0)
    assert rule["limits"]["longest_wait_s"] == {"warn": 60, "alarm": 150}
    change = {"version": 0, "limits": {"waiting": {"warn": 5, "alarm": 10}}}
    changed = (await admin.put("/api/alert-rules/orders", json=change)).json()
    assert (changed["version"], changed["limits"]["waiting"]) == (1, {"warn": 5, "alarm": 10})
    assert (await admin.put("/api/alert-rules/nowhere", json=change)).status_code == 404
