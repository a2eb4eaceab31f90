"""What a contact reason is tagged with is kept: shipped journeys are, and each broken in one place is refused."""

import msgspec
import pytest
from msgspec import Struct

from warmline.domain.journey.checker import check
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_tags import Duty, duties_of, holds_card_number
from warmline.domain.journey.checker_words_tags import TAG_WORDS
from warmline.domain.journey.document import (
    Ask,
    Block,
    CallModule,
    ChoiceInput,
    DateInput,
    DigitsInput,
    EmailInput,
    End,
    Field,
    Goto,
    Input,
    Invoke,
    Journey,
    Menu,
    NumberInput,
    Option,
    OrderNumberInput,
    PhoneInput,
    Reason,
    Return,
    Say,
    SendLink,
    Set,
    Show,
    Step,
    TextInput,
    TransferJourney,
    Var,
    Verify,
)
from warmline.domain.journey.steps_send_link import SEND_TEXT
from warmline.domain.journey.tasks import AnswerField, TaskSpec
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content import library as demo

BYE: Block = (End("p.bye"),)
WORDS = {
    "p.bye": "Goodbye.", "p.ask": "Please?", "p.paid": "Paid: {receipt.number}.",
    "p.balance": "You owe {bill.sum}.", "p.copy": "You owe {bill2.sum}.",
    "p.title": "Payment", "p.title_of": "Payment of {phone}", "p.yes": "Yes", "p.said": "Thank you.",
}  # fmt: skip
TEXTS: dict[Locale, dict[str, str]] = {
    one: {**platform_prompts()[one], **demo.PROMPTS[one], **WORDS} for one in LOCALES
}
ANSWER = ({"number": AnswerField("text"), "sum": AnswerField("number")},)
TASKS = {
    **demo.TASKS,
    "pay": TaskSpec(ANSWER, frozenset({"card", "code"}), secret=frozenset({"card", "code"})),
    "bills.find": TaskSpec(ANSWER, frozenset({"phone"})),
    "shops.list": TaskSpec(ANSWER, frozenset()),
    "loose": TaskSpec(),
    SEND_TEXT: TaskSpec(),
}
DUTIES = {
    "pay": Duty(frozenset({"PCI_DSS", "HIPAA", "SOC_2"}), 2),
    "order_status": Duty(frozenset({"PIPA", "APPI", "SOC_2"}), 1),
    "refund": Duty(frozenset({"PIPA", "APPI", "PCI_DSS", "SOC_2"}), 2),
    "password_reset": Duty(frozenset({"PIPA", "APPI"}), 2),
    "callback": Duty(frozenset({"PIPA", "APPI"})),
}
WORLD = World(frozenset(demo.QUEUES), frozenset(demo.CALENDARS), TASKS, demo.SKILLS, DUTIES)
PHONE = Ask("phone", "p.ask", PhoneInput(), give_up=BYE, sensitivity="pii")
CARD = Ask("card", "p.ask", DigitsInput(13, 19), give_up=BYE, sensitivity="secret")
CODE = Ask("code", "p.ask", DigitsInput(3, 4), give_up=BYE, sensitivity="secret")
PROOF = Verify("one_time_code", Var("phone"), failed=BYE, locked=BYE)
BILL = Invoke("bills.find", "bill", BYE, {"phone": Var("phone")}, ("number", "sum"))
PAY = Invoke("pay", "receipt", BYE, {"card": Var("card"), "code": Var("code")}, ("number", "sum"))
PAYMENT = Journey(
    id="payment",
    on_error=BYE,
    title="p.title",
    pii=("phone",),
    sections={
        "start": (Reason("pay"), PHONE, PROOF, BILL, Say("p.balance"), Goto("pay")),
        "pay": (CARD, CODE, PAY, Say("p.paid"), *BYE),
        "agent": BYE,
    },
)
LIBRARY = {**{journey.id: journey for journey in demo.JOURNEYS}, "payment": PAYMENT}


