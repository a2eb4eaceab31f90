"""A customer's data is readable with their key, nowhere else, and never again once the key is destroyed."""

import os
from uuid import UUID

import pytest

from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import INDEX_KEY_ID, ColdKey, Erased, Keyring, Tampered, key_id_of, normalised
from warmline.runtime.master_keys import BadMasterKey, MasterKeys


async def customer(keyring: Keyring, database: Database, tenant_id: str = "onda") -> UUID:
    customer_id = new_id()
    async with database.tenant(tenant_id) as conn:
        await keyring.create(tenant_id, customer_id, conn)
    return customer_id


async def test_what_is_encrypted_for_a_customer_decrypts_in_its_place(
    database: Database, keyring: Keyring
) -> None:
    mina = await customer(keyring, database)
    blob = keyring.encrypt("onda", mina, "환불해 주세요".encode(), "contact|7|state")
    assert "환불".encode() not in blob
    assert key_id_of(blob) == mina
    assert keyring.decrypt("onda", blob, "contact|7|state").decode() == "환불해 주세요"


async def test_a_value_moved_to_another_row_or_tenant_or_changed_is_refused(
    database: Database, keyring: Keyring
) -> None:
    mina = await customer(keyring, database)
    blob = keyring.encrypt("onda", mina, b"secret", "contact|7|state")
    with pytest.raises(Tampered):
        keyring.decrypt("onda", blob, "contact|8|state")
    with pytest.raises(Tampered):
        keyring.decrypt("onda", blob[:-1] + bytes([blob[-1] ^ 1]), "contact|7|state")
    with pytest.raises(ColdKey):
        keyring.decrypt("rival", blob, "contact|7|state")
    with pytest.raises(Tampered):
        keyring.decrypt("onda", b"hello", "contact|7|state")


async def test_another_process_reads_it_after_warming_the_key(database: Database, keyring: Keyring) -> None:
    mina = await customer(keyring, database)
    blob = keyring.encrypt("onda", mina, b"hello", "note")
    other = await Keyring.open(database, keyring._masters)
    with pytest.raises(ColdKey):
        other.decrypt("onda", blob, "note")
    assert await other.decrypt_many("onda", [(blob, "note")]) == [b"hello"]
    await other.warm_customers("onda", [mina])
    assert other.key_of("onda", mina) == mina


async def test_an_erased_customer_cannot_be_read_or_written_any_more(database: Database, keyring: Keyring) -> None:
    mina, yuki = await customer(keyring, database), await customer(keyring, database)
    blob = keyring.encrypt("onda", mina, b"address", "profile")
    kept = keyring.encrypt("onda", yuki, b"address", "profile")
    assert await keyring.erase("onda", mina) == 1
    with pytest.raises(Erased):
        keyring.decrypt("onda", blob, "profile")
    with pytest.raises(Erased):
        keyring.encrypt("onda", mina, b"again", "profile")
    later = await Keyring.open(database, keyring._masters)
    assert await later.decrypt_many("onda", [(blob, "profile"), (kept, "profile")]) == [None, b"address"]
    await later.warm_customers("onda", [mina], create=True)  # must not make a new key for the erased one
    with pytest.raises(Erased):
        later.encrypt("onda", later.key_of("onda", mina), b"again", "profile")


async def test_erasing_somebody_recognised_also_erases_what_they_wrote_as_a_stranger(
    database: Database, keyring: Keyring
) -> None:
    stranger, mina = await customer(keyring, database), await customer(keyring, database)
    blob = keyring.encrypt("onda", stranger, b"my order?", "message")
    async with database.tenant("onda") as conn:
        await keyring.adopt("onda", stranger, mina, conn)
    assert await keyring.erase("onda", mina) == 2
    with pytest.raises(Erased):
        keyring.decrypt("onda", blob, "message")


async def test_rotation_to_a_new_master_key_keeps_everything_readable_and_retires_the_old(
    database: Database, keyring: Keyring
) -> None:
    mina = await customer(keyring, database)
    blob = keyring.encrypt("onda", mina, b"hello", "note")
    index = keyring.blind_index("onda", "email", "mina@example.com")
    new = os.urandom(32)
    both = await Keyring.open(database, MasterKeys((new, *keyring._masters.keys)))
    assert await both.rotate("onda") == 2  # the customer's and the tenant's own
    await both.rotate("rival")
    only_new = await Keyring.open(database, MasterKeys((new,)))
    assert await only_new.decrypt_many("onda", [(blob, "note")]) == [b"hello"]
    assert only_new.blind_index("onda", "email", "mina@example.com") == index
    with pytest.raises(BadMasterKey, match="not configured"):
        await Keyring.open(database, keyring._masters)


async def test_an_address_is_found_by_its_blind_index_however_it_was_typed(keyring: Keyring) -> None:
    assert keyring.blind_index("onda", "email", " Mina@Example.com") == keyring.blind_index(
        "onda", "email", "mina@example.com"
    )
    assert normalised("phone", "＋82 10-1234-5678") == "+821012345678"
    assert keyring.blind_index("onda", "email", "a@b.kr") != keyring.blind_index("rival", "email", "a@b.kr")
    assert keyring.blind_index("onda", "email", "7") != keyring.blind_index("onda", "phone", "7")


async def test_two_syllables_are_found_inside_stored_text_with_and_without_spaces(keyring: Keyring) -> None:
    stored = set(keyring.grams("onda", "환불 요청드립니다. キャンセル"))
    for query in ("환불", "환불요청", "요청", "きゃんせる", "ｷｬﾝｾﾙ"):
        assert set(keyring.query_grams("onda", query)) <= stored
    assert not set(keyring.query_grams("onda", "배송")) <= stored
    assert not set(keyring.query_grams("rival", "환불")) <= stored


async def test_memory_forgets_everything_after_missed_signals_but_the_tenants_own_key(
    database: Database, keyring: Keyring
) -> None:
    mina = await customer(keyring, database)
    keyring.clear()
    with pytest.raises(ColdKey):
        keyring.encrypt("onda", mina, b"x", "y")
    assert keyring.grams("onda", "환불")


async def test_a_company_reads_what_is_sealed_under_its_own_key_however_many_customers_came_since(
    database: Database, keyring: Keyring
) -> None:
    small = await Keyring.open(database, keyring._masters, cache_size=3)
    sealed = small.encrypt("onda", INDEX_KEY_ID, b"password of the line", "trunk|onda")
    for _ in range(5):
        await customer(small, database)
    await small.warm("onda", ())
    assert small.decrypt("onda", sealed, "trunk|onda") == b"password of the line"


async def test_a_customer_who_writes_all_day_stays_known_while_others_come_once(
    database: Database, keyring: Keyring
) -> None:
    small = await Keyring.open(database, keyring._masters, cache_size=3)
    mina, stranger = await customer(small, database), await customer(small, database)
    for _ in range(5):
        await customer(small, database)
        small.key_for("onda", mina)
    assert small.is_warm("onda", mina)
    assert not small.is_warm("onda", stranger)
    await small.warm_customers("onda", [stranger])
    assert small.encrypt("onda", small.key_of("onda", stranger), b"I am back", "message")
