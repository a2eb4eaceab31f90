"""Every verdict of the shop has its words, in the quote and after the request."""

from warmline.domain.journey.document import Compare, When
from warmline_demo.content.journeys.refund import REFUND

VERDICTS = {"over_limit", "too_many", "too_late", "on_the_way", "cancelled", "already"}


def test_no_verdict_of_the_shop_leaves_a_customer_without_an_answer():
    for section in ("judge", "request"):
        told = {
            step.condition.right
            for step in REFUND.sections[section]
            if isinstance(step, When) and isinstance(step.condition, Compare)
        }
        assert told >= VERDICTS
