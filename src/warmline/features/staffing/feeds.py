"""An agent's shifts under a private address for calendar programs: unguessable, revocable, hashed at rest."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from warmline.features.staffing import store, store_shifts
from warmline.features.staffing.files import words_in
from warmline.features.staffing.roster import calendar_of
from warmline.kernel.errors import NOT_FOUND, Refused
from warmline.kernel.locale import closest_locale
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

PAST, AHEAD = timedelta(days=35), timedelta(days=120)
# The tenant leads, because every table is asked on behalf of one tenant.
TOKEN = re.compile(r"([a-z0-9][a-z0-9-]{0,62})\.([\w-]{43})(?:\.ics)?", re.ASCII)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class Feeds:
    """One feed at most for each agent; a new one ends the one before."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def create(self, tenant_id: str, agent_id: UUID) -> str:
        """Return the token of a new feed; it is not kept and cannot be shown again."""
        secret = secrets.token_urlsafe(32)
        async with self._database.tenant(tenant_id) as conn:
            await store.write_feed(conn, tenant_id, agent_id, _hash(secret), self._now())
        return f"{tenant_id}.{secret}"

    async def revoke(self, tenant_id: str, agent_id: UUID) -> None:
        """End an agent's feed, if there is one."""
        async with self._database.tenant(tenant_id) as conn:
            await store.delete_feed(conn, tenant_id, agent_id)

    async def since(self, tenant_id: str, agent_id: UUID) -> datetime | None:
        """Return when the feed was made; None without one."""
        async with self._database.tenant(tenant_id) as conn:
            return await store.feed_since(conn, tenant_id, agent_id)

    async def calendar(self, token: str) -> str:
        """Return the calendar behind a token. Raises Refused `not_found` for any token that is not valid."""
        parts = TOKEN.fullmatch(token)
        if parts is None:
            raise Refused(NOT_FOUND, what="calendar")
        tenant_id, now = parts[1], self._now()
        async with self._database.tenant(tenant_id) as conn:
            owner = await store.feed_owner(conn, tenant_id, _hash(parts[2]))
            if owner is None:
                raise Refused(NOT_FOUND, what="calendar")
            zone = await store.time_zone_of(conn, tenant_id)
            queues = await store.queues(conn, tenant_id)
            rows = await store_shifts.between(conn, tenant_id, now - PAST, now + AHEAD, agent_id=owner["id"])
        words = words_in(closest_locale(owner["locale"]), queues)
        return calendar_of(f"{words.shift} · {owner['name']}", rows, zone, words, now)
