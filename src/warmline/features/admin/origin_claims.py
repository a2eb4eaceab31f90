"""On a shared installation a website belongs to one company: to whoever listed it first among a widget's pages.

By its host a site is told whose help pages it shows, so a second company there would take the first one's away.
"""

from typing import cast
from urllib.parse import urlsplit

from warmline.features.admin.store import Row
from warmline.kernel.errors import Refused, declare
from warmline.runtime.database import Database

ORIGIN_ELSEWHERE = declare(
    "admin.origin_elsewhere",
    409,
    "{origin} is already a site of another company of this installation.",
    "Check the address; if the site is yours, ask whoever runs the installation.",
)
NOBODYS = frozenset({"localhost", "127.0.0.1", "[::1]"})  # every machine's own, where pages are tried out


async def check_unclaimed(database: Database, tenant_id: str, kind: str, values: Row) -> None:
    """Raise Refused `admin.origin_elsewhere` if a widget names a site that another company has.

    What a company already has stays editable.
    """
    if kind != "widget":
        return
    origins = cast("list[str]", values["origins"])
    new = {host(origin): origin for origin in origins if urlsplit(origin).hostname not in NOBODYS}
    for one in await _hosts(database, tenant_id) & new.keys():
        del new[one]
    for other in await database.tenants() if new else ():
        if other == tenant_id:
            continue
        for one in sorted(await _hosts(database, other) & new.keys()):
            raise Refused(ORIGIN_ELSEWHERE, origin=new[one], field="origins")


def host(origin: str) -> str:
    """Return the host, with its port, that an origin is reached at: `http` and `https` are one site."""
    return urlsplit(origin).netloc.casefold()


async def _hosts(database: Database, tenant_id: str) -> set[str]:
    async with database.tenant(tenant_id) as conn:
        rows = await conn.fetch("SELECT unnest(origins) AS origin FROM widget WHERE tenant_id = $1", tenant_id)
    return {host(row["origin"]) for row in rows}
