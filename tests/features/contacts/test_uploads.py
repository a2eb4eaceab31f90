"""What files are, whatever they are called."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from warmline.features.contacts.uploads import TOO_LARGE, Allowance, Uploads, clean_name, sniff
from warmline.kernel.errors import CATALOGUE, Refused
from warmline.kernel.ids import new_id

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "image/jpeg"),
        (b"%PDF-1.7\n" + bytes(64), "application/pdf"),
        ("안녕하세요\n주문번호 1234".encode(), "text/plain"),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, media_type: str):
    assert sniff(content) == media_type


@pytest.mark.parametrize(
    "content",
    [b"<html><script>", b"  <svg onload=x>", b"MZ" + bytes(64), b"PK\x03\x04" + bytes(64), b"\xff\xfe\x00binary"],
)
def test_what_a_browser_might_run_is_refused(content: bytes):
    with pytest.raises(Refused) as refused:
        sniff(content)
    assert refused.value.code == "uploads.type"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\사진.png", "사진.png"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("..", "file"),
        ("x" * 300, "x" * 120),
    ],
)
def test_names_carry_no_paths_and_no_tricks(given: str, kept: str):
    assert clean_name(given) == kept


async def test_a_file_is_stored_encrypted_and_bounded(database, keyring):
    uploads, customer_id = Uploads(database, keyring), new_id()
    kept = await uploads.keep("onda", "비밀.txt", "비밀 내용입니다".encode(), customer_id=customer_id)
    async with database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT name_enc, content_enc FROM upload")
    assert "비밀".encode() not in row["name_enc"] + row["content_enc"]
    assert (await uploads.read("onda", kept.id)).content == "비밀 내용입니다".encode()
    assert await uploads.attachments("onda", [kept.id], customer_id=customer_id, agent_id=None) == (kept,)
    with pytest.raises(Refused):
        await uploads.attachments("onda", [kept.id], customer_id=new_id(), agent_id=None)
    with pytest.raises(Refused) as refused:
        await uploads.keep("onda", "a", PNG, limit_bytes=10, customer_id=customer_id)
    assert refused.value.code == TOO_LARGE
    assert CATALOGUE[TOO_LARGE].fix
    with pytest.raises(Refused):
        await uploads.read("rival", kept.id)


async def test_a_customer_may_upload_only_so_many_files_in_a_time(database, keyring):
    uploads = Uploads(database, keyring, allowances=[Allowance(timedelta(minutes=10), files=3, total_bytes=10**6)])
    eager, other = new_id(), new_id()

    async def one(owner: UUID) -> tuple[str, bool]:
        try:
            await uploads.keep("onda", "a.txt", b"hello", customer_id=owner)
        except Refused as refused:
            return refused.code, 0 < int(refused.details["retry_after_s"] or 0) <= 600
        return "kept", True

    outcomes = await asyncio.gather(*(one(eager) for _ in range(6)))
    assert sorted(outcomes) == [("kept", True)] * 3 + [("uploads.too_many", True)] * 3
    assert await one(other) == ("kept", True)


async def test_a_customer_may_upload_only_so_many_bytes_in_a_time(database, keyring):
    uploads = Uploads(database, keyring, allowances=[Allowance(timedelta(days=1), files=100, total_bytes=1000)])
    owner = new_id()
    await uploads.keep("onda", "a.txt", b"a" * 600, customer_id=owner)
    with pytest.raises(Refused) as refused:
        await uploads.keep("onda", "b.txt", b"b" * 401, customer_id=owner)
    assert refused.value.code == "uploads.too_many"
    await uploads.keep("onda", "c.txt", b"c" * 400, customer_id=owner)


async def test_agents_upload_as_much_as_their_work_needs(database, keyring):
    uploads = Uploads(database, keyring, allowances=[Allowance(timedelta(days=1), files=1, total_bytes=1000)])
    agent = new_id()
    for _ in range(3):
        assert await uploads.keep("onda", "a.txt", b"hello", agent_id=agent)
