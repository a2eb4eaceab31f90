"""The front desk: announcements, greeting, and the menu by tap, number or words."""

from warmline.domain.journey.document import (
    Announce,
    Compare,
    Goto,
    Hours,
    Journey,
    Menu,
    Option,
    Reason,
    Say,
    TransferJourney,
    Var,
    When,
)
from warmline_demo.content.journeys.blocks import OPENING, SORRY, person_sections


def choice(name: str, journey: str) -> Option:
    """Return the option of a menu that leads to a journey of its own."""
    return Option(name, f"front.{name}", f"front.words.{name}", then=(TransferJourney(journey),))


FRONT_DESK = Journey(
    id="front-desk",
    title="front.title",
    on_error=SORRY,
    sections={
        "start": (
            When(Compare(Var("greeted"), "is_set"), then=(Goto("again"),)),
            Announce("emergency"),
            Say("front.greeting"),
            *OPENING,
            Hours(
                "seoul",
                closed=(Say("front.stores_closed"),),
                holiday=(Announce("holiday"), Say("front.holiday")),
                emergency=(Say("front.emergency"),),
            ),
            Announce("promotion"),
            Goto("menu"),
        ),
        "again": (*OPENING, Say("front.again"), Goto("menu")),
        "menu": (
            Menu(
                "front.menu",
                options=(
                    choice("order", "order-status"),
                    choice("refund", "refund"),
                    choice("password", "password-reset"),
                    choice("stores", "store-hours"),
                    choice("returns", "return-check"),
                    Option("callback", "front.callback", "front.words.callback",
                           then=(Reason("callback"), Goto("callback"))),
                    Option("person", "front.person", "front.words.person",
                           then=(Reason("talk_to_person"), Goto("agent"))),
                ),
                no_match=("front.no_match", "front.no_match_again"),
                give_up=(Say("front.give_up"), Goto("agent")),
            ),
        ),
        **person_sections("general"),
    },
)  # fmt: skip
