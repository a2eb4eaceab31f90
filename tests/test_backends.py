"""Which backends journeys reach is said by an administrator, and nothing else is reachable."""

import json
from pathlib import Path

import pytest
from msgspec import Struct

from warmline.backends import (
    TextMessages,
    allowed_hosts,
    connector_configs,
    guide_tasks,
    read_connectors,
    tasks_of_companies,
)
from warmline.config import Config, ConfigError
from warmline.connectors.http.config import HttpConnectorConfig, Operation
from warmline.connectors.http.connector import HttpConnector
from warmline.domain.journey.steps_send_link import TASK as SEND_LINK
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import OutboundAnswer, TaskContext
from warmline.ports.python_task import PythonTask
from warmline.runtime.clock import utc_now

FIND: dict[str, object] = {
    "method": "GET",
    "path": "/people/{id}",
    "arguments": ["id"],
    "fields": [{"name": "tier"}],
    "answers": {"404": {"found": False}},
}
CRM: dict[str, object] = {
    "tenant_id": "acme",
    "name": "crm",
    "base_url": "https://crm.acme.example:8443/v1",
    "key": "env:ACME_CRM_KEY",
    "key_header": "X-Key",
    "operations": {"crm.find": FIND},
}


class _Customer(Struct):
    customer: str


async def _points(context: TaskContext, asked: _Customer) -> _Customer:
    return asked


POINTS = PythonTask("loyalty.points", _Customer, _Customer, _points)


def _file(tmp_path: Path, *connectors: object) -> Config:
    file = tmp_path / "connectors.json"
    file.write_text(json.dumps(connectors))
    return Config(connectors=str(file))


def test_a_connector_is_read_with_its_key_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    (crm,) = read_connectors(_file(tmp_path, CRM))
    assert crm.key == "secret"
    assert "secret" not in repr(crm)
    assert allowed_hosts([crm]) == {"acme": frozenset({"crm.acme.example:8443"})}


def test_a_missing_key_or_a_misspelled_field_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ACME_CRM_KEY", raising=False)
    with pytest.raises(ConfigError, match="ACME_CRM_KEY"):
        read_connectors(_file(tmp_path, CRM))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_connectors(_file(tmp_path, {"tenant_id": "acme"}))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_connectors(Config(connectors=str(tmp_path / "nowhere.json")))


@pytest.mark.parametrize("taken", ["loyalty.points", "identity.send_code", "callbacks.promise", SEND_LINK])
def test_an_operation_that_would_hide_a_task_of_every_company_stops_the_start_and_says_which(
    taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    monkeypatch.setattr("warmline.backends.installed_tasks", lambda: [POINTS])
    config = _file(tmp_path, CRM | {"operations": {taken: FIND}})
    for reader in (connector_configs, tasks_of_companies, guide_tasks):
        with pytest.raises(ConfigError, match=f"Connector crm has an operation {taken}.*another name"):
            reader(config)
    assert [one.name for one in connector_configs(_file(tmp_path, CRM))] == ["crm"]


def test_the_checker_knows_what_each_task_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    (spec,) = tasks_of_companies(_file(tmp_path, CRM))("acme").values()
    assert spec.fields == ("tier", "found")
    assert tasks_of_companies(Config())("acme") == {}


def test_a_company_is_not_told_what_backends_another_one_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    of_company = tasks_of_companies(_file(tmp_path, CRM))
    assert list(of_company("acme")) == ["crm.find"]
    assert list(of_company("onda")) == []


def test_two_companies_with_an_operation_of_one_name_each_know_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    other = {"method": "GET", "path": "/x", "arguments": [], "fields": [{"name": "colour"}],
             "answers": {"404": {"known": False}}}  # fmt: skip
    rival = {**CRM, "tenant_id": "rival", "operations": {"crm.find": other}}
    of_company = tasks_of_companies(_file(tmp_path, CRM, rival))
    assert of_company("acme")["crm.find"].fields == ("tier", "found")
    assert of_company("rival")["crm.find"].fields == ("colour", "known")


def test_the_demos_shop_exists_in_the_demo_only():
    assert connector_configs(Config()) == []
    (shop,) = connector_configs(Config(demo=True, demo_commerce_port=9999))
    assert shop.base_url == "http://127.0.0.1:9999"
    assert "orders.find" in tasks_of_companies(Config(demo=True))(shop.tenant_id)


async def test_short_messages_go_through_the_operation_that_sends_them():
    requests: list[tuple[str, bytes | None]] = []

    async def outbound(tenant_id, method, url, *, headers, body, timeout_s) -> OutboundAnswer:
        requests.append((headers["Idempotency-Key"], body))
        return OutboundAnswer(202, b"{}")

    send = Operation(
        "POST", "/sms", ("to", "text"), body={"to": "to", "text": "text"}, answers={202: {}}, send_key=True
    )
    backends = (("acme", {}), ("acme", {"phone.send": send}), ("rival", {}))
    connectors = [
        HttpConnector(HttpConnectorConfig(tenant_id, "crm", "https://crm.example", operations), outbound, utc_now)
        for tenant_id, operations in backends
    ]
    messages = TextMessages(connectors)
    assert (messages.serves("acme"), messages.serves("rival")) == (True, False)
    await messages.send("acme", "+821012345678", "Hello", "k1")
    assert requests == [("k1", b'{"to": "+821012345678", "text": "Hello"}')]
    with pytest.raises(ProviderFailed):
        await messages.send("rival", "+821012345678", "Hello", "k2")


async def test_a_guide_at_a_desk_reaches_the_backends_and_nothing_that_speaks_to_customers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ACME_CRM_KEY", "secret")
    assert set(guide_tasks(_file(tmp_path, CRM))) == {"crm.find"}
