"""A customer asks for everything, and then to be forgotten."""

import subprocess

import pytest
from tests.features.customers.conftest import MINA, Talk

from warmline.domain.contact.events import ContactWrappedUp, DataCollected
from warmline.features.contacts.uploads import Uploads
from warmline.features.customers.indexing import Indexer
from warmline.features.customers.merging import Merging
from warmline.features.customers.model import Profile
from warmline.features.customers.privacy import Privacy
from warmline.features.customers.service import Customers
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring
from warmline.runtime.postgres import EmbeddedPostgres

PLANTED = ("박지우", "jiwoo@example.com", "고래고래소리", "ON-99887766", "두루미요약", "부엉이메모", "C-1001")


@pytest.fixture
def privacy(database: Database, keyring: Keyring, customers: Customers) -> Privacy:
    return Privacy(database, keyring, customers)


async def _live(customers: Customers, talk: Talk, database: Database, keyring: Keyring):
    """A customer who came anonymously, proved who they are, and left traces everywhere."""
    visitor = await talk.visitor()
    contact = await talk.begin(visitor, "고래고래소리 들려요")
    known = await customers.ensure_known("onda", "C-1001", Profile(name="박지우"))
    await talk.add(contact, DataCollected("order", "ON-99887766"), customer_id=known)
    await talk.add(contact, ContactWrappedUp(new_id(), "done", "두루미요약"))
    await customers.add_address("onda", known, "email", "jiwoo@example.com")
    await customers.add_note("onda", known, new_id(), "부엉이메모")
    async with database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT tenant_id, key FROM outbox WHERE lane = 'index'")
    await Indexer(database, keyring).handle([_Row(row["tenant_id"], row["key"]) for row in rows])
    return known, contact, visitor


class _Row:
    def __init__(self, tenant_id: str, key: object) -> None:
        self.tenant_id, self.key = tenant_id, key


async def test_after_erasing_nothing_of_the_customer_can_be_found_or_read_anywhere(
    privacy: Privacy, customers: Customers, talk: Talk, database: Database, keyring: Keyring,
    postgres: EmbeddedPostgres, admin_url: str,
):  # fmt: skip
    known, contact, visitor = await _live(customers, talk, database, keyring)
    await talk.end(contact)
    assert await privacy.erase("onda", MINA, known) >= 2
    view = await customers.view("onda", known)
    assert (view.profile, view.addresses, view.notes) == (Profile(), [], [])
    assert view.erased_at is not None
    exported = str(await privacy.export("onda", MINA, known))
    assert not [word for word in PLANTED if word in exported]
    assert await customers.find_by_reference("onda", "C-1001") is None
    assert await customers.find_by_address("onda", "email", "jiwoo@example.com") is None
    async with database.tenant("onda") as conn:
        assert await conn.fetchval("SELECT count(*) FROM contact_search") == 0
        assert await conn.fetchval(
            "SELECT count(*) FROM data_key WHERE customer_id = ANY($1) AND wrapped IS NOT NULL", [known, visitor]
        ) == 0  # fmt: skip
    dump = _dump(postgres, admin_url)
    assert "contact_opened" in dump, "the rows that are counted stay"
    assert not [word for word in PLANTED if word in dump or word.encode().hex() in dump]


def _dump(postgres: EmbeddedPostgres, admin_url: str) -> str:
    done = subprocess.run(
        [str(postgres.binaries.bin_dir / "pg_dump"), "--dbname", admin_url],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


async def test_a_copy_holds_everything_that_was_said(
    privacy: Privacy, customers: Customers, talk: Talk, database: Database, keyring: Keyring
):
    known, contact, _ = await _live(customers, talk, database, keyring)
    document = await privacy.export("onda", MINA, known)
    assert document["customer"]["profile"]["name"] == "박지우"
    assert document["contacts"][0]["contact"]["id"] == str(contact)
    exported = str(document)
    assert not [word for word in PLANTED if word not in exported]


async def test_a_customer_who_is_being_helped_is_not_erased_half_way(
    privacy: Privacy, customers: Customers, talk: Talk, database: Database, keyring: Keyring
):
    known, _, _ = await _live(customers, talk, database, keyring)
    with pytest.raises(Refused) as refusal:
        await privacy.erase("onda", MINA, known)
    assert (refusal.value.code, refusal.value.details) == ("customers.still_open", {"count": 1})
    assert (await customers.view("onda", known)).profile.name == "박지우"


async def test_an_erased_customer_takes_no_notes_and_merges_with_nobody(
    privacy: Privacy, customers: Customers, database: Database
):
    gone, other = await customers.create("onda", Profile(name="박지우")), await customers.create("onda", Profile())
    await privacy.erase("onda", MINA, gone)
    with pytest.raises(Refused, match="erased"):
        await customers.add_note("onda", gone, new_id(), "x")
    with pytest.raises(Refused, match="erased"):
        await Merging(database).merge("onda", MINA, other, gone, "said_so")
    with pytest.raises(Refused, match="not_found"):
        await privacy.erase("onda", MINA, new_id())


async def test_the_backend_s_customer_who_comes_back_after_erasure_is_new(privacy: Privacy, customers: Customers):
    gone = await customers.ensure_known("onda", "C-1001", Profile(name="박지우"))
    await privacy.erase("onda", MINA, gone)
    assert await customers.ensure_known("onda", "C-1001", Profile(name="박지우")) != gone


async def test_others_keep_what_is_theirs(privacy: Privacy, customers: Customers, talk: Talk):
    gone = await customers.create("onda", Profile(name="박지우"))
    other = await customers.create("onda", Profile(name="佐藤ゆき"))
    await talk.begin(other, "こんにちは")
    await privacy.erase("onda", MINA, gone)
    view = await customers.view("onda", other)
    assert (view.profile.name, len(view.contacts)) == ("佐藤ゆき", 1)


async def test_files_that_agents_sent_to_a_customer_are_erased_and_those_others_were_sent_too_stay(
    privacy: Privacy, customers: Customers, talk: Talk, database: Database, keyring: Keyring
):
    uploads, agent = Uploads(database, keyring), new_id()
    known, contact, _ = await _live(customers, talk, database, keyring)
    other = await talk.begin(await talk.visitor(), "계약서 주세요")
    contract = await uploads.keep("onda", "contract.txt", "고래고래소리의 계약서".encode(), agent_id=agent)
    price_list = await uploads.keep("onda", "prices.txt", b"lamp 10", agent_id=agent)
    async with database.tenant("onda") as conn:
        rows = await conn.fetch("SELECT id, conversation_id FROM contact WHERE id = ANY($1)", [contact, other])
    conversation = {row["id"]: row["conversation_id"] for row in rows}
    await uploads.note_sent("onda", [contract.id, price_list.id], conversation[contact])
    await uploads.note_sent("onda", [price_list.id], conversation[other])
    await talk.end(contact)
    await privacy.erase("onda", MINA, known)
    with pytest.raises(Refused):
        await uploads.read("onda", contract.id)
    assert (await uploads.read("onda", price_list.id)).content == b"lamp 10"
    assert await uploads.was_sent_to("onda", price_list.id, conversation[other])
    assert not await uploads.was_sent_to("onda", price_list.id, conversation[contact])
