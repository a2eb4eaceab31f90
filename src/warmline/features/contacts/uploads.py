"""Files of customers and agents: sniffed, limited, encrypted, and given back only to those they concern."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import filetype
from msgspec import Struct

from warmline.domain.contact.model import Attachment
from warmline.kernel.errors import NOT_FOUND, Refused, declare
from warmline.kernel.ids import first_id_at, new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

AGENT_LIMIT_BYTES = 10 * 1024 * 1024
ALLOWED = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "application/pdf", "text/plain"}
)
NAME_LENGTH = 120
AT_ONCE = 10
MIB = 1024 * 1024

TYPE_REFUSED = declare(
    "uploads.type", 415, "This kind of file is not accepted.", "Send an image, a PDF or a plain text file."
)
TOO_LARGE = declare(
    "uploads.too_large", 413, "The file is larger than {limit_mb} MB.", "Send a smaller file, or several parts."
)
EMPTY = declare("uploads.empty", 422, "The file is empty.", "Choose another file.")
NOT_YOURS = declare(
    "uploads.not_yours", 403, "This file was not uploaded by you.", "Upload it again, then attach it."
)
TOO_MANY = declare(
    "uploads.too_many",
    429,
    "Too many files were uploaded in a short time.",
    "Send those already uploaded; after {retry_after_s} seconds more are accepted.",
)


class Allowance(Struct, frozen=True):
    """How much one customer may upload within a time, sent or not."""

    within: timedelta
    files: int
    total_bytes: int


# A burst of photos is welcome, and so is a long case; filling the disk is not.
ALLOWANCES = (
    Allowance(timedelta(minutes=10), files=20, total_bytes=60 * MIB),
    Allowance(timedelta(days=1), files=100, total_bytes=300 * MIB),
)


class Upload(Struct, frozen=True):
    """A stored file, decrypted."""

    attachment: Attachment
    content: bytes
    customer_id: UUID | None
    agent_id: UUID | None


def sniff(content: bytes) -> str:
    """Return the media type the bytes speak of, whatever their sender calls them. Raises Refused."""
    kind = filetype.guess(content)
    if kind is not None:
        media_type = str(kind.mime)
    elif _is_text(content):
        media_type = "text/plain"
    else:
        raise Refused(TYPE_REFUSED)
    if media_type not in ALLOWED:
        raise Refused(TYPE_REFUSED)
    return media_type


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Markup would be text too, but a browser might run it; plain text has none of its beginnings.
    start = text.lstrip("\ufeff \t\r\n")[:1]
    return start != "<" and not any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in text[:4096])


def clean_name(name: str) -> str:
    """Return a file name without path, control characters or direction tricks."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip(". ")
    return kept[:NAME_LENGTH] or "file"


