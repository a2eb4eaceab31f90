"""Money back: proven strongly, judged by the shop's limits, confirmed by the customer, made once."""

from warmline.domain.journey.document import (
    Compare,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    Reason,
    Say,
    Set,
    Var,
    When,
)
from warmline_demo.content.journeys.blocks import (
    OPENING,
    SORRY,
    ask_order_number,
    identify,
    more_section,
    person_sections,
)

_SETTLE = (Set("quote", ""), Set("refund", ""))
_TO_PEOPLE = ("over_limit", "too_many", "too_late")  # a colleague may decide otherwise
_SETTLED = ("on_the_way", "cancelled", "already")  # nothing to decide


def _verdicts(record: str) -> tuple[When, ...]:
    def told(verdict: str, onward: str) -> When:
        return When(
            Compare(Var(f"{record}.verdict"), "==", verdict), then=(Say(f"refund.{verdict}"), Goto(onward))
        )

    return (*(told(v, "agent") for v in _TO_PEOPLE), *(told(v, "more") for v in _SETTLED))


REFUND = Journey(
    id="refund",
    title="refund.title",
    on_error=SORRY,
    sections={
        "start": (
            *OPENING,
            Reason("refund"),
            ask_order_number("refund.ask_number"),
            *identify("number", strong=True),
            Goto("judge"),
        ),
        "judge": (
            Invoke(
                "refunds.quote",
                into="quote",
                args={"number": Var("number")},
                result=("found", "verdict", "amount", "currency", "arrives_in_days"),
                failed=(Say("orders.backend_down"), Goto("agent")),
                timeout_s=4,
                slow_prompt="common.one_moment",
            ),
            When(Compare(Var("quote.found"), "==", False), then=(Say("orders.not_found"), Goto("agent"))),
            When(Compare(Var("quote.verdict"), "==", "ok"), then=(Goto("confirm"),)),
            *_verdicts("quote"),
            Say("refund.unclear"),
            Goto("agent"),
        ),
        "confirm": (
            Menu(
                "refund.confirm",
                options=(
                    Option("yes", "refund.yes", "refund.words.yes", then=(Goto("request"),)),
                    Option("no", "refund.no", "refund.words.no", then=(Say("refund.left_alone"), Goto("more"))),
                ),
                give_up=(Say("refund.left_alone"), Goto("more")),
            ),
        ),
        "request": (
            Invoke(
                "refunds.request",
                into="refund",
                args={"number": Var("number")},
                result=("refunded", "verdict", "refund_id"),
                failed=(Say("refund.not_certain"), Goto("agent")),
                timeout_s=6,
                retries=2,  # safe: the request carries a key, and the shop pays once
                slow_prompt="common.one_moment",
            ),
            When(Compare(Var("refund.refunded"), "==", True), then=(Say("refund.done"), Goto("more"))),
            *_verdicts("refund"),
            Say("refund.unclear"),
            Goto("agent"),
        ),
        "more": more_section(_SETTLE),
        **person_sections("refunds", _SETTLE),
    },
)  # fmt: skip
