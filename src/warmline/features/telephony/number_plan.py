"""What the telephone side knows of every company: its lines, numbers and desk phones, as one snapshot."""

import asyncio
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from warmline.domain.outbound.numbers import read_number
from warmline.features.admin.number_claims import overlap
from warmline.features.telephony.secrets import PhoneCredentials, Secrets
from warmline.kernel.locale import Locale
from warmline.ports.telephone import Transport
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

SETTINGS = frozenset({"trunk", "phone_number", "desk_phone"})  # what the signal "settings" tells
Network = IPv4Network | IPv6Network


class Line(Struct, frozen=True):
    """A provider's line with everything needed to use it."""

    tenant_id: str
    id: str
    mode: Literal["registration", "address"]
    host: str
    port: int
    transport: Transport
    srtp: Literal["off", "optional", "required"]
    username: str
    secret: str
    networks: tuple[Network, ...]
    caller_number: str
    region: str
    inband_digits: bool
    priority: int
    calls_at_most: int


class Answering(Struct, frozen=True):
    """What answers a number."""

    tenant_id: str
    number_id: str
    number: str
    journey_id: str
    locale: Locale
    record: Literal["never", "announced"]


ANYWHERE = "ZZ"  # the country of nobody: only numbers with + are read


class DeskPhone(Struct, frozen=True):
    """A desk phone that may register."""

    tenant_id: str
    id: str
    agent_id: UUID | None
    credentials: PhoneCredentials


class Plan(Struct, frozen=True):
    """The snapshot. `numbers` by (tenant, digits); `phones` by (tenant, extension)."""

    lines: tuple[Line, ...] = ()
    numbers: Mapping[tuple[str, str], tuple[Answering, str | None]] = {}
    phones: Mapping[tuple[str, str], DeskPhone] = {}

    def lines_of(self, tenant_id: str) -> tuple[Line, ...]:
        """Return a company's lines in the order they are tried."""
        return tuple(one for one in self.lines if one.tenant_id == tenant_id)

    def lines_at(self, address: str) -> tuple[Line, ...]:
        """Return the lines that calls from `address` may belong to, the narrowest network first."""
        try:
            source: IPv4Address | IPv6Address = ip_address(address)
        except ValueError:
            return ()
        if isinstance(source, IPv6Address) and source.ipv4_mapped is not None:
            source = source.ipv4_mapped
        fits = [(-net.prefixlen, n) for n, one in enumerate(self.lines) for net in one.networks if source in net]
        return tuple(dict.fromkeys(self.lines[n] for _, n in sorted(fits)))

    def line_at(self, address: str) -> Line | None:
        """Return the line that calls from `address` belong to; the narrowest network that holds it."""
        return next(iter(self.lines_at(address)), None)

    def answering(self, tenant_id: str, line: Line | None, called: str) -> Answering | None:
        """Return what answers `called`, in any form the network may give it."""
        own = line or next(iter(self.lines_of(tenant_id)), None)
        region = own.region if own is not None else ANYWHERE
        read = read_number(called, region)
        for form in (called, read.e164 if read is not None else None):
            found = self.numbers.get((tenant_id, form)) if form else None
            if found is not None and (found[1] is None or line is None or found[1] == line.id):
                return found[0]
        return None

    def contested(self, line: Line, called: str) -> bool:
        """Tell whether another company, too, would answer `called` on a line with addresses of this one.

        Settings refuse that; where it came about all the same, nobody takes the other's calls.
        """
        others = [
            one for one in self.lines if one.tenant_id != line.tenant_id and overlap(one.networks, line.networks)
        ]
        read = {one: read_number(called, one) for one in {other.region for other in others}}
        for other in others:
            number = read[other.region]
            for form in (called, number.e164 if number is not None else None):
                found = self.numbers.get((other.tenant_id, form)) if form else None
                if found is not None and found[1] in (None, other.id):
                    return True
        return False

    def phone_of(self, tenant_id: str, agent_id: UUID) -> DeskPhone | None:
        """Return the phone on somebody's desk."""
        return next((p for p in self.phones.values() if (p.tenant_id, p.agent_id) == (tenant_id, agent_id)), None)


class NumberPlan:
    """Keeps the snapshot; `reload` it when the signal "settings" names one of `SETTINGS`."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._secrets = Secrets(database, keyring)
        self._by_tenant: dict[str, Plan] = {}
        self._lock = asyncio.Lock()
        self.current = Plan()

    async def load(self) -> Plan:
        """Read every company anew and return the whole plan."""
        async with self._lock:
            self._by_tenant = {one: await self._read(one) for one in await self._database.tenants()}
            return self._merge()

    async def reload(self, tenant_id: str) -> Plan:
        """Read one company anew: its settings have changed."""
        async with self._lock:
            self._by_tenant[tenant_id] = await self._read(tenant_id)
            return self._merge()

    def _merge(self) -> Plan:
        plans = self._by_tenant.values()
        self.current = Plan(
            tuple(sorted((line for plan in plans for line in plan.lines), key=lambda one: (one.priority, one.id))),
            {key: value for plan in plans for key, value in plan.numbers.items()},
            {key: value for plan in plans for key, value in plan.phones.items()},
        )
        return self.current

    async def _read(self, tenant_id: str) -> Plan:
        await self._keyring.warm(tenant_id, ())
        async with self._database.tenant(tenant_id) as conn:
            lines = await conn.fetch("SELECT * FROM trunk WHERE tenant_id = $1 AND enabled", tenant_id)
            numbers = await conn.fetch("SELECT * FROM phone_number WHERE tenant_id = $1", tenant_id)
            phones = await conn.fetch("SELECT * FROM desk_phone WHERE tenant_id = $1 AND enabled", tenant_id)
        known = (self._phone(tenant_id, row) for row in phones)
        return Plan(
            tuple(self._line(tenant_id, row) for row in lines),
            {(tenant_id, row["number"]): (_answering(tenant_id, row), row["trunk_id"]) for row in numbers},
            {(tenant_id, one.id): one for one in known if one is not None},
        )

    def _line(self, tenant_id: str, row: asyncpg.Record) -> Line:
        return Line(
            tenant_id=tenant_id,
            id=row["id"],
            mode=row["mode"],
            host=row["host"],
            port=row["port"],
            transport=row["transport"],
            srtp=row["srtp"],
            username=row["username"],
            secret=self._secrets.trunk(tenant_id, row["id"], row["secret_enc"]),
            networks=tuple(ip_network(one) for one in row["addresses"]),
            caller_number=row["caller_number"],
            region=row["region"],
            inband_digits=row["inband_digits"],
            priority=row["priority"],
            calls_at_most=row["calls_at_most"],
        )

    def _phone(self, tenant_id: str, row: asyncpg.Record) -> DeskPhone | None:
        credentials = self._secrets.phone(tenant_id, row["id"], row["secret_enc"])
        return None if credentials is None else DeskPhone(tenant_id, row["id"], row["agent_id"], credentials)


def _answering(tenant_id: str, row: asyncpg.Record) -> Answering:
    return Answering(tenant_id, row["id"], row["number"], row["journey_id"], row["locale"], row["record"])
