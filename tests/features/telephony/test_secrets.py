"""Passwords of lines and desk phones."""

import pytest

from warmline.features.security.audit import Actor
from warmline.features.telephony.secrets import Secrets, credentials_of, realm_of
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring


def test_the_hashes_are_those_that_phones_compute() -> None:
    # RFC 7616, section 3.9.1 names user, realm and password of this A1; the hash is that of its parts.
    found = credentials_of("Mufasa", "http-auth@example.org", "Circle of Life")
    assert found.md5 == "3d78807defe7de2157e2b0b6573a855f"
    assert len(found.sha256) == 64


def test_every_company_has_a_realm_of_its_own() -> None:
    assert realm_of("onda") != realm_of("rival")


async def test_a_line_that_does_not_exist_gets_no_password(database: Database, keyring: Keyring) -> None:
    with pytest.raises(Refused) as refusal:
        await Secrets(database, keyring).set_trunk("onda", Actor("Admin"), "nowhere", "x")
    assert refusal.value.code == "not_found"


async def test_every_new_password_of_a_phone_is_another(database: Database, keyring: Keyring) -> None:
    async with database.tenant("onda") as conn:
        await conn.execute("INSERT INTO desk_phone (tenant_id, id, name) VALUES ('onda', '1001', 'Front')")
    secrets = Secrets(database, keyring)
    first = await secrets.renew_phone("onda", Actor("Admin"), "1001")
    second = await secrets.renew_phone("onda", Actor("Admin"), "1001")
    assert first.secret != second.secret
    assert len(first.secret) >= 24