def checked(journey: Journey, *others: Journey, world: World = WORLD) -> Report:
    library = {**LIBRARY, **{one.id: one for one in (journey, *others)}}
    return check(journey.id, library, world, TEXTS)


def start(*steps: Step) -> Journey:
    return msgspec.structs.replace(PAYMENT, sections={**PAYMENT.sections, "start": (Reason("pay"), *steps)})


def asked_first(*steps: Step) -> Journey:
    return start(*steps, *PAYMENT.sections["start"][1:])


def paying(*steps: Step) -> Journey:
    return msgspec.structs.replace(PAYMENT, sections={**PAYMENT.sections, "pay": steps})


def with_fields(journey: Journey, **fields: object) -> Journey:
    return msgspec.structs.replace(journey, **fields)


def ask(name: str, expect: Input, **fields: object) -> Ask:
    return msgspec.structs.replace(Ask(name, "p.ask", expect, give_up=BYE), **fields)


def secretly(name: str, expect: Input) -> Ask:
    return ask(name, expect, sensitivity="secret")


class Broken(Struct, frozen=True):
    """A payment with one fault, and the refusal it must meet."""

    name: str
    code: str
    journey: Journey


def loosely(name: str) -> Invoke:
    return Invoke("loose", "x", BYE, {"value": Var(name)}, ("number",))


CARD_NUMBER = OrderNumberInput(r"\d{16}", "luhn", "4111111111111111")
LOOSE = Invoke("loose", "x", BYE, {}, ("number",))
LINK = SendLink(Var("phone"), sent=BYE, failed=BYE)
FORM = Show("p.ask", fields=(Field("card_number", "p.ask", DigitsInput(16, 16)),), give_up=BYE)
HEALTH_FORM = Show("p.ask", fields=(Field("diagnosis", "p.ask", TextInput()),), give_up=BYE)
CHOICE = Menu("p.balance", (Option("yes", "p.yes", then=BYE),), give_up=BYE)

