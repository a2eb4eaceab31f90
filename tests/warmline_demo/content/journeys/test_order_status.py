"""A late parcel is told of before its state."""

from warmline.domain.journey.document import Compare, Var, When
from warmline_demo.content.journeys.order_status import ORDER_STATUS


def test_a_known_delay_comes_before_the_status():
    conditions = [step.condition for step in ORDER_STATUS.sections["look_up"] if isinstance(step, When)]
    late = conditions.index(Compare(Var("order.late"), "==", True))
    assert late < conditions.index(Compare(Var("order.status"), "==", "shipped"))
