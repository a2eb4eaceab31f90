"""Which backends journeys reach, and the tasks they offer: configured connectors, and the demo's shop."""

import os
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

from warmline.config import Config, ConfigError
from warmline.connectors.http.config import HttpConnectorConfig
from warmline.connectors.http.connector import HttpConnector, task_handlers
from warmline.connectors.http.declared import spec_of
from warmline.connectors.http.directory import HttpDirectory
from warmline.core import Core
from warmline.domain.journey.steps_send_link import SEND_TEXT
from warmline.domain.journey.steps_send_link import TASK as SEND_LINK
from warmline.domain.journey.tasks import Tasks, TasksOf, TaskSpec
from warmline.features.contacts.case_links import send_link_task
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.features.customers.tasks import link_task
from warmline.features.identity.tasks import IdentityTasks
from warmline.features.telephony.outbound import OutboundGate
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import CodeSender, ContactPoint, SubjectDirectory, TaskContext, TaskHandler
from warmline.ports.python_task import installed_tasks
from warmline.runtime.clock import utc_now
from warmline.runtime.egress import Egress

SECRET = "env:"  # noqa: S105 -- a key may say where it is instead of what it is
# What the platform itself does for journeys and contacts, by these names, for every company.
PLATFORM = frozenset({
    "callbacks.promise", "callbacks.settle", "customers.link", "identity.check_birth_date", "identity.check_code",
    "identity.check_pin", "identity.send_code", SEND_LINK,
})  # fmt: skip


def read_connectors(config: Config) -> list[HttpConnectorConfig]:
    """Read the connectors file (JSON list) of `connectors`; keys may be `env:NAME`. Raises ConfigError."""
    if not config.connectors:
        return []
    try:
        with open(config.connectors, "rb") as file:
            found = msgspec.json.decode(file.read(), type=list[HttpConnectorConfig])
    except (OSError, msgspec.DecodeError) as failure:
        raise ConfigError(f"connectors={config.connectors} cannot be read: {failure}. Correct it.") from None
    return [_with_secret(one) for one in found]


def _with_secret(one: HttpConnectorConfig) -> HttpConnectorConfig:
    if not one.key.startswith(SECRET):
        return one
    name = one.key.removeprefix(SECRET)
    if name not in os.environ:
        raise ConfigError(f"Connector {one.name} wants its key in {name}, which is not set. Export it.")
    return msgspec.structs.replace(one, key=os.environ[name])


def connector_configs(config: Config) -> list[HttpConnectorConfig]:
    """Return every backend of this installation, with the demo's shop when the demo runs. Raises ConfigError."""
    found = read_connectors(config)
    if config.demo:
        from warmline_demo.commerce import DEMO_API_KEY
        from warmline_demo.content.company import TENANT_ID
        from warmline_demo.content.shop import shop_config

        found.append(shop_config(TENANT_ID, f"http://127.0.0.1:{config.demo_commerce_port}", DEMO_API_KEY))
    _refuse_taken_names(found)
    return found


def _refuse_taken_names(configs: Sequence[HttpConnectorConfig]) -> None:
    """Refuse an operation named like a task of every company: one would hide the other. Raises ConfigError."""
    whose = dict.fromkeys(PLATFORM, "Warmline itself")
    whose |= {task.name: "an installed package" for task in installed_tasks()}
    for one in configs:
        for taken in (operation for operation in one.operations if operation in whose):
            raise ConfigError(
                f"Connector {one.name} has an operation {taken}, and {whose[taken]} offers a task of that name to"
                " every company. Give the operation another name, here and in the journeys that use it."
            )


def allowed_hosts(configs: list[HttpConnectorConfig]) -> Mapping[str, frozenset[str]]:
    """Return, per tenant, the hosts its connectors name: an administrator's word admits them, nothing else."""
    found: dict[str, set[str]] = {}
    for one in configs:
        found.setdefault(one.tenant_id, set()).add(urlsplit(one.base_url).netloc)
    return {tenant_id: frozenset(hosts) for tenant_id, hosts in found.items()}


class _NoSender:
    """No way to deliver codes is set up: journeys take their `unavailable` branch."""

    def serves(self, tenant_id: str) -> bool:
        return False

    async def send_code(self, tenant_id: str, to: ContactPoint, code: str, valid_s: int) -> None:
        raise ProviderFailed("No sender for one-time codes is set up.", retryable=False)