BROKEN = [
    Broken("a card number as digits in clear", "card_in_clear", asked_first(ask("n", DigitsInput(16, 16)))),
    Broken("digits long enough for a card", "card_in_clear", asked_first(ask("n", DigitsInput(1, 13)))),
    Broken("digits without much of a limit", "card_in_clear", asked_first(ask("n", DigitsInput()))),
    Broken("a number without a limit", "card_in_clear", asked_first(ask("n", NumberInput()))),
    Broken("a number of thirteen digits", "card_in_clear", asked_first(ask("n", NumberInput(0, 1e12)))),
    Broken("a card number by its pattern", "card_in_clear", asked_first(ask("n", CARD_NUMBER))),
    Broken("a card number as personal data", "card_in_clear", asked_first(
        ask("phone", DigitsInput(16, 16), sensitivity="pii"))),
    Broken("a card's code in clear", "card_in_clear", asked_first(ask("cvc", DigitsInput(3, 4)))),
    Broken("a card's date in clear", "card_in_clear", asked_first(ask("card.expiry", DigitsInput(4, 4)))),
    Broken("a card in words", "card_in_clear", asked_first(ask("card_note", TextInput()))),
    Broken("a card on a form", "card_in_clear", asked_first(FORM)),
    Broken("a card no longer secret", "card_in_clear", paying(
        msgspec.structs.replace(CARD, sensitivity="none"), CODE, PAY, Say("p.paid"), *BYE)),
    Broken("a secret in words", "secret_not_keyed", paying(
        secretly("card", TextInput()), CODE, PAY, Say("p.paid"), *BYE)),
    Broken("a secret mail address", "secret_not_keyed", paying(
        CARD, secretly("code", EmailInput()), PAY, Say("p.paid"), *BYE)),
    Broken("a secret nobody takes", "secret_unused", paying(secretly("pin", DigitsInput(4, 4)), *BYE)),
    Broken("a secret too many", "secret_unused", paying(
        CARD, CODE, secretly("pin", DigitsInput(4, 4)), PAY, Say("p.paid"), *BYE)),
    Broken("something said before the card is used", "secret_lingers", paying(
        CARD, CODE, Say("p.said"), PAY, Say("p.paid"), *BYE)),
    Broken("a question before the card is used", "secret_lingers", paying(
        CARD, ask("colour", TextInput()), CODE, PAY, Say("p.paid"), *BYE)),
    Broken("a menu before the card is used", "secret_lingers", paying(
        CARD, CODE, Menu("p.ask", (Option("yes", "p.yes"),), give_up=BYE), PAY, Say("p.paid"), *BYE)),
    Broken("another task before the card is used", "secret_lingers", paying(
        CARD, CODE, BILL, PAY, Say("p.paid"), *BYE)),
    Broken("an end before the card is used", "secret_lingers", with_fields(
        PAYMENT, sections={**PAYMENT.sections, "pay": (CARD, CODE, Goto("late")),
                           "late": (Say("p.said"), PAY, Say("p.paid"), *BYE)})),
    Broken("personal data not declared", "personal_undeclared", with_fields(PAYMENT, pii=())),
    Broken("a mail address not declared", "personal_undeclared", asked_first(
        ask("mail", EmailInput(), sensitivity="pii"))),
    Broken("a copy not declared", "personal_undeclared", start(
        PHONE, Set("copy", Var("phone")), PROOF, BILL, Say("p.balance"), Goto("pay"))),
    Broken("a parameter not declared", "personal_undeclared", asked_first(
        PHONE, CallModule("m", {"given": Var("phone")}))),
    Broken("a module's answer not declared", "personal_undeclared", asked_first(
        PHONE, CallModule("same", {"given": Var("phone")}, into="back"))),
    Broken("a birth date in clear", "personal_named_in_clear", asked_first(ask("birth_date", DateInput()))),
    Broken("a name in clear", "personal_named_in_clear", asked_first(ask("name", TextInput()))),
    Broken("an address in clear", "personal_named_in_clear", asked_first(ask("home.address", TextInput()))),
    Broken("a diagnosis in clear", "personal_named_in_clear", asked_first(ask("diagnosis", TextInput()))),
    Broken("a diagnosis on a form", "personal_named_in_clear", asked_first(HEALTH_FORM)),
    Broken("a choice of symptoms in clear", "personal_named_in_clear", asked_first(
        ask("symptom", ChoiceInput((Option("yes", "p.yes"),))))),
    Broken("a resident number in clear", "state_number_in_clear", asked_first(
        ask("resident_number", OrderNumberInput(r"\d{6}", "none", "900101")))),
    Broken("a My Number as personal data", "state_number_in_clear", asked_first(
        ask("my_number", DigitsInput(12, 12), sensitivity="pii"))),
    Broken("a social security number in clear", "state_number_in_clear", asked_first(
        ask("patient_ssn", DigitsInput(9, 9)))),
    Broken("personal data to who knows what", "personal_to_undeclared", start(
        PHONE, loosely("phone"), PROOF, BILL, Say("p.balance"), Goto("pay"))),
    Broken("a declared copy to who knows what", "personal_to_undeclared", with_fields(start(
        PHONE, Set("copy", Var("phone")), loosely("copy"), PROOF, BILL, Goto("pay")), pii=("phone", "copy"))),
    Broken("personal data in the title", "personal_in_title", with_fields(PAYMENT, title="p.title_of")),
    Broken("an integration without a declaration", "task_undeclared", asked_first(LOOSE)),
    Broken("told before the proof", "told_before_proof", start(
        PHONE, BILL, Say("p.balance"), PROOF, Goto("pay"))),
    Broken("told without any proof", "told_before_proof", start(PHONE, BILL, Say("p.balance"), Goto("pay"))),
    Broken("proof of a lower level", "told_before_proof", start(
        PHONE, Verify("date_of_birth", Var("phone"), BYE, BYE, 1), BILL, Say("p.balance"), Goto("pay"))),
    Broken("told where the proof failed", "told_before_proof", start(
        PHONE, BILL, msgspec.structs.replace(PROOF, failed=(Say("p.balance"), *BYE)), Goto("pay"))),
    Broken("told where too many proofs failed", "told_before_proof", start(
        PHONE, BILL, msgspec.structs.replace(PROOF, locked=(Say("p.balance"), *BYE)), Goto("pay"))),
    Broken("asked by telling", "told_before_proof", start(PHONE, BILL, CHOICE)),
    Broken("told at the end", "told_before_proof", start(PHONE, BILL, End("p.balance"))),
    Broken("told on a card", "told_before_proof", start(
        PHONE, BILL, Show("p.ask", texts=("p.balance",)), PROOF, Goto("pay"))),
    Broken("a copy told before the proof", "told_before_proof", with_fields(start(
        PHONE, BILL, Set("bill2", Var("bill")), Say("p.copy"), PROOF, Goto("pay")))),
    Broken("a link before the proof", "linked_before_proof", start(PHONE, LINK)),
]  # fmt: skip
MODULE = Journey("m", BYE, {"start": (Return(),), "agent": BYE}, kind="module", parameters=("given",))
SAME = Journey(
    "same", BYE, {"start": (Return(Var("given")),)}, kind="module", parameters=("given",), pii=("given",)
)


