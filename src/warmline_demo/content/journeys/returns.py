"""Can this be returned? An interview whose questions depend on the answers, in chat and as a help page.

One module asks and tells what applies, as a list of steps to keep; the chat goes on to a refund or to a person,
the help page ends with the list.
"""

from warmline.domain.journey.document import (
    Block,
    CallModule,
    ChoiceInput,
    Compare,
    DateInput,
    End,
    Field,
    Goto,
    Journey,
    Menu,
    Option,
    Return,
    Say,
    Set,
    Show,
    TransferJourney,
    Var,
    When,
)
from warmline_demo.content.journeys.blocks import OPENING, SORRY, person_sections

_UNCLEAR: Block = (Say("returns.unclear"), Return("unclear"))  # nobody gives up on a help page
_SILENT = ("common.no_input",)
_BROKEN: Block = (Return("unclear"),)
_YES_OR_NO = ChoiceInput((Option("no", "returns.still_closed"), Option("yes", "returns.was_opened")))


def _told(section: str, count: int, verdict: str) -> Block:
    """Return the answer of one case: a list of steps that can be kept."""
    texts = tuple(f"returns.{section}_{number}" for number in range(1, count + 1))
    return (Show(f"returns.{section}", texts), Return(verdict))


def _is(name: str, value: str, section: str) -> When:
    return When(Compare(Var(name), "==", value), then=(Goto(section),))


RETURN_INTERVIEW = Journey(
    id="return-interview",
    kind="module",
    title="returns.title",
    on_error=_BROKEN,
    sections={
        "start": (
            Show(
                "returns.bought",
                options=(
                    Option("home", "returns.home"),
                    Option("electric", "returns.electric"),
                    Option("close", "returns.close"),
                    Option("custom", "returns.custom"),
                ),
                into="bought",
                give_up=_UNCLEAR,
                no_input=_SILENT,
            ),
            Show(
                "returns.why",
                options=(
                    Option("unwanted", "returns.unwanted"),
                    Option("faulty", "returns.faulty", then=(Goto("ours"),)),
                    Option("wrong", "returns.wrong", then=(Goto("ours"),)),
                ),
                into="return_why",
                give_up=_UNCLEAR,
                no_input=_SILENT,
            ),
            _is("bought", "custom", "custom"),
            Show(
                "returns.received",
                options=(
                    Option("coming", "returns.coming", then=(Goto("coming"),)),
                    Option("month", "returns.month"),
                    Option("longer", "returns.longer", then=(Goto("late"),)),
                ),
                into="received",
                give_up=_UNCLEAR,
                no_input=_SILENT,
            ),
            Show(
                "returns.state",
                ("returns.state_text",),
                fields=(
                    Field("opened", "returns.opened", _YES_OR_NO),
                    Field("arrived_on", "returns.arrived_on", DateInput(past_only=True), required=False),
                ),
                give_up=_UNCLEAR,
                no_input=_SILENT,
            ),
            When(Compare(Var("opened"), "==", "yes"), then=(_is("bought", "close", "hygiene"), Goto("used"))),
            When(Compare(Var("arrived_on"), "is_set"), then=(Goto("until"),)),
            Goto("own"),
        ),
        "ours": (
            Show(
                "returns.rather",
                options=(
                    Option("money", "returns.money", then=(Goto("money_back"),)),
                    Option("another", "returns.another", then=(Goto("exchange"),)),
                ),
                into="rather",
                give_up=_UNCLEAR,
                no_input=_SILENT,
            ),
        ),
        "money_back": _told("money_back", 3, "ours"),
        "exchange": _told("exchange", 3, "ours"),
        "until": _told("until", 4, "own"),
        "own": _told("own", 4, "own"),
        "used": _told("used", 3, "used"),
        "coming": _told("coming_told", 2, "own"),
        "late": _told("late", 2, "person"),
        "custom": _told("custom_made", 2, "person"),
        "hygiene": _told("hygiene", 2, "person"),
    },
)

RETURN_CHECK = Journey(
    id="return-check",
    title="returns.title",
    on_error=SORRY,
    sections={
        "start": (*OPENING, CallModule("return-interview", into="verdict"), Set("verdict", ""), Goto("then")),
        "then": (
            Menu(
                "returns.then",
                options=(
                    Option("refund", "returns.refund", "front.words.refund", then=(TransferJourney("refund"),)),
                    Option("person", "returns.person", "front.words.person", then=(Goto("agent"),)),
                    Option("done", "more.no", "more.words.no", then=(End("more.goodbye"),)),
                ),
                give_up=(End("more.goodbye"),),
                attempts=2,
                no_input_s=300,
            ),
        ),
        **person_sections("refunds"),
    },
)

HELP_RETURNS = Journey(
    id="returns",
    kind="help",
    title="returns.title",
    on_error=(End("returns.away"),),
    sections={
        "start": (
            Say("returns.intro"),
            CallModule("return-interview", into="verdict"),
            End("returns.over"),
        )
    },
)

HELP_ORDER_NUMBER = Journey(
    id="order-number",
    kind="help",
    title="order_number.title",
    parameters=("order_number",),  # what stands in the form the help was opened at
    on_error=(End("returns.away"),),
    sections={
        "start": (
            Say("order_number.intro"),
            When(Compare(Var("order_number"), "!=", ""), then=(Say("order_number.entered"),)),
            Show("order_number.places", ("order_number.mail", "order_number.page", "order_number.label")),
            End("order_number.over"),
        )
    },
)
