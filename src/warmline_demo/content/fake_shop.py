"""The shop as journey tests see it: what its operations answer, well and badly."""

from warmline.domain.journey.simulate import Answer

ORDER: dict[str, object] = {
    "found": True, "status": "shipped", "late": False, "delay_reason": None, "promised_on": "2026-11-26",
    "expected_on": "2026-11-26", "tracking": "357962501027", "total": 536.65, "currency": "USD",
    "first_item": "Office Chair", "other_items": 1, "customer_id": "james", "customer_name": "James Li",
}  # fmt: skip
QUOTE: dict[str, object] = {
    "found": True, "verdict": "ok", "amount": 48.5, "currency": "USD", "arrives_in_days": 5,
}  # fmt: skip
AWAY = Answer("failed")
SLOW = Answer("timed_out", after_s=6)


def order(**changes: object) -> Answer:
    return Answer(result={**ORDER, **changes})


def quote(verdict: str, **changes: object) -> Answer:
    return Answer(result={**QUOTE, "verdict": verdict, **changes})


def requested(verdict: str, refund_id: str | None = None) -> Answer:
    asked = {name: value for name, value in QUOTE.items() if name != "found"}
    return Answer(result={**asked, "verdict": verdict, "refunded": refund_id is not None, "refund_id": refund_id})


def proved(level: int, tries_left: int = 2, locked: bool = False) -> Answer:
    return Answer(
        result={
            "level": level,
            "customer_ref": "james" if level else None,
            "tries_left": tries_left,
            "locked": locked,
        }
    )


SENT = (proved(0, 5),)
JAMES = (Answer(result={"found": True, "customer_ref": "james", "name": "James Li", "phone": "+12065550100"}),)
WELL: dict[str, tuple[Answer, ...]] = {
    "customers.find": JAMES,
    "identity.send_code": SENT,
    "identity.check_code": (proved(2),),
    "identity.check_pin": (proved(2),),
    "identity.check_birth_date": (proved(1),),
    "orders.find": (order(),),
    "refunds.quote": (quote("ok"),),
    "refunds.request": (requested("ok", "R1A2B3C4"),),
    "accounts.reset_password": (Answer(result={"sent": True}),),
}
SOMEBODY = Answer(result={"found": True, "customer_ref": "james"})
NOBODY = Answer(result={"found": False, "customer_ref": None})

# What random customers may meet.
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "customers.find": (SOMEBODY, SOMEBODY, NOBODY, Answer(result={"found": True, "customer_ref": "yuki"}), AWAY),
    "identity.send_code": (*SENT, *SENT, proved(0, 0, locked=True), AWAY),
    "identity.check_code": (proved(2), proved(0), proved(0, 0), AWAY),
    "identity.check_pin": (proved(2), proved(0), proved(0, 0, locked=True), AWAY),
    "identity.check_birth_date": (proved(1), proved(0), AWAY),
    "orders.find": (
        order(), order(other_items=0), order(status="preparing"), order(status="delivered"),
        order(status="cancelled"), order(status="held"), order(found=False), AWAY, SLOW,
        order(late=True, delay_reason="weather"), order(late=True, delay_reason="customs"),
        order(late=True, delay_reason="carrier"),
    ),
    "refunds.quote": (
        *(quote(v) for v in ("ok", "ok", "over_limit", "too_many")),
        *(quote(v) for v in ("too_late", "on_the_way", "cancelled", "already")),
        quote("odd"), quote("ok", found=False), AWAY, SLOW,
    ),
    "refunds.request": (
        requested("ok", "R1A2B3C4"), requested("already"),
        requested("too_many"), requested("over_limit"), requested("too_late"),
        requested("on_the_way"), requested("cancelled"), requested("odd"),
        AWAY, SLOW,
    ),
    "accounts.reset_password": (Answer(result={"sent": True}), AWAY),
    "messages.send_link": (Answer(result={"sent": True}), AWAY),
}  # fmt: skip
