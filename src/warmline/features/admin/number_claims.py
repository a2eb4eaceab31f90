"""On a shared installation a telephone number belongs to one company: to whoever entered it first."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import cast

import asyncpg

from warmline.domain.outbound.numbers import read_number
from warmline.features.admin.store import Key, Row
from warmline.kernel.errors import Refused, declare
from warmline.runtime.database import Database

NUMBER_ELSEWHERE = declare(
    "admin.number_elsewhere",
    409,
    "{number} already comes in on this provider's line for another company of this installation.",
    "Check the number and the line's addresses; if the number is yours, ask whoever runs the installation.",
)

Network = IPv4Network | IPv6Network


def overlap(one: Iterable[Network], other: Iterable[Network]) -> bool:
    """Tell whether calls from one address may belong to both lines; a line without addresses meets every other."""
    ours, theirs = tuple(one), tuple(other)
    if not ours or not theirs:
        return True
    return any(_meet(a, b) for a in ours for b in theirs)


def _meet(one: Network, other: Network) -> bool:
    if isinstance(one, IPv4Network):
        return isinstance(other, IPv4Network) and one.overlaps(other)
    return isinstance(other, IPv6Network) and one.overlaps(other)


async def check_unclaimed(database: Database, tenant_id: str, kind: str, key: Key, values: Row) -> None:
    """Raise Refused `admin.number_elsewhere` if a number or line would take calls that are another company's.

    Short numbers without a country are each company's own. What a company already has stays editable.
    """
    if kind not in ("phone_number", "trunk"):
        return
    lines, numbers = await _read(database, tenant_id)
    held = _claims(lines, numbers)
    changed = {"id": key, **values}
    wanted = _claims([changed], numbers) if kind == "trunk" else _claims(lines, [changed])
    new = {number: sets for number, sets in wanted.items() if not sets <= held.get(number, set())}
    for other in await database.tenants() if new else ():
        if other == tenant_id:
            continue
        theirs = _claims(*await _read(database, other))
        for number in new.keys() & theirs.keys():
            if any(overlap(a, b) for a in new[number] for b in theirs[number]):
                raise Refused(NUMBER_ELSEWHERE, number=number, field="addresses" if kind == "trunk" else "number")


async def _read(database: Database, tenant_id: str) -> tuple[list[asyncpg.Record], list[asyncpg.Record]]:
    async with database.tenant(tenant_id) as conn:
        lines = await conn.fetch("SELECT id, addresses, region FROM trunk WHERE tenant_id = $1", tenant_id)
        numbers = await conn.fetch("SELECT number, trunk_id FROM phone_number WHERE tenant_id = $1", tenant_id)
    return lines, numbers


def _claims(
    lines: Iterable[asyncpg.Record | Row], numbers: Iterable[asyncpg.Record | Row]
) -> dict[str, set[tuple[Network, ...]]]:
    """Return the addresses of the lines each number comes in on; lines out of use count as well."""
    claims: dict[str, set[tuple[Network, ...]]] = {}
    numbers = list(numbers)
    for line in lines:
        networks = tuple(ip_network(one) for one in cast("list[str]", line["addresses"]))
        for row in numbers:
            read = read_number(str(row["number"]), str(line["region"]))
            if read is not None and row["trunk_id"] in (None, line["id"]):
                claims.setdefault(read.e164, set()).add(networks)
    return claims
