"""What a company may set about routing, and what it is told when that makes no sense."""

import msgspec
import pytest
from pydantic import ValidationError

from warmline.domain.routing.rules import MediaRules, QueueRules
from warmline.features.admin.schemas_routing import Media, QueueService


def test_a_queue_without_rules_is_a_plain_queue_for_the_router():
    stored = QueueService().model_dump(mode="json")
    assert msgspec.convert(stored, QueueRules) == QueueRules()
    assert msgspec.convert(Media().model_dump(mode="json"), MediaRules) == MediaRules()


def test_what_is_stored_is_what_the_router_reads():
    document = {
        "weight": 2, "selection": "best_level", "reserve": 2, "broadcast": 3, "overflow_queue_id": "general",
        "rings": [{"after_s": 60, "skills": [{"skill": "ja", "level": 3}], "match": "any", "teams": ["Seoul"],
                   "attributes": [["tier", "gold"]]}],
        "callback": {"offered": True, "order": "customer_first"}, "at_max_wait": "callback", "max_wait_s": 600,
    }  # fmt: skip
    rules = msgspec.convert(QueueService.model_validate(document).model_dump(mode="json"), QueueRules)
    (ring,) = rules.rings
    assert (ring.after_s, ring.match, ring.teams, ring.attributes) == (60, "any", ("Seoul",), (("tier", "gold"),))
    assert (rules.callback.order, rules.broadcast, rules.overflow_queue_id) == ("customer_first", 3, "general")
    media = Media.model_validate({"weights": {"voice": 3}, "total": 4, "interrupts": [["voice", "email"]]})
    assert msgspec.convert(media.model_dump(mode="json"), MediaRules).interrupts == (("voice", "email"),)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"weight": 11}, "less than or equal to 10"),
        ({"broadcast": 0}, "greater than or equal to 1"),
        ({"at_max_wait": "callback"}, "does not offer callbacks"),
        ({"rings": [{"after_s": 60}, {"after_s": 30}]}, "the first one first"),
        ({"rings": [{"teams": ["A", "A"]}]}, "team A is there twice"),
        ({"callback": {"attempts": 11}}, "less than or equal to 10"),
        ({"priority": 1}, "Extra inputs"),
    ],
)
def test_rules_that_make_no_sense_are_refused_with_the_reason(document, told):
    with pytest.raises(ValidationError, match=told):
        QueueService.model_validate(document)


def test_a_contact_that_nobody_could_ever_carry_is_refused():
    with pytest.raises(ValidationError, match="costs more than the total"):
        Media.model_validate({"weights": {"voice": 5}, "total": 4})
