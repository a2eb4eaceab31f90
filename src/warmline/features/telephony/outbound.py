"""The one gate of calls that leave: what the company allows, how often, and how much it may cost a day."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from warmline.domain.outbound.gate import (
    MINUTE,
    Denial,
    Denied,
    OutboundRules,
    OutboundUse,
    Purpose,
    day_of,
    decide,
    running_milli,
    settled_milli,
)
from warmline.domain.outbound.numbers import is_emergency, read_number
from warmline.kernel.errors import Refused, declare
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

OFF = declare(
    "outbound.off",
    403,
    "Calls to the outside are switched off.",
    "An administrator switches them on under Telephone > Outgoing calls.",
)
NOT_A_NUMBER = declare(
    "outbound.not_a_number",
    422,
    "This is no telephone number.",
    "Write it with its area code, or with + and the country code.",
)
EMERGENCY = declare(
    "outbound.emergency",
    403,
    "Emergency services are not called from here: they could not see where you are.",
    "Dial the number on a telephone of your own, now.",
)
BLOCKED = declare(
    "outbound.blocked",
    403,
    "Numbers that begin like this one are blocked.",
    "An administrator can change the blocked prefixes under Telephone > Outgoing calls.",
)
NOT_ALLOWED_PREFIX = declare(
    "outbound.not_allowed",
    403,
    "Your company does not call numbers that begin like this one.",
    "An administrator can add the country or area under Telephone > Outgoing calls.",
)
COSTLY = declare(
    "outbound.costly",
    403,
    "Premium-rate, shared-cost and satellite numbers are not called.",
    "Ask the customer for another number.",
)
TOO_MANY_CALLS = declare(
    "outbound.too_many",
    429,
    "More calls were begun within a minute than your company allows.",
    "Try again in a minute. An administrator can change the limit under Telephone > Outgoing calls.",
)
SPEND_CAP = declare(
    "outbound.spend_cap",
    429,
    "The amount your company allows for calls today is used up.",
    "An administrator can raise it under Telephone > Outgoing calls; it begins anew at midnight UTC.",
)
CODES: dict[Denial, str] = {
    "off": OFF,
    "not_a_number": NOT_A_NUMBER,
    "emergency": EMERGENCY,
    "prefix_blocked": BLOCKED,
    "prefix_not_allowed": NOT_ALLOWED_PREFIX,
    "costly": COSTLY,
    "too_many": TOO_MANY_CALLS,
    "spend_cap": SPEND_CAP,
}
POLICY = "default"
FORGOTTEN_AFTER = timedelta(hours=4)  # a call whose end nobody told keeps its reservation for so long
LONGEST = timedelta(days=2)  # a call that runs for longer no longer counts


class Pass(Struct, frozen=True):
    """A call that may be made; `settle` it when it has ended."""

    id: UUID
    tenant_id: str
    number: str  # E.164
    per_minute_milli: int


class Look(Struct, frozen=True):
    """What the gate would say. `number` is E.164, None when it is no number; `why` None: it may be called."""

    number: str | None
    why: Denial | None
    per_minute_milli: int | None


class OutboundGate:
    """Every call to the outside passes `allow` first, whoever asks for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rules(self, tenant_id: str) -> OutboundRules:
        """Return what a company allows; without settings, nothing."""
        async with self._database.tenant(tenant_id) as conn:
            return await _rules(conn, tenant_id)

    async def look(self, tenant_id: str, dialled: str, *, now: datetime | None = None) -> Look:
        """Return whether `dialled` might be called now, without reserving anything."""
        async with self._database.tenant(tenant_id) as conn:
            rules = await _rules(conn, tenant_id)
            decision = decide(rules, await _use(conn, tenant_id, rules, now or utc_now()), dialled)
        if isinstance(decision, Denied):
            number = None if decision.why == "emergency" else read_number(dialled, rules.region)
            return Look(number.e164 if number is not None else None, decision.why, None)
        return Look(decision.number, None, decision.per_minute_milli)

    async def permitted(self, tenant_id: str, dialled: str) -> str:
        """Return the number as E.164 if it may be called now, reserving nothing. Raises Refused (`outbound.…`)."""
        seen = await self.look(tenant_id, dialled)
        if seen.why is not None:
            raise Refused(CODES[seen.why])
        return seen.number or dialled

    async def number(self, tenant_id: str, dialled: str) -> str:
        """Return what was dialled as E.164, national forms being those of the company's country.

        Raises Refused `outbound.emergency` or `outbound.not_a_number`; whether it may be called is for `allow`.
        """
        region = (await self.rules(tenant_id)).region
        read = read_number(dialled, region)
        if is_emergency(dialled, region) or (read is not None and read.emergency):
            raise Refused(EMERGENCY)
        if read is None:
            raise Refused(NOT_A_NUMBER)
        return read.e164

    async def allow(
        self,
        tenant_id: str,
        dialled: str,
        purpose: Purpose,
        *,
        contact_id: UUID | None = None,
        now: datetime | None = None,
    ) -> Pass:
        """Reserve a call to `dialled`, as it was typed. Raises Refused with one of the `outbound.` codes."""
        now = now or utc_now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            # One at a time per company: two who ask together may not both get the last of the cap.
            await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('outbound|' || $1, 0))", tenant_id)
            rules = await _rules(conn, tenant_id)
            decision = decide(rules, await _use(conn, tenant_id, rules, now), dialled)
            if isinstance(decision, Denied):
                raise Refused(CODES[decision.why])
            id = new_id()
            await conn.execute(
                "INSERT INTO outbound_call (tenant_id, id, day, begun_at, purpose, contact_id, reserved_milli)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                tenant_id, id, day_of(now), now, purpose, contact_id, decision.reserve_milli,
            )  # fmt: skip
        return Pass(id, tenant_id, decision.number, decision.per_minute_milli)

    async def settle(self, used: Pass, seconds: float) -> None:
        """Tell how long the call was (0: never answered); what was reserved beyond that is free again."""
        async with self._database.tenant(used.tenant_id) as conn:
            await conn.execute(
                "UPDATE outbound_call SET spent_milli = $3 WHERE tenant_id = $1 AND id = $2",
                used.tenant_id, used.id, settled_milli(used.per_minute_milli, seconds),
            )  # fmt: skip


