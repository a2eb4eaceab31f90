"""The reusable module that proves who writes: by a code on their phone, their PIN, or their birth date.

Returns the customer's id at the shop, or an empty text after saying why not. Who is meant is looked up before
anything is proven, so that nothing can go wrong between the proof and the return.
"""

from warmline.domain.journey.document import (
    AllOf,
    Block,
    Compare,
    Goto,
    Invoke,
    Journey,
    Menu,
    Option,
    Return,
    Say,
    Value,
    Var,
    Verify,
    When,
)

_FAILED: Block = (Say("identify.failed"), Return(""))
_LOCKED: Block = (Say("identify.locked"), Return(""))
_AWAY: Block = (Say("identify.unavailable"), Return(""))
_SUBJECT: Value = Var("subject")


def _prove_by(method: str, level: int) -> Block:
    match method:
        case "date_of_birth":
            step = Verify("date_of_birth", _SUBJECT, _FAILED, _LOCKED, level, unavailable=_AWAY)
        case "account_pin":
            step = Verify("account_pin", _SUBJECT, _FAILED, _LOCKED, level, unavailable=_AWAY)
        case _:
            step = Verify("one_time_code", _SUBJECT, _FAILED, _LOCKED, level, unavailable=_AWAY)
    return (step, Return(Var("person.customer_ref")))


IDENTIFY_CUSTOMER = Journey(
    id="identify-customer",
    title="identify.title",
    kind="module",
    parameters=("subject", "known", "strong"),
    pii=("subject",),  # some journeys prove by a mail address
    on_error=_AWAY,
    sections={
        "start": (
            Invoke(
                "customers.find",
                into="person",
                args={"subject": _SUBJECT},
                result=("customer_ref",),
                failed=_AWAY,
                timeout_s=4,
                slow_prompt="common.one_moment",
            ),
            When(
                AllOf((
                    Compare(Var("known"), "!=", ""),
                    Compare(Var("person.customer_ref"), "!=", Var("known")),
                )),
                then=(Say("identify.someone_else"), Return("")),
            ),
            When(Compare(Var("strong"), "==", True), then=(Say("identify.why_strong"), Goto("strong"))),
            Menu(
                "identify.choose",
                options=(
                    Option("code", "identify.by_code", "identify.words.code", then=_prove_by("one_time_code", 2)),
                    Option("pin", "identify.by_pin", "identify.words.pin", then=_prove_by("account_pin", 2)),
                    Option("birth_date", "identify.by_birth_date", "identify.words.birth_date",
                           then=_prove_by("date_of_birth", 1)),
                ),
                give_up=_FAILED,
            ),
        ),
        "strong": (
            Menu(
                "identify.choose_strong",
                options=(
                    Option("code", "identify.by_code", "identify.words.code", then=_prove_by("one_time_code", 2)),
                    Option("pin", "identify.by_pin", "identify.words.pin", then=_prove_by("account_pin", 2)),
                ),
                give_up=_FAILED,
            ),
        ),
    },
)  # fmt: skip
