"""Sign-in, sign-out, one's own account, and the audit log."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from warmline.features.security import audit, tokens
from warmline.features.security.access import client_of, open_to_all, require, security_of
from warmline.features.security.headers import STYLE_HASHES
from warmline.features.security.problems import PROBLEMS, install_problems
from warmline.features.security.service import Security, Session
from warmline.features.security.shield import Limits, Shield
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

NO_NUL = r"^[^\x00]*$"
Line = Annotated[str, Field(min_length=1, max_length=320, pattern=NO_NUL)]
Secret = Annotated[str, Field(min_length=1, max_length=256, pattern=NO_NUL)]


class SignIn(BaseModel):
    """Company, email and password."""

    model_config = ConfigDict(extra="forbid")
    tenant: Annotated[str, Field(min_length=1, max_length=63, pattern=NO_NUL)]
    email: Line
    password: Secret


class NewPassword(BaseModel):
    """The present password and the one to come."""

    model_config = ConfigDict(extra="forbid")
    current: Secret
    new: Secret


class Me(BaseModel):
    """Who is signed in."""

    id: UUID
    tenant: str
    name: str
    email: str
    roles: list[str]
    locale: Locale


class SignedIn(BaseModel):
    """Who is signed in, and the token that writes carry in X-CSRF-Token."""

    me: Me
    csrf: str
    expires_at: datetime


class AuditLine(BaseModel):
    """One entry of the audit log."""

    seq: int
    at: datetime
    actor_id: UUID | None
    actor: str
    action: str
    subject: str
    detail: dict[str, object]
    ip: str | None


class AuditPage(BaseModel):
    """Entries, newest first; `next` goes into `before` for the next page."""

    items: list[AuditLine]
    next: int | None


class AuditChain(BaseModel):
    """Whether the chain is intact; keep `head` and `entries` elsewhere to notice a cut tail."""

    intact: bool
    entries: int
    head: str
    broken_at: int | None


def signed_in(session: Session) -> SignedIn:
    """Return what a page needs to know of its session."""
    who = session.identity
    me = Me(
        id=who.agent_id, tenant=who.tenant_id, name=who.name, email=session.email, roles=list(who.roles),
        locale=who.locale,
    )  # fmt: skip
    return SignedIn(me=me, csrf=session.token.csrf, expires_at=session.expires_at)


def set_cookie(response: Response, security: Security, session: Session) -> None:
    """Give the browser the session: out of reach of scripts and of other sites."""
    response.set_cookie(
        tokens.COOKIE,
        session.token.cookie_value,
        max_age=security.policy.absolute_s,
        path="/",
        httponly=True,
        samesite="strict",
        secure=security.policy.secure_cookies,
    )


def router(database: Database) -> APIRouter:
    """Return the routes under `/api` for accounts and audit."""
    api = APIRouter(responses=PROBLEMS)

    @api.post("/auth/login", tags=["auth"], dependencies=[Depends(open_to_all("auth.login"))])
    async def login(body: SignIn, request: Request, response: Response) -> SignedIn:
        """Sign in. Unknown people and wrong passwords get the same answer after the same time."""
        security = security_of(request)
        security.check_origin(request.headers.get("origin"))
        before = tokens.parse_cookie(request.headers.get("cookie"))
        session = await security.sign_in(body.tenant, body.email, body.password, client_of(request), before)
        set_cookie(response, security, session)
        return signed_in(session)

    @api.post("/auth/logout", tags=["auth"], status_code=204)
    async def logout(
        request: Request, response: Response, session: Annotated[Session, Depends(require("auth.logout"))]
    ) -> None:
        """End this session."""
        await security_of(request).sign_out(session, client_of(request))
        response.delete_cookie(tokens.COOKIE, path="/", httponly=True, samesite="strict")

    @api.get("/auth/me", tags=["auth"])
    async def me(session: Annotated[Session, Depends(require("auth.me"))]) -> SignedIn:
        """Return who is signed in, with the CSRF token for a freshly loaded page."""
        return signed_in(session)

    @api.post("/auth/password", tags=["auth"])
    async def password(
        body: NewPassword,
        request: Request,
        response: Response,
        session: Annotated[Session, Depends(require("auth.password"))],
    ) -> SignedIn:
        """Change one's password; every other session of this person ends."""
        security = security_of(request)
        fresh = await security.change_password(session, body.current, body.new, client_of(request))
        set_cookie(response, security, fresh)
        return signed_in(fresh)

    @api.get("/audit", tags=["audit"])
    async def audit_page(
        session: Annotated[Session, Depends(require("audit.read"))],
        before: Annotated[int | None, Query(ge=1, le=2**62, description="Entries below this number")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        subject: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    ) -> AuditPage:
        """Return the audit log, newest first."""
        tenant_id = session.identity.tenant_id
        async with database.tenant(tenant_id) as conn:
            entries = await audit.page(conn, tenant_id, before, limit, subject)
        items = [
            AuditLine(
                seq=e.seq, at=e.at, actor_id=e.actor_id, actor=e.actor, action=e.action, subject=e.subject,
                detail=e.detail, ip=e.ip,
            )
            for e in entries
        ]  # fmt: skip
        return AuditPage(items=items, next=entries[-1].seq if len(entries) == limit else None)

    @api.get("/audit/verify", tags=["audit"])
    async def audit_verify(session: Annotated[Session, Depends(require("audit.read"))]) -> AuditChain:
        """Recompute the hash chain of this company's audit log."""
        tenant_id = session.identity.tenant_id
        async with database.tenant(tenant_id) as conn:
            chain = await audit.verify(conn, tenant_id)
        return AuditChain(intact=chain.intact, entries=chain.entries, head=chain.head, broken_at=chain.broken_at)

    return api


def install(
    app: FastAPI,
    security: Security,
    *,
    limits: Limits | None = None,
    https: bool = False,
    style_hashes: tuple[str, ...] = STYLE_HASHES,
) -> None:
    """Put `app` under the shield, the one error shape, and the authority that `require` asks."""
    app.state.security = security
    install_problems(app)
    app.add_middleware(Shield, limits=limits, https=https, style_hashes=style_hashes)
