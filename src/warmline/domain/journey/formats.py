"""Values as people write them in ko, ja and en: money, dates, numbers, durations, phones, lists."""

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import cast

import phonenumbers
from babel import Locale as BabelLocale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from warmline.domain.journey.faults import BadTemplate
from warmline.domain.journey.telling import Between
from warmline.kernel.locale import LOCALES, Locale


class Unknown(str):
    """A stand-in for a value whose kind nobody declared: while a journey is checked, it fits every format."""

    __slots__ = ()


Format = Callable[[object, str, Locale, tzinfo], str]

_TERRITORY: dict[Locale, str] = {"ko": "ko_KR", "ja": "ja_JP", "en": "en_US"}
_HOURS: dict[Locale, tuple[str, str]] = {"ko": ("시간", "시간"), "ja": ("時間", "時間"), "en": (" hour", " hours")}
_MINUTES: dict[Locale, tuple[str, str]] = {"ko": ("분", "분"), "ja": ("分", "分"), "en": (" minute", " minutes")}
_TO: dict[Locale, str] = {"ko": "~", "ja": "〜", "en": " to "}
_MONEY_WORDS = {
    ("ko", "KRW"): "원", ("ko", "JPY"): "엔", ("ko", "USD"): "달러",
    ("ja", "KRW"): "ウォン", ("ja", "JPY"): "円", ("ja", "USD"): "ドル",
}  # fmt: skip


@lru_cache(maxsize=8)
def _babel(locale: Locale) -> BabelLocale:
    return BabelLocale.parse(_TERRITORY[locale])


def load() -> None:
    """Load what dates, times, numbers and lists of all languages need: about 4 MB nobody should wait for."""
    for locale in LOCALES:
        babel, now = _babel(locale), datetime(2000, 1, 1, 12)  # noqa: DTZ001 -- any moment
        format_date(now, locale=babel)
        format_time(now, locale=babel)
        format_skeleton("MMMd", now, locale=babel)
        format_decimal(1, locale=babel)
        format_list(["a", "b"], locale=babel)


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise BadTemplate("A placeholder wants a number and got something else.")
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        raise BadTemplate("A placeholder wants a number and got a text.") from None


def _day(value: object, zone: tzinfo) -> date:
    if isinstance(value, datetime):
        return value.astimezone(zone).date()
    if isinstance(value, date):
        return value
    moment = _moment(value, zone)
    return moment.date()