class Uploads:
    """The upload table."""

    def __init__(
        self, database: Database, keyring: Keyring, *, allowances: Sequence[Allowance] = ALLOWANCES
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._allowances = allowances

    async def keep(
        self,
        tenant_id: str,
        name: str,
        content: bytes,
        *,
        limit_bytes: int = AGENT_LIMIT_BYTES,
        customer_id: UUID | None = None,
        agent_id: UUID | None = None,
    ) -> Attachment:
        """Store a file of a customer (under their key, within their allowances) or of an agent. Raises Refused."""
        if not content:
            raise Refused(EMPTY)
        if len(content) > limit_bytes:
            raise Refused(TOO_LARGE, limit_mb=limit_bytes // (1024 * 1024))
        attachment = Attachment(new_id(), clean_name(name), sniff(content), len(content))
        owner = customer_id or agent_id
        if owner is None:
            raise ValueError("A file belongs to a customer or an agent.")
        await self._keyring.warm_customers(tenant_id, [owner], create=True)
        key_id = self._keyring.key_of(tenant_id, owner)
        now = utc_now()
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            if customer_id is not None:
                await self._allow(conn, tenant_id, customer_id, len(content), now)
            await conn.execute(
                "INSERT INTO upload (tenant_id, id, customer_id, agent_id, name_enc, media_type, size_bytes,"
                " content_enc, uploaded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                tenant_id,
                attachment.id,
                customer_id,
                agent_id,
                self._keyring.encrypt(tenant_id, key_id, attachment.name.encode(), f"upload|{attachment.id}|name"),
                attachment.media_type,
                attachment.size_bytes,
                self._keyring.encrypt(tenant_id, key_id, content, f"upload|{attachment.id}|content"),
                now,
            )
        return attachment

    async def _allow(
        self, conn: asyncpg.Connection, tenant_id: str, customer_id: UUID, size_bytes: int, now: datetime
    ) -> None:
        """Refuse a file beyond the customer's allowances. The lock lets files sent at once count one by one."""
        await conn.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"upload|{customer_id}")
        for allowance in self._allowances:
            row = await conn.fetchrow(
                "SELECT count(*) AS files, coalesce(sum(size_bytes), 0)::bigint AS total,"
                " min(uploaded_at) AS first FROM upload WHERE tenant_id = $1 AND id >= $2 AND customer_id = $3",
                tenant_id,
                first_id_at(now - allowance.within),  # identifiers are ordered by time
                customer_id,
            )
            assert row is not None  # noqa: S101 -- an aggregate always has its row
            if row["files"] >= allowance.files or row["total"] + size_bytes > allowance.total_bytes:
                wait = (row["first"] or now) + allowance.within - now
                raise Refused(TOO_MANY, retry_after_s=max(1, round(wait.total_seconds())))

    async def read(self, tenant_id: str, upload_id: UUID) -> Upload:
        """Return a file. Raises Refused when there is none."""
        async with self._database.tenant(tenant_id) as conn:
            row = await conn.fetchrow(
                "SELECT customer_id, agent_id, name_enc, media_type, size_bytes, content_enc"
                " FROM upload WHERE tenant_id = $1 AND id = $2",
                tenant_id,
                upload_id,
            )
        if row is None:
            raise Refused(NOT_FOUND, what="file")
        name, content = await self._keyring.decrypt_many(
            tenant_id,
            [(row["name_enc"], f"upload|{upload_id}|name"), (row["content_enc"], f"upload|{upload_id}|content")],
        )
        if name is None or content is None:
            raise Refused(NOT_FOUND, what="file")
        attachment = Attachment(upload_id, name.decode(), row["media_type"], row["size_bytes"])
        return Upload(attachment, content, row["customer_id"], row["agent_id"])

    async def note_sent(self, tenant_id: str, ids: Sequence[UUID], conversation_id: UUID) -> None:
        """Remember that files were sent into a conversation: its customer may read them, and they are kept.

        Raises Refused when one was collected as unsent meanwhile.
        """
        async with self._database.tenant(tenant_id) as conn, conn.transaction():
            here = await conn.fetch(
                "SELECT id FROM upload WHERE tenant_id = $1 AND id = ANY($2::uuid[]) FOR SHARE",
                tenant_id,
                list(ids),
            )
            if len(here) < len(set(ids)):
                raise Refused(NOT_YOURS)
            await conn.execute(
                "INSERT INTO upload_share (tenant_id, upload_id, conversation_id, shared_at)"
                " SELECT $1, id, $3, $4 FROM unnest($2::uuid[]) AS id ON CONFLICT DO NOTHING",
                tenant_id,
                list(ids),
                conversation_id,
                utc_now(),
            )

    async def was_sent_to(self, tenant_id: str, upload_id: UUID, conversation_id: UUID) -> bool:
        async with self._database.tenant(tenant_id) as conn:
            found = await conn.fetchval(
                "SELECT 1 FROM upload_share WHERE tenant_id = $1 AND upload_id = $2 AND conversation_id = $3",
                tenant_id,
                upload_id,
                conversation_id,
            )
        return found is not None

    async def attachments(
        self, tenant_id: str, ids: Sequence[UUID], *, customer_id: UUID | None, agent_id: UUID | None
    ) -> tuple[Attachment, ...]:
        """Return uploads as attachments. Raises Refused when one is missing or somebody else's."""
        if len(ids) > AT_ONCE:
            raise Refused(NOT_YOURS)
        async with self._database.tenant(tenant_id) as conn:
            rows = await conn.fetch(
                "SELECT id, customer_id, agent_id, name_enc, media_type, size_bytes FROM upload"
                " WHERE tenant_id = $1 AND id = ANY($2::uuid[])",
                tenant_id,
                list(ids),
            )
        found = {row["id"]: row for row in rows}
        if any(
            id not in found or (found[id]["customer_id"], found[id]["agent_id"]) != (customer_id, agent_id)
            for id in ids
        ):
            raise Refused(NOT_YOURS)
        names = await self._keyring.decrypt_many(
            tenant_id, [(found[id]["name_enc"], f"upload|{id}|name") for id in ids]
        )
        return tuple(
            Attachment(id, (name or b"file").decode(), found[id]["media_type"], found[id]["size_bytes"])
            for id, name in zip(ids, names, strict=True)
        )
