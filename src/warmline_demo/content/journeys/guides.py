"""What agents of the shop go through beside a contact: a refund by the rules, and a complaint heard to its end."""

from warmline.domain.journey.document import (
    Block,
    ChoiceInput,
    Compare,
    DateInput,
    End,
    Field,
    Goto,
    Invoke,
    Journey,
    Option,
    Reason,
    Show,
    TextInput,
    Var,
    When,
)
from warmline_demo.content.journeys.blocks import ORDER_NUMBER

SORRY: Block = (End("guide.broken", "message_taken"),)

_WHY = ChoiceInput(
    (
        Option("damaged", "guide_refund.damaged"),
        Option("wrong", "guide_refund.wrong"),
        Option("late", "guide_refund.late"),
        Option("unwanted", "guide_refund.unwanted"),
    )
)

GUIDE_REFUND = Journey(
    id="guide-refund",
    kind="guide",
    title="guide_refund.title",
    parameters=("number",),
    on_error=SORRY,
    sections={
        "start": (
            Reason("refund"),
            Show(
                "guide_refund.order",
                ("guide_refund.order_text",),
                (
                    Field("number", "guide_refund.number", ORDER_NUMBER),
                    Field("why", "guide_refund.why", _WHY),
                    Field("note", "guide_refund.note", TextInput(500), required=False, sensitivity="pii"),
                ),
                next="guide_refund.check",
            ),
            Invoke(
                "refunds.quote",
                into="quote",
                args={"number": Var("number")},
                result=("found", "verdict", "amount", "currency", "arrives_in_days"),
                failed=(Goto("away"),),
                timeout_s=4,
            ),
            When(Compare(Var("quote.found"), "==", False), then=(Goto("unknown"),)),
            When(Compare(Var("quote.verdict"), "==", "ok"), then=(Goto("decide"),)),
            Goto("by_hand"),
        ),
        "decide": (
            Show(
                "guide_refund.decide",
                ("guide_refund.decide_text",),
                options=(
                    Option("pay", "guide_refund.pay", then=(Goto("pay"),)),
                    Option("leave", "guide_refund.leave", then=(End("guide_refund.left"),)),
                ),
            ),
        ),
        "pay": (
            Invoke(
                "refunds.request",
                into="refund",
                args={"number": Var("number")},
                result=("refunded", "verdict", "refund_id"),
                failed=(Goto("away"),),
                timeout_s=6,
            ),
            When(
                Compare(Var("refund.refunded"), "==", True),
                then=(Show("guide_refund.paid", ("guide_refund.tell",), next="guide_refund.told"),),
                otherwise=(Goto("by_hand"),),
            ),
            End("guide_refund.done"),
        ),
        "by_hand": (
            Show("guide_refund.by_hand", ("guide_refund.by_hand_text",), next="guide_refund.noted"),
            End("guide_refund.handed", "message_taken"),
        ),
        "unknown": (
            Show(
                "guide_refund.unknown",
                options=(
                    Option("again", "guide_refund.again", then=(Goto("start"),)),
                    Option("stop", "guide_refund.stop", then=(End("guide_refund.left"),)),
                ),
            ),
        ),
        "away": (
            Show(
                "guide_refund.away",
                ("guide_refund.away_text",),
                options=(
                    Option("again", "guide_refund.again", then=(Goto("start"),)),
                    Option("later", "guide_refund.later", then=(End("guide_refund.handed", "message_taken"),)),
                ),
            ),
        ),
    },
)

_ABOUT = ChoiceInput(
    (
        Option("delivery", "guide_complaint.delivery"),
        Option("product", "guide_complaint.product"),
        Option("service", "guide_complaint.service"),
        Option("other", "guide_complaint.other"),
    )
)

_MORE = "guide_complaint.more"
_WISH = Field("wish", "guide_complaint.wish", TextInput(500), False, "pii", _MORE)

GUIDE_COMPLAINT = Journey(
    id="guide-complaint",
    kind="guide",
    title="guide_complaint.title",
    on_error=SORRY,
    sections={
        "start": (
            Reason("complaint"),
            Show("guide_complaint.listen", ("guide_complaint.listen_text",), next="guide_complaint.listened"),
            Show(
                "guide_complaint.what",
                fields=(
                    Field("about", "guide_complaint.about", _ABOUT),
                    Field("words", "guide_complaint.words", TextInput(1000), sensitivity="pii"),
                    Field("since", "guide_complaint.since", DateInput(), required=False, group=_MORE),
                    _WISH,
                ),
            ),
            When(Compare(Var("about"), "==", "service"), then=(Goto("lead"),)),
            Goto("offer"),
        ),
        "offer": (
            Show(
                "guide_complaint.offer",
                ("guide_complaint.offer_text",),
                options=(
                    Option("accepted", "guide_complaint.accepted", then=(Goto("close"),)),
                    Option("declined", "guide_complaint.declined", then=(Goto("lead"),)),
                ),
            ),
        ),
        "lead": (
            Show("guide_complaint.lead", ("guide_complaint.lead_text",), next="guide_complaint.passed"),
            End("guide_complaint.with_lead", "message_taken"),
        ),
        "close": (
            Show("guide_complaint.close", ("guide_complaint.close_text",), next="guide_complaint.promised"),
            End("guide_complaint.done"),
        ),
    },
)
