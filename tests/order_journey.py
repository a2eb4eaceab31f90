"""A small journey that tests send customers through: a menu, an order's state, and a queue with a callback."""

from warmline.domain.journey.document import (
    Ask,
    Callback,
    Compare,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    Say,
    Var,
    When,
)

TAKEN = (End("closed", "message_taken"),)
AGENT = (Enqueue("orders", TAKEN, TAKEN, TAKEN, callback_after_s=120, callback=(Callback("orders", TAKEN),)),)
TEXTS = {"l.orders": "Orders", "l.bye": "Nothing", "found": "It is {order.status}."}
ORDERS = Journey(
    "orders",
    on_error=(Goto("agent"),),
    sections={
        "start": (Say("hello"), Goto("menu")),
        "menu": (
            Menu(
                "what",
                (Option("orders", "l.orders", then=(Goto("find"),)), Option("bye", "l.bye", then=(End("bye"),))),
                give_up=(Goto("agent"),),
            ),
        ),
        "find": (
            Ask("number", "ask_number", DigitsInput(4, 8), give_up=(Goto("agent"),)),
            Invoke("orders.find", "order", (Goto("agent"),), {"number": Var("number")}, ("status",)),
            When(Compare(Var("order.status"), "==", "shipped"), (Say("found"),), (Goto("agent"),)),
            End("bye"),
        ),
        "agent": AGENT,
    },
)
