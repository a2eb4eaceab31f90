"""Two records that are one person, and the way back."""

import pytest
from tests.features.customers.conftest import MINA, Talk

from warmline.features.customers.merging import Merging
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.features.security import audit
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.database import Database


@pytest.fixture
def merging(database: Database) -> Merging:
    return Merging(database)


async def test_a_merged_person_has_one_story_and_undoing_it_restores_both(
    merging: Merging, customers: Customers, talk: Talk
):
    known = await customers.create("onda", Profile(name="박지우"))
    visitor = await customers.create("onda", Profile())
    await customers.add_address("onda", visitor, "email", "jiwoo@example.com")
    contact = await talk.begin(visitor, "안녕하세요")
    assert await merging.merge("onda", MINA, known, visitor, "said_so") == known

    for door in (known, visitor):
        view = await customers.view("onda", door)
        assert (view.id, view.profile.name) == (known, "박지우")
        assert [c.id for c in view.contacts] == [contact]
        assert [a.value for a in view.addresses] == ["jiwoo@example.com"]
    assert await customers.find_by_address("onda", "email", "jiwoo@example.com") == known

    await merging.undo("onda", MINA, visitor)
    assert (await customers.view("onda", known)).contacts == []
    assert [c.id for c in (await customers.view("onda", visitor)).contacts] == [contact]


async def test_the_evidence_is_in_the_audit_log(merging: Merging, customers: Customers, database: Database):
    one, other = await customers.create("onda", Profile()), await customers.create("onda", Profile())
    await merging.merge("onda", MINA, one, other, "same_document")
    async with database.tenant("onda") as conn:
        line = (await audit.page(conn, "onda", None, 1))[0]
    assert (line.action, line.subject) == ("customer.merged", f"customer:{other}")
    assert line.detail == {"into": str(one), "evidence": "same_document"}


async def test_merging_never_makes_a_circle(merging: Merging, customers: Customers):
    a, b, c = [await customers.create("onda", Profile()) for _ in range(3)]
    await merging.merge("onda", MINA, a, b, "said_so")
    await merging.merge("onda", MINA, b, c, "said_so")
    with pytest.raises(Refused, match=r"customers\.same"):
        await merging.merge("onda", MINA, c, a, "said_so")
    assert (await customers.view("onda", c)).id == a


async def test_what_cannot_be_merged_is_refused(merging: Merging, customers: Customers):
    one, rival = await customers.create("onda", Profile()), await customers.create("rival", Profile())
    for other in (rival, new_id()):
        with pytest.raises(Refused, match="not_found"):
            await merging.merge("onda", MINA, one, other, "said_so")
    with pytest.raises(Refused, match="not_merged"):
        await merging.undo("onda", MINA, one)