@pytest.mark.parametrize(
    "journey_id", ["payment", "order-status", "refund", "password-reset", "front-desk", "phone"]
)
def test_as_they_are_the_journeys_keep_what_their_reasons_demand(journey_id: str):
    report = checked(LIBRARY[journey_id])
    assert report.ok, report.lines()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_journey_that_breaks_what_its_reason_demands_is_refused_for_that(broken: Broken):
    report = checked(broken.journey, MODULE, SAME)
    assert broken.code in {problem.code for problem in report.problems}, report.lines()
    assert all(problem.text and problem.fix for problem in report.problems)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_without_the_tags_the_same_journey_is_nobody_s_business(broken: Broken):
    world = msgspec.structs.replace(WORLD, duties={})
    report = checked(broken.journey, MODULE, SAME, world=world)
    found = {problem.code for problem in report.problems}
    assert found.isdisjoint({kind.partition(".")[0] for kind in TAG_WORDS})


def test_every_kind_of_refusal_by_tags_is_provoked_here():
    assert {broken.code for broken in BROKEN} == {kind.partition(".")[0] for kind in TAG_WORDS}
    assert len(BROKEN) >= 45


def _named(journey_id: str, *steps: Step, kind: str = "journey") -> Journey:
    journey = Journey(journey_id, BYE, {"start": (*steps, *BYE), "agent": BYE})
    return msgspec.structs.replace(journey, kind=kind)


def test_duties_reach_modules_and_journeys_without_a_reason_and_no_further():
    library = {
        one.id: one
        for one in (
            _named("a", Reason("pay"), CallModule("m"), TransferJourney("b")),
            _named("b", TransferJourney("c")),
            _named("c", Reason("other"), CallModule("m2")),
            _named("m", CallModule("m2"), kind="module"),
            _named("m2", kind="module"),
            _named("d"),
        )
    }
    pay, other = Duty(frozenset({"PCI_DSS"}), 2), Duty(frozenset({"PIPA"}), 1)
    found = duties_of(library, {"pay": pay, "other": other})
    assert (found["a"], found["b"], found["m"]) == (pay, pay, pay)
    assert found["c"] == other, "who declares a reason keeps to its own"
    assert found["m2"] == Duty(frozenset({"PCI_DSS", "PIPA"}), 2)
    assert found["d"] == Duty()


@pytest.mark.parametrize(
    ("expect", "holds"),
    [
        (DigitsInput(1, 12), False),
        (DigitsInput(12, 13), True),
        (DigitsInput(20, 24), False),
        (NumberInput(0, 1e12 - 1), False),
        (OrderNumberInput(r"ON-\d{8}", "luhn", "ON-26113407"), False),
        (CARD_NUMBER, True),
        (TextInput(), False),
    ],
)
def test_a_card_number_has_thirteen_to_nineteen_digits(expect: Input, holds: bool):
    assert holds_card_number(ask("n", expect)) is holds
