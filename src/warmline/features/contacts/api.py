"""Files over HTTP: agents by session under `/api/uploads`, visitors by token under `/widget/uploads`."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response, UploadFile

from warmline.domain.contact.model import Attachment
from warmline.features.contacts.schemas import UploadOut
from warmline.features.contacts.uploads import AGENT_LIMIT_BYTES, TOO_LARGE, Upload, Uploads
from warmline.features.contacts.visitors import Visitors, tenant_of
from warmline.features.security.access import open_to_all, require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.errors import NOT_FOUND, SIGN_IN, Refused
from warmline.ports.chat import Visitor

SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
LimitOf = Callable[[str], int]  # the largest file a tenant's widgets accept, in bytes
BINARY: dict[int | str, dict[str, object]] = {200: {"content": {"application/octet-stream": {}}}}


async def content_of(file: UploadFile, limit_bytes: int) -> bytes:
    """Read a file, at most one byte beyond the limit. Raises Refused."""
    content = await file.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        raise Refused(TOO_LARGE, limit_mb=limit_bytes // (1024 * 1024))
    return content


def stored(attachment: Attachment) -> UploadOut:
    return UploadOut(
        id=attachment.id,
        name=attachment.name,
        media_type=attachment.media_type,
        size_bytes=attachment.size_bytes,
    )


def served(upload: Upload) -> Response:
    """Return a file so that no browser runs it: exact type, no sniffing, no scripts, download unless an image."""
    attachment = upload.attachment
    how = "inline" if attachment.media_type in SHOWN_INLINE else "attachment"
    media_type = attachment.media_type
    return Response(
        upload.content,
        media_type=media_type + "; charset=utf-8" if media_type.startswith("text/") else media_type,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(attachment.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def router(uploads: Uploads) -> APIRouter:
    """Return the routes under `/api` for agents' files; agents may read every file of their company."""
    api = APIRouter(responses=PROBLEMS, tags=["uploads"])

    @api.post("/uploads", status_code=201)
    async def create(
        file: UploadFile, session: Annotated[Session, Depends(require("uploads.create"))]
    ) -> UploadOut:
        """Store a file, to be attached to a message."""
        content = await content_of(file, AGENT_LIMIT_BYTES)
        agent = session.identity
        return stored(
            await uploads.keep(agent.tenant_id, file.filename or "file", content, agent_id=agent.agent_id)
        )

    @api.get("/uploads/{upload_id}", response_class=Response, responses=BINARY)
    async def read(upload_id: UUID, session: Annotated[Session, Depends(require("uploads.read"))]) -> Response:
        """Return a file."""
        return served(await uploads.read(session.identity.tenant_id, upload_id))

    return api


def widget_router(uploads: Uploads, visitors: Visitors, limit_of: LimitOf) -> APIRouter:
    """Return the routes under `/widget` for visitors' files; a visitor reads only their own conversation's."""
    api = APIRouter(responses=PROBLEMS, tags=["widget"], dependencies=[Depends(open_to_all("widget.public"))])

    async def visitor_of(authorization: Annotated[str | None, Header()] = None) -> Visitor:
        scheme, _, token = (authorization or "").partition(" ")
        tenant_id = tenant_of(token)
        visitor = None
        if scheme.lower() == "visitor" and tenant_id is not None:
            visitor = await visitors.recognise(tenant_id, token)
        if visitor is None:
            raise Refused(SIGN_IN)
        return visitor

    @api.post("/uploads", status_code=201)
    async def create(file: UploadFile, visitor: Annotated[Visitor, Depends(visitor_of)]) -> UploadOut:
        """Store a visitor's file, to be attached to a message."""
        limit_bytes = limit_of(visitor.tenant_id)
        content = await content_of(file, limit_bytes)
        return stored(
            await uploads.keep(
                visitor.tenant_id,
                file.filename or "file",
                content,
                limit_bytes=limit_bytes,
                customer_id=visitor.customer_id,
            )
        )

    @api.get("/uploads/{upload_id}", response_class=Response, responses=BINARY)
    async def read(upload_id: UUID, visitor: Annotated[Visitor, Depends(visitor_of)]) -> Response:
        """Return a file of the visitor's own, or one an agent has sent them."""
        upload = await uploads.read(visitor.tenant_id, upload_id)
        theirs = upload.customer_id == visitor.customer_id
        if not theirs and not await uploads.was_sent_to(visitor.tenant_id, upload_id, visitor.conversation_id):
            raise Refused(NOT_FOUND, what="file")
        return served(upload)

    return api
