"""Places in line, told when they change and only then."""

from uuid import UUID

from warmline.domain.journey.interface import QueueFacts
from warmline.domain.journey.telling import ToldWait
from warmline.features.contacts.places import Places

CONTACT = UUID(int=1)
Word = tuple[int | None, ToldWait | None]


class Page:
    """A page that waits, and the facts around it."""

    def __init__(self, facts: QueueFacts | None) -> None:
        self.facts = facts
        self.told: list[Word] = []
        self.places = Places(lambda tenant, queue, contact: self.facts)
        self.watch = self.places.watch("onda", CONTACT, "orders", lambda *word: self.told.append(word))

    def hears(self, facts: QueueFacts) -> list[Word]:
        self.facts, self.told[:] = facts, []
        self.places.changed("onda")
        return self.told


def line(position: int, half_s: float, most_s: float) -> QueueFacts:
    return QueueFacts(True, 3, position=position, half_s=half_s, most_s=most_s)


def test_a_page_hears_its_place_at_once_and_then_only_news():
    page = Page(line(2, 170, 290))
    assert page.told == [(2, (180, 300))]
    assert page.hears(line(2, 175, 295)) == [], "a few seconds more or less are no news"
    assert page.hears(line(1, 25, 55)) == [(1, (0, 60))]
    page.facts = QueueFacts(True, 0)
    page.told.clear()
    page.places.changed("rival")
    page.watch.close()
    page.places.changed("onda")
    assert page.told == []


def test_a_wait_that_trembles_upwards_is_not_told_anew_and_one_that_grows_is():
    page = Page(line(4, 170, 290))
    assert page.hears(line(4, 230, 350)) == [], "one minute more"
    assert page.hears(line(3, 230, 350)) == [(3, (180, 300))], "a better place, and no longer wait with it"
    assert page.hears(line(3, 470, 700)) == [(3, (480, 900))], "somebody went home"
    assert page.hears(line(3, 230, 350)) == [(3, (240, 360))]


def test_a_wait_nobody_knows_any_more_is_taken_back():
    page = Page(line(2, 170, 290))
    assert page.hears(QueueFacts(False, 3, position=2)) == [(2, None)]


def test_a_tenant_without_facts_says_nothing():
    assert Page(None).told == []
