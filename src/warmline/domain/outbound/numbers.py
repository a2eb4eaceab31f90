"""Telephone numbers as far as calling them is concerned: their form, their country, what they may cost."""

from typing import Literal

import phonenumbers
from msgspec import Struct
from phonenumbers import NumberParseException, PhoneNumberType

# A call to one of these costs whoever makes it, and may be asked for just that.
_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER})
# Inmarsat, UPT, GMSS, international networks, premium rate, disaster relief. Source: ITU-T E.164, assigned codes.
NO_COUNTRY = frozenset({870, 878, 881, 882, 883, 888, 979})
# Premium ranges whose plans the metadata does not know as such: Japan's Navi-Dial and Dial Q2, Korea's 060,
# British personal numbers, which are sold to whoever shares the price of calls to them.
_COSTLY_PREFIXES = ("+81990", "+81570", "+8260", "+82700", "+4470")
LONGEST = 15  # digits. Source: ITU-T E.164, section 6.2.1


class Number(Struct, frozen=True):
    """A number that exists as far as numbering plans tell. `e164` begins with +."""

    e164: str
    country_code: int
    costly: bool  # premium rate, shared cost, satellite and other networks without a country
    emergency: bool = False  # it is how help is called in its country, with the country's code before it
    overseas: bool = False  # begins with +1, yet is in neither the United States nor Canada: far dearer


def read_number(text: str, region: str) -> Number | None:
    """Return a number as it is typed or dialled; national forms are those of `region`. None: it is none."""
    try:
        parsed = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if len(e164) - 1 > LONGEST:
        return None
    code = parsed.country_code or 0
    costly = code in NO_COUNTRY or phonenumbers.number_type(parsed) in _COSTLY or e164.startswith(_COSTLY_PREFIXES)
    emergency = _calls_help(phonenumbers.national_significant_number(parsed), code)
    # A possible number is not enough: "+82 00…" is one, and carriers dial it as a call to anywhere.
    if not costly and not emergency and not phonenumbers.is_valid_number(parsed):
        return None
    overseas = code == 1 and phonenumbers.region_code_for_number(parsed) not in ("US", "CA")
    return Number(e164, code, costly, emergency, overseas)


def not_called(number: Number) -> Literal["emergency", "costly"] | None:
    """Return why nobody is called at this number, whoever asks for it; None: they may be, as far as it tells."""
    if number.emergency:
        return "emergency"
    return "costly" if number.costly else None


def _calls_help(national: str, code: int) -> bool:
    regions = phonenumbers.region_codes_for_country_code(code)
    return any(phonenumbers.is_emergency_number(national, region) for region in regions)


def is_emergency(text: str, region: str) -> bool:
    """Tell whether this is how an emergency service is dialled in `region` (112, 119, 110, 911, …)."""
    digits = "".join(one for one in text if one.isdigit())
    return bool(digits) and phonenumbers.is_emergency_number(digits, region)
