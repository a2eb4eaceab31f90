"""Signing in and staying signed in: throttled, constant for strangers, expiring when idle."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from warmline.features.security import audit, store, tokens
from warmline.features.security.passwords import Passwords, check_strength
from warmline.features.security.throttle import Buckets, Rate
from warmline.features.security.tokens import SessionToken
from warmline.kernel.errors import SIGN_IN, Refused, declare
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

WRONG = declare(
    "security.wrong_credentials",
    401,
    "The company, email or password is not right.",
    "Check all three; an administrator can set a new password.",
)
WRONG_PASSWORD = declare(
    "security.wrong_password", 422, "The present password is not right.", "Type your present password again."
)
FORGED = declare(
    "security.csrf",
    403,
    "This request did not come from a page of Warmline.",
    "Reload the page and try again; programs send the X-CSRF-Token header.",
)


PER_ACCOUNT = Rate(burst=10, per_s=1 / 30)
PER_ADDRESS = Rate(burst=30, per_s=1 / 2)


@dataclass(frozen=True)
class SessionPolicy:
    """How long a session lives, and how often sign-in may be tried."""

    idle_s: int = 2 * 3600
    absolute_s: int = 12 * 3600
    touch_every_s: int = 60
    per_account: Rate = PER_ACCOUNT
    per_address: Rate = PER_ADDRESS
    secure_cookies: bool = False  # set it whenever the public address is https


class Session(Struct, frozen=True):
    """Somebody signed in, with what their pages need."""

    identity: AgentIdentity
    email: str
    token: SessionToken
    csrf_hash: bytes
    expires_at: datetime


class Client(Struct, frozen=True):
    """Where a request comes from."""

    ip: str | None = None
    user_agent: str | None = None


class Security:
    """The one authority on who is asking. `origins` are those of our own pages."""

    def __init__(
        self,
        database: Database,
        *,
        origins: Collection[str] = (),
        policy: SessionPolicy | None = None,
        passwords: Passwords | None = None,
        now: Callable[[], datetime] = utc_now,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.policy = policy or SessionPolicy()
        self.origins = frozenset(o.rstrip("/").lower() for o in origins)
        self.passwords = passwords or Passwords()
        self._database = database
        self._now = now
        self._monotonic_s = monotonic_s
        self._accounts = Buckets(self.policy.per_account)
        self._addresses = Buckets(self.policy.per_address)

    async def sign_in(
        self, tenant_id: str, email: str, password: str, client: Client, replaces: SessionToken | None = None
    ) -> Session:
        """Open a session. Raises Refused: wrong credentials (whatever is wrong), too many tries, or busy.

        `replaces` is the session the browser had before; it ends, so that nobody can plant one.
        """
        now_s = self._monotonic_s()
        account = f"{tenant_id}\n{email.strip().casefold()}"
        self._addresses.take(client.ip or "", now_s)
        self._accounts.take(account, now_s)
        known = None
        if tokens.TENANT_ID.fullmatch(tenant_id):
            async with self._database.tenant(tenant_id) as conn:
                known = await store.credentials(conn, tenant_id, email.strip())
        if not await self.passwords.verify(known.password_hash if known else None, password) or known is None:
            if known is not None:
                await self._record(known.identity, client, "session.refused")
            raise Refused(WRONG)
        self._accounts.give_back(account, self._monotonic_s())
        if known.password_hash and self.passwords.is_outdated(known.password_hash):
            stronger = await self.passwords.hash(password)
            async with self._database.tenant(tenant_id) as conn:
                await store.set_password(conn, tenant_id, known.identity.agent_id, stronger)
        return await self.open(known.identity, known.email, client, replaces)

    async def open(
        self, identity: AgentIdentity, email: str, client: Client, replaces: SessionToken | None = None
    ) -> Session:
        """Open a session for a person who has proved who they are."""
        now = self._now()
        token = tokens.new_token(identity.tenant_id)
        expires_at = now + timedelta(seconds=self.policy.absolute_s)
        csrf_hash = tokens.csrf_hash(token.csrf)
        async with self._database.tenant(identity.tenant_id) as conn, conn.transaction():
            if replaces is not None and replaces.tenant_id == identity.tenant_id:
                await store.close_session(conn, identity.tenant_id, replaces.hash)
            user_agent = client.user_agent[:200] if client.user_agent else None
            await store.open_session(conn, identity, token.hash, csrf_hash, now, expires_at, client.ip, user_agent)
            actor = audit.Actor.of(identity, client.ip)
            await audit.append(
                conn, identity.tenant_id, actor, "session.opened", f"agent:{identity.agent_id}", now=now
            )
        return Session(identity, email, token, csrf_hash, expires_at)

    async def open_as(self, tenant_id: str, role: str, client: Client) -> Session:
        """Open a session for somebody with `role` without a password: for the demo's role picker only."""
        async with self._database.tenant(tenant_id) as conn:
            agent_id = await store.somebody_with_role(conn, tenant_id, role)
            known = await store.credentials_by_id(conn, tenant_id, agent_id) if agent_id else None
        if known is None:
            raise Refused(WRONG)
        return await self.open(known.identity, known.email, client)

    async def resolve(self, cookie_header: str | None) -> Session | None:
        """Return the live session of a Cookie header, and note that it is being used."""
        token = tokens.parse_cookie(cookie_header)
        if token is None:
            return None
        now = self._now()
        async with self._database.tenant(token.tenant_id) as conn:
            row = await store.find_session(conn, token.tenant_id, token.hash)
            if row is None:
                return None
            idle_s = (now - row.seen_at).total_seconds()
            if now >= row.expires_at or idle_s >= self.policy.idle_s:
                await store.close_session(conn, token.tenant_id, token.hash)
                return None
            if idle_s >= self.policy.touch_every_s:
                await store.touch(conn, token.tenant_id, token.hash, now)
        return Session(row.identity, row.email, token, row.csrf_hash, row.expires_at)

    async def authenticate(self, cookie_header: str | None, origin: str | None) -> AgentIdentity | None:
        """Return who opens a socket; None without a session or from a page that is not ours.

        Browsers attach cookies to cross-site sockets, so the origin decides: exactly one of our own.
        """
        if not self.is_own_origin(origin):
            return None
        session = await self.resolve(cookie_header)
        return session.identity if session else None

    def is_own_origin(self, origin: str | None) -> bool:
        return origin is not None and origin.rstrip("/").lower() in self.origins

    def check_origin(self, origin: str | None) -> None:
        """Raise Refused `security.csrf` for a request that a foreign page sends."""
        if origin is not None and not self.is_own_origin(origin):
            raise Refused(FORGED)

    def check_write(self, session: Session, csrf: str | None, origin: str | None) -> None:
        """Raise Refused `security.csrf` unless the request carries the session's token and no foreign origin."""
        self.check_origin(origin)
        if csrf is None or not tokens.same(tokens.csrf_hash(csrf), session.csrf_hash):
            raise Refused(FORGED)

    async def sign_out(self, session: Session, client: Client) -> None:
        tenant_id, agent_id = session.identity.tenant_id, session.identity.agent_id
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.close_session(conn, tenant_id, session.token.hash)
            actor = audit.Actor.of(session.identity, client.ip)
            await audit.append(conn, tenant_id, actor, "session.closed", f"agent:{agent_id}", now=self._now())

    async def change_password(self, session: Session, current: str, new: str, client: Client) -> Session:
        """Set a new password, end every session of this person, and open a fresh one.

        Raises Refused: wrong present password, weak new one, too many tries.
        """
        identity = session.identity
        tenant_id, agent_id = identity.tenant_id, identity.agent_id
        account = f"{tenant_id}\n{session.email.casefold()}"
        self._accounts.take(account, self._monotonic_s())
        async with self._database.tenant(tenant_id) as conn:
            known = await store.credentials_by_id(conn, tenant_id, agent_id)
        if known is None:
            raise Refused(SIGN_IN)
        if not await self.passwords.verify(known.password_hash, current):
            raise Refused(WRONG_PASSWORD)
        self._accounts.give_back(account, self._monotonic_s())
        check_strength(new, known.email, identity.name)
        password_hash = await self.passwords.hash(new)
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            await store.set_password(conn, tenant_id, agent_id, password_hash)
            await store.close_sessions(conn, tenant_id, agent_id)
            actor = audit.Actor.of(identity, client.ip)
            await audit.append(conn, tenant_id, actor, "password.changed", f"agent:{agent_id}", now=self._now())
        return await self.open(identity, known.email, client)

    async def _record(self, identity: AgentIdentity, client: Client, action: str) -> None:
        subject = f"agent:{identity.agent_id}"
        actor = audit.Actor("somebody", None, client.ip)
        async with self._database.tenant(identity.tenant_id) as conn, conn.transaction():
            await audit.append(conn, identity.tenant_id, actor, action, subject, now=self._now())

    def close(self) -> None:
        self.passwords.close()