async def _rules(conn: asyncpg.Connection, tenant_id: str) -> OutboundRules:
    stored: Any = await conn.fetchval(
        "SELECT rules FROM outbound_policy WHERE tenant_id = $1 AND id = $2", tenant_id, POLICY
    )
    return OutboundRules() if stored is None else msgspec.convert(stored, OutboundRules)


async def _use(conn: asyncpg.Connection, tenant_id: str, rules: OutboundRules, now: datetime) -> OutboundUse:
    used = await conn.fetchrow(
        "SELECT count(*) FILTER (WHERE begun_at > $3) AS calls,"
        " coalesce(sum(spent_milli) FILTER (WHERE day = $2), 0)::bigint AS spent"
        " FROM outbound_call WHERE tenant_id = $1 AND (day = $2 OR begun_at > $3)",
        tenant_id, day_of(now), now - MINUTE,
    )  # fmt: skip
    assert used is not None  # noqa: S101 -- an aggregate always has a row
    open_ones = await conn.fetch(
        "SELECT o.day, o.begun_at, o.reserved_milli, EXISTS (SELECT 1 FROM call c WHERE c.tenant_id = $1"
        "  AND c.contact_id = o.contact_id AND c.ended_at IS NULL) AS runs"
        " FROM outbound_call o WHERE o.tenant_id = $1 AND o.spent_milli IS NULL AND o.begun_at > $2",
        tenant_id, now - LONGEST,
    )  # fmt: skip
    return OutboundUse(used["calls"], used["spent"] + sum(_cost(row, rules, now) for row in open_ones))


def _cost(row: asyncpg.Record, rules: OutboundRules, now: datetime) -> int:
    """Return what a call that was not settled counts against today's cap."""
    reserved, begun_at = row["reserved_milli"], row["begun_at"]
    if row["runs"]:  # it may last far longer than was reserved
        return running_milli(rules, reserved, begun_at, now)
    return reserved if row["day"] == day_of(now) and begun_at > now - FORGOTTEN_AFTER else 0
