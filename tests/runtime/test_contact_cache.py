"""Memory holds the newest contacts and forgets what may be stale."""

from typing import Any

from msgspec.structs import replace

from warmline.domain.contact.model import ContactStatus
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.commit_fold import Known
from warmline.runtime.contact_cache import ContactCache


def known(contacts: Any, steps: int = 0) -> Known:
    contact = contacts.opened(new_id(), new_id())(None, utc_now()).contact
    for _ in range(steps):
        contact = contacts.step()(contact, utc_now()).contact
    return Known(contact, ())


def test_the_least_recently_remembered_contact_goes_first(contacts: Any) -> None:
    cache = ContactCache(2)
    a, b, c = (known(contacts) for _ in range(3))
    for one in (a, b, a, c):
        cache.put("onda", one.contact.id, one)
    assert len(cache) == 2
    assert cache.get("onda", b.contact.id) is None
    assert cache.get("onda", a.contact.id) is a


def test_of_contacts_that_have_ended_only_the_last_few_are_remembered(contacts: Any) -> None:
    cache = ContactCache(80)
    running = [known(contacts) for _ in range(5)]
    ended = [
        Known(replace(one.contact, status=ContactStatus.ENDED), ()) for one in (known(contacts) for _ in range(9))
    ]
    for one in (*running, *ended):
        cache.put("onda", one.contact.id, one)
    assert [one for one in ended if cache.get("onda", one.contact.id)] == ended[-2:]
    assert all(cache.get("onda", one.contact.id) for one in running)
    cache.drop("onda", ended[-1].contact.id)
    cache.put("onda", ended[0].contact.id, ended[0])
    assert len(cache) == 7


def test_an_older_version_does_not_replace_a_newer_one(contacts: Any) -> None:
    cache, contact_id = ContactCache(2), new_id()
    newer, older = known(contacts, steps=2), known(contacts)
    cache.put("onda", contact_id, newer)
    cache.put("onda", contact_id, older)
    assert cache.get("onda", contact_id) is newer
    cache.drop("onda", contact_id)
    cache.put("onda", contact_id, older)
    assert cache.get("onda", contact_id) is older


def test_what_changed_elsewhere_is_forgotten_by_contact_tenant_or_customer(contacts: Any) -> None:
    cache = ContactCache(10)
    ours, theirs, erased = (known(contacts) for _ in range(3))
    for tenant_id, one in (("onda", ours), ("rival", theirs), ("onda", erased)):
        cache.put(tenant_id, one.contact.id, one)
    cache.evict_customer("onda", erased.contact.customer_id)
    assert cache.get("onda", erased.contact.id) is None
    cache.evict_all("onda")
    assert cache.get("onda", ours.contact.id) is None
    assert cache.get("rival", theirs.contact.id) is theirs
    cache.evict("rival", [theirs.contact.id, new_id()])
    cache.evict_all()
    assert len(cache) == 0
    assert cache.evictions == 4
