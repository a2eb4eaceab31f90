"""Places in line, told when they change and only then."""

from uuid import UUID

from warmline.domain.journey.interface import QueueFacts
from warmline.features.contacts.places import Places

CONTACT = UUID(int=1)


def test_a_page_hears_its_place_at_once_and_then_only_news():
    now = {"facts": QueueFacts(True, 3, position=2, estimate_s=100.0)}
    places = Places(lambda tenant, queue, contact: now["facts"])
    told: list[int | None] = []
    watch = places.watch("onda", CONTACT, "orders", lambda facts: told.append(facts.position))
    places.changed("onda")
    now["facts"] = QueueFacts(True, 3, position=2, estimate_s=104.0)
    places.changed("onda")
    assert told == [2], "a few seconds more or less are no news"
    now["facts"] = QueueFacts(True, 3, position=1, estimate_s=40.0)
    places.changed("rival")
    places.changed("onda")
    assert told == [2, 1]
    watch.close()
    now["facts"] = QueueFacts(True, 0)
    places.changed("onda")
    assert told == [2, 1]


def test_a_tenant_without_facts_says_nothing():
    places = Places(lambda tenant, queue, contact: None)
    told: list[QueueFacts] = []
    places.watch("onda", CONTACT, "orders", told.append)
    assert told == []
