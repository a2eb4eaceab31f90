"""May this call be made? One decision for callbacks, transfers, journeys, agents and the API alike.

Everything is forbidden that nobody allowed: a company lists the prefixes it calls. Toll fraud lives from the
opposite. Prices are estimates for the cap, not an invoice.
"""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from warmline.domain.outbound.numbers import Number, is_emergency, read_number

Purpose = Literal["callback", "transfer", "agent", "journey", "api"]
Denial = Literal[
    "off", "not_a_number", "emergency", "prefix_blocked", "prefix_not_allowed", "costly", "too_many", "spend_cap",
    "no_caller_number",
]  # fmt: skip
MINUTE = timedelta(minutes=1)


class Price(Struct, frozen=True):
    """What a minute to numbers beginning with `prefix` is estimated to cost, in thousandths of the currency."""

    prefix: str
    per_minute_milli: int


class OutboundRules(Struct, frozen=True, omit_defaults=True):
    """What a company allows. `allowed` and `blocked` are E.164 prefixes; the longest one that fits decides."""

    enabled: bool = True
    region: str = "KR"  # of national forms
    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    costly_allowed: bool = False  # premium, shared cost, satellite
    calls_per_minute: int = 30
    daily_spend_cap_milli: int = 50_000_000
    unknown_price_milli: int = 500_000  # a minute to numbers without a price: dear, so that the cap holds
    prices: tuple[Price, ...] = ()
    expected_minutes: float = 3.0  # reserved when a call begins, settled when it ends


class OutboundUse(Struct, frozen=True, omit_defaults=True):
    """What was used so far: calls begun within the last minute, money spent or reserved today."""

    calls_last_minute: int = 0
    spent_today_milli: int = 0


class Allowed(Struct, frozen=True):
    """The call may be made. `reserve_milli` counts against today's cap until the call has ended."""

    number: str  # E.164
    per_minute_milli: int
    reserve_milli: int


class Denied(Struct, frozen=True):
    """The call may not be made, and why."""

    why: Denial


def decide(rules: OutboundRules, use: OutboundUse, dialled: str) -> Allowed | Denied:
    """Return whether `dialled`, as somebody typed it, may be called now."""
    if not rules.enabled:
        return Denied("off")
    if is_emergency(dialled, rules.region):
        return Denied("emergency")  # a contact center cannot tell rescuers where the caller is
    number = read_number(dialled, rules.region)
    if number is None:
        return Denied("not_a_number")
    if number.emergency:
        return Denied("emergency")
    if (why := _forbidden(rules, number)) is not None:
        return Denied(why)
    if use.calls_last_minute >= rules.calls_per_minute:
        return Denied("too_many")
    per_minute = price(rules, number.e164)
    reserve = round(per_minute * rules.expected_minutes)
    if use.spent_today_milli + reserve > rules.daily_spend_cap_milli:
        return Denied("spend_cap")
    return Allowed(number.e164, per_minute, reserve)


def _forbidden(rules: OutboundRules, number: Number) -> Denial | None:
    blocked = _longest(rules.blocked, number.e164)
    # Who allows +1 means its mainland: the islands that share it are where fraud goes, and are named one by one.
    opened = tuple(one for one in rules.allowed if one != "+1") if number.overseas else rules.allowed
    allowed = _longest(opened, number.e164)
    if blocked is not None and (allowed is None or len(blocked) >= len(allowed)):
        return "prefix_blocked"
    if allowed is None:
        return "prefix_not_allowed"
    if number.costly and not rules.costly_allowed:
        return "costly"
    return None


def price(rules: OutboundRules, e164: str) -> int:
    """Return the estimated price of a minute, in thousandths; the longest prefix that fits decides."""
    known = {one.prefix: one.per_minute_milli for one in rules.prices}
    prefix = _longest(tuple(known), e164)
    return rules.unknown_price_milli if prefix is None else known[prefix]


def settled_milli(per_minute_milli: int, seconds: float) -> int:
    """Return what an answered call of `seconds` is estimated to have cost: minutes begun count whole."""
    return 0 if seconds <= 0 else per_minute_milli * -(-int(seconds + 0.999) // 60)


def running_milli(rules: OutboundRules, reserved_milli: int, begun_at: datetime, now: datetime) -> int:
    """Return what a running call counts against today's cap: what was reserved, and what lasts beyond it."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    floor = reserved_milli if begun_at >= midnight else 0
    if rules.expected_minutes <= 0:
        return floor
    minutes = -(-int((now - max(begun_at, midnight)).total_seconds() + 0.999) // 60)
    return max(floor, round(reserved_milli / rules.expected_minutes * max(0, minutes)))


def day_of(now: datetime) -> str:
    """Return the day whose cap counts at `now` (UTC), as ISO 8601."""
    return now.date().isoformat()


def _longest(prefixes: tuple[str, ...], e164: str) -> str | None:
    return max((one for one in prefixes if e164.startswith(one)), key=len, default=None)