def _moment(value: object, zone: tzinfo) -> datetime:
    """Read an ISO 8601 text or datetime; one without an offset is taken as local time."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise BadTemplate("A placeholder wants a date and got another text.") from None
    if not isinstance(value, datetime):
        raise BadTemplate("A placeholder wants a date and got something else.")
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def plain(value: object, _argument: str, locale: Locale, _zone: tzinfo) -> str:
    """Text as it is, numbers ungrouped, lists joined as the language joins them."""
    match value:
        case str():
            return value
        case bool():
            raise BadTemplate("A placeholder shows true or false; use a When step instead.")
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case list() | tuple():
            return format_list([str(v) for v in cast(Sequence[object], value)], locale=_babel(locale))
        case _:
            return str(value)


def number(value: object, _argument: str, locale: Locale, _zone: tzinfo) -> str:
    return _grouped(_decimal(value), locale)


@lru_cache(maxsize=512)
def _grouped(amount: Decimal, locale: Locale) -> str:
    return format_decimal(amount, locale=_babel(locale))


def percent(value: object, _argument: str, locale: Locale, _zone: tzinfo) -> str:
    """A share from 0 to 1."""
    return format_percent(_decimal(value), locale=_babel(locale))


def money(value: object, currency: str, locale: Locale, _zone: tzinfo) -> str:
    """An amount in an ISO 4217 currency; in Korean and Japanese with the word of neighbours: 12,000원, 980円."""
    amount = _decimal(value)
    word = _MONEY_WORDS.get((locale, currency))
    if word:
        digits = "0" * get_currency_precision(currency)
        pattern = f"#,##0.{digits}" if digits else "#,##0"
        return format_decimal(amount, format=pattern, locale=_babel(locale)) + word
    return format_currency(amount, currency, locale=_babel(locale))


def day(value: object, argument: str, locale: Locale, zone: tzinfo) -> str:
    """A date with its year: 2026년 11월 3일, 2026年11月3日, November 3, 2026. `argument`: so many days later."""
    return _long(_day(value, zone) + timedelta(days=int(argument or 0)), locale)


@lru_cache(maxsize=512)
def _long(date_: date, locale: Locale) -> str:
    return format_date(date_, "long", locale=_babel(locale))


def day_short(value: object, _argument: str, locale: Locale, zone: tzinfo) -> str:
    """A date of these weeks, with weekday and without year."""
    return _short(_day(value, zone), locale)


@lru_cache(maxsize=512)
def _short(date_: date, locale: Locale) -> str:
    return format_skeleton("MMMEd", datetime.combine(date_, datetime.min.time()), locale=_babel(locale))


def time_of_day(value: object, _argument: str, locale: Locale, zone: tzinfo) -> str:
    local = _moment(value, zone)
    return _clock(local.hour, local.minute, locale)


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, locale: Locale) -> str:
    if locale == "ko":  # 오전/오후, which not every release of the locale data has
        return f"{'오전' if hour < 12 else '오후'} {hour % 12 or 12}:{minute:02}"
    return format_time(time(hour, minute), "short", locale=_babel(locale))


def moment(value: object, argument: str, locale: Locale, zone: tzinfo) -> str:
    """A short date and the time of day."""
    return f"{day_short(value, argument, locale, zone)} {time_of_day(value, argument, locale, zone)}"


def duration(value: object, _argument: str, locale: Locale, _zone: tzinfo) -> str:
    """Seconds in whole minutes, rounded up; from one hour on in hours and minutes. An interval has two ends."""
    high = max(1, math.ceil(_decimal(value) / 60))
    low = max(1, math.ceil(_decimal(value.low_s) / 60)) if isinstance(value, Between) else high
    if low >= high:
        return _span(high, locale)
    if high < 60:  # the unit is said once
        return f"{low}{_TO[locale]}{_span(high, locale)}"
    return f"{_span(low, locale)}{_TO[locale]}{_span(high, locale)}"


def _span(minutes: int, locale: Locale) -> str:
    hours, rest = divmod(minutes, 60)
    counted = [(hours, *_HOURS[locale]), (rest, *_MINUTES[locale])]
    return " ".join(f"{n}{one if n == 1 else other}" for n, one, other in counted if n)


def phone(value: object, _argument: str, locale: Locale, _zone: tzinfo) -> str:
    """An E.164 number as dialled at home, or internationally when it is from elsewhere."""
    return _dialled(str(value), locale)


@lru_cache(maxsize=512)
def _dialled(number: str, locale: Locale) -> str:
    home = {"ko": 82, "ja": 81, "en": 1}[locale]
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        raise BadTemplate("A placeholder wants a phone number in E.164 form.") from None
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, style.NATIONAL if parsed.country_code == home else style.INTERNATIONAL
    )


def spaced(value: object, _argument: str, _locale: Locale, _zone: tzinfo) -> str:
    """Characters one by one, to be read aloud: 1 2 3 4."""
    return " ".join(character for character in str(value) if character.isalnum())


def plural(value: object, forms: str, locale: Locale, _zone: tzinfo) -> str:
    """The word that fits a count, `one/other`; Korean and Japanese use `other` alone."""
    one, _, other = forms.partition("/")
    if not other:
        return one
    amount = _decimal(value)
    return one if _babel(locale).plural_form(amount) == "one" else other


FORMATS: dict[str, Format] = {
    "": plain, "number": number, "percent": percent, "money": money, "date": day, "day": day_short,
    "time": time_of_day, "datetime": moment, "duration": duration, "phone": phone, "spaced": spaced,
    "plural": plural,
}  # fmt: skip
