"""Where is my order? Proven first, then looked up; a delay that is known already is told before it is asked."""

from warmline.domain.journey.document import Compare, Goto, Invoke, Journey, Reason, Say, Set, Var, When
from warmline_demo.content.journeys.blocks import (
    OPENING,
    SORRY,
    ask_order_number,
    identify,
    more_section,
    person_sections,
)

_SETTLE = (Set("order", ""),)


def _when_status(status: str, *then: Say | When) -> When:
    return When(Compare(Var("order.status"), "==", status), then=(*then, Goto("more")))


ORDER_STATUS = Journey(
    id="order-status",
    title="orders.title",
    on_error=SORRY,
    sections={
        "start": (
            *OPENING,
            Reason("order_status"),
            ask_order_number("orders.ask_number"),
            *identify("number", strong=False),
            Goto("look_up"),
        ),
        "look_up": (
            Invoke(
                "orders.find",
                into="order",
                args={"number": Var("number")},
                result=(
                    "found", "status", "late", "delay_reason", "promised_on", "expected_on", "tracking",
                    "first_item", "other_items", "customer_name",
                ),
                failed=(Say("orders.backend_down"), Goto("agent")),
                timeout_s=4,
                retries=1,
                slow_prompt="common.one_moment",
            ),
            When(Compare(Var("order.found"), "==", False), then=(Say("orders.not_found"), Goto("agent"))),
            When(
                Compare(Var("order.other_items"), "==", 0),
                then=(Say("orders.this_one"),),
                otherwise=(Say("orders.this_and_more"),),
            ),
            When(Compare(Var("order.late"), "==", True), then=(Goto("late"),)),
            _when_status("preparing", Say("orders.preparing")),
            _when_status(
                "shipped",
                When(
                    Compare(Var("order.tracking"), "is_set"),
                    then=(Say("orders.shipped"),),
                    otherwise=(Say("orders.shipped_untracked"),),
                ),
            ),
            _when_status("delivered", Say("orders.delivered")),
            _when_status("cancelled", Say("orders.cancelled")),
            Say("orders.unclear"),
            Goto("agent"),
        ),
        "late": (
            When(
                Compare(Var("order.delay_reason"), "==", "weather"),
                then=(Say("orders.late_weather"),),
                otherwise=(
                    When(
                        Compare(Var("order.delay_reason"), "==", "customs"),
                        then=(Say("orders.late_customs"),),
                        otherwise=(Say("orders.late_other"),),
                    ),
                ),
            ),
            Goto("more"),
        ),
        "more": more_section(_SETTLE),
        **person_sections("orders", _SETTLE),
    },
)  # fmt: skip
