"""What files are, whatever they are called."""

import pytest

from warmline.features.contacts.uploads import TOO_LARGE, clean_name, sniff
from warmline.kernel.errors import CATALOGUE, Refused

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
    from warmline.features.contacts.uploads import Uploads
    from warmline.kernel.ids import new_id

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