class TextMessages:
    """Implements `ShortMessages` over the operation `phone.send` of each tenant's first connector that has it."""

    def __init__(self, connectors: Sequence[HttpConnector]) -> None:
        able = [one for one in connectors if SEND_TEXT in one.config.operations]
        self._by_tenant = {one.config.tenant_id: one for one in reversed(able)}

    def serves(self, tenant_id: str) -> bool:
        return tenant_id in self._by_tenant

    async def send(self, tenant_id: str, to: str, text: str, key: str) -> None:
        if not self.serves(tenant_id):
            raise ProviderFailed("No text messages can be sent for this tenant.", retryable=False)
        await self._by_tenant[tenant_id].call(SEND_TEXT, {"to": to, "text": text}, key)


class _ByTenant:
    """The directory of each tenant: its first connector that knows customers."""

    def __init__(self, directories: Mapping[str, SubjectDirectory]) -> None:
        self._directories = directories

    def _of(self, context: TaskContext) -> SubjectDirectory:
        if context.tenant_id not in self._directories:
            raise ProviderFailed("No backend of this tenant knows its customers.", retryable=False)
        return self._directories[context.tenant_id]

    async def contact_point(self, context: TaskContext, subject: str) -> ContactPoint | None:
        return await self._of(context).contact_point(context, subject)

    async def check_pin(self, context: TaskContext, subject: str, pin: str) -> str | None:
        return await self._of(context).check_pin(context, subject, pin)

    async def check_birth_date(self, context: TaskContext, subject: str, birth_date: str) -> str | None:
        return await self._of(context).check_birth_date(context, subject, birth_date)


def tasks_of_companies(config: Config) -> TasksOf:
    """Return what tells the tasks that a company's journeys may invoke, with what each takes and answers.

    No company learns what backends another one has, nor what those answer to an operation of the same name.
    """
    own: dict[str, dict[str, TaskSpec]] = {}
    for one in connector_configs(config):
        specs = own.setdefault(one.tenant_id, {})
        specs |= {name: spec_of(operation) for name, operation in one.operations.items()}
    anybodys = {task.name: task.spec for task in installed_tasks()}

    def of_company(tenant_id: str) -> Tasks:
        return own.get(tenant_id, {}) | anybodys

    return of_company


def guide_tasks(config: Config) -> dict[str, TaskHandler]:
    """Return what guides at desks may call: connectors and Python tasks, none that speaks to a customer."""
    configs = connector_configs(config)
    hosts = allowed_hosts(configs)
    egress = Egress(lambda tenant_id: hosts.get(tenant_id, frozenset()))
    connectors = [HttpConnector(one, egress, utc_now) for one in configs]
    return {**{task.name: task.handler() for task in installed_tasks()}, **task_handlers(connectors)}


async def task_handlers_of(core: Core) -> dict[str, TaskHandler]:
    """Build connectors, identity checks and customer linking; return the handlers by task name."""
    configs = connector_configs(core.config)
    hosts = allowed_hosts(configs)

    def allowed(tenant_id: str) -> Collection[str]:
        return hosts.get(tenant_id, frozenset())

    egress = Egress(allowed)
    connectors = [HttpConnector(one, egress, utc_now) for one in configs]
    for connector in connectors:
        core.tasks.spawn(f"health of {connector.config.name}", connector.watch())
    directories = {c.config.tenant_id: HttpDirectory(c) for c in reversed(connectors)}
    directory = _ByTenant(directories)
    sender = _sender(core.config, connectors)
    identity = IdentityTasks(core.database, core.keyring, directory, sender, core.tasks, utc_now)
    customers = Customers(core.database, core.keyring)
    by_tenant = {c.config.tenant_id: c for c in reversed(connectors)}
    link = link_task(customers, core.rooms.service.command, _describe(by_tenant))
    python = {task.name: task.handler() for task in installed_tasks()}
    gate = OutboundGate(core.database)

    async def region(tenant_id: str) -> str:
        return (await gate.rules(tenant_id)).region

    links = core.rooms.case_links(core.config.base_url)
    own = {"customers.link": link, SEND_LINK: send_link_task(links, TextMessages(connectors), region)}
    return {**python, **task_handlers(connectors), **identity.handlers(), **own}


def _sender(config: Config, connectors: list[HttpConnector]) -> CodeSender:
    if config.demo:
        from warmline_demo.content.phone import DemoPhones

        return DemoPhones(connectors[-1])
    return _NoSender()


def _describe(connectors: Mapping[str, HttpConnector]):
    async def describe(context: TaskContext, reference: str) -> Profile | None:
        connector = connectors.get(context.tenant_id)
        if connector is None or "customers.find" not in connector.config.operations:
            return None
        found = await connector.call("customers.find", {"subject": reference}, f"describe:{context.task_id}")
        name = found.get("name")
        return Profile(name=name) if found.get("found") and isinstance(name, str) else None

    return describe
