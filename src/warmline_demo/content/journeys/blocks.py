"""What several journeys share: the way to a person, the way on, and knowing whose order it is."""

from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    CallModule,
    Compare,
    End,
    Enqueue,
    Goto,
    Hours,
    Menu,
    Option,
    OrderNumberInput,
    Say,
    Set,
    TransferJourney,
    Var,
    When,
)

ORDER_NUMBER = OrderNumberInput(pattern=r"(?:ON-?)?\d{8}", checksum="luhn", example="ON-26113407")
EVERYBODY = "general"  # the queue that every agent serves
SORRY: Block = (Say("person.after_error"), Goto("agent"))
# What one matter leaves behind is emptied before the next: nothing of one colours another.
LEFTOVERS = ("number", "email", "order", "quote", "refund", "reset", "who")
# `customer_id` is who was proven in this contact, empty until then: orders of somebody else stay closed.
OPENING: Block = (
    *(Set(name, "") for name in LEFTOVERS),
    Set("greeted", True),
    When(Compare(Var("customer_id"), "is_set"), then=(), otherwise=(Set("customer_id", ""),)),
)


def person_sections(queue: str, settle: Block = ()) -> dict[str, Block]:
    """Return the sections that lead to a person of `queue`, over to everybody, and to a callback.

    `settle` runs first: it closes what the journey had open.
    """
    sections: dict[str, Block] = {
        "agent": (
            *settle,
            Hours(
                "always",
                closed=(Say("person.closed"), Goto("callback")),
                holiday=(Say("person.holiday"), Goto("callback")),
                emergency=(Say("person.emergency"),),
            ),
            _wait(queue) if queue == EVERYBODY else _wait_specialised(queue),
        ),
        "too_long": (Say("person.too_long"), Goto("callback")),
        "callback": (
            Callback(
                queue, give_up=(End("person.message_taken", "message_taken"),), ask_time=True, calendar="always"
            ),
        ),
    }
    if queue != EVERYBODY:
        sections["everybody"] = (_wait(EVERYBODY, "person.enter_everybody"),)
    return sections


def _wait_specialised(queue: str) -> Enqueue:
    return Enqueue(
        queue,
        nobody_staffed=(Goto("everybody"),),
        queue_full=(Say("person.full"), Goto("callback")),
        overflow=(Say("person.overflow"), Goto("everybody")),
        overflow_after_s=300,
        callback_after_s=120,
        callback=(Goto("callback"),),
    )


def _wait(queue: str, enter_prompt: str = "queue.enter") -> Enqueue:
    return Enqueue(
        queue,
        nobody_staffed=(Say("person.nobody"), Goto("callback")),
        queue_full=(Say("person.full"), Goto("callback")),
        overflow=(Goto("too_long"),),
        overflow_after_s=900,
        enter_prompt=enter_prompt,
        callback_after_s=120,
        callback=(Goto("callback"),),
    )


def more_section(settle: Block = ()) -> Block:
    """Return the block that asks whether there is anything else, after `settle`."""
    return (
        *settle,
        Menu(
            "more.ask",
            options=(
                Option("more", "more.yes", "more.words.yes", then=(TransferJourney("front-desk"),)),
                Option("done", "more.no", "more.words.no", then=(End("more.goodbye"),)),
            ),
            give_up=(End("more.goodbye"),),
            attempts=2,
            no_input_s=120,
        ),
    )


def ask_order_number(prompt: str) -> Ask:
    """Return the question for an order number; who cannot give one gets a person."""
    return Ask(
        "number",
        prompt,
        ORDER_NUMBER,
        give_up=(Say("orders.no_number"), Goto("agent")),
        no_match=("orders.number_hint", "orders.number_hint_again"),
    )


def identify(subject: str, *, strong: bool) -> Block:
    """Return the block that proves whose `subject` it is; whoever is not proven is led to a person."""
    return (
        CallModule(
            "identify-customer",
            args={"subject": Var(subject), "known": Var("customer_id"), "strong": strong},
            into="who",
        ),
        When(Compare(Var("who"), "==", ""), then=(Goto("agent"),)),
        Set("customer_id", Var("who")),
        Set("who", ""),
    )
