"""Phone numbers as customers type them into a page."""

from datetime import date

from warmline.domain.journey.document import PhoneInput
from warmline.domain.journey.inputs import Accepted, Ear, read_input
from warmline.kernel.errors import Refused, declare
from warmline.kernel.locale import Locale

REGIONS: dict[Locale, str] = {"ko": "KR", "ja": "JP", "en": "US"}
PHONE_UNREADABLE = declare(
    "webchat.phone_unreadable",
    422,
    "This is no phone number we can call.",
    "Write a landline or mobile number with its area code, or with + and the country code. "
    "Premium-rate, shared-cost and satellite numbers are not called.",
)


def read_phone(text: str, locale: Locale) -> str:
    """Return a typed number in E.164; national forms are those of the language's country.

    Raises Refused for what is no number, or none that a company calls back.
    """
    reading = read_input(PhoneInput(REGIONS[locale]), text, None, Ear(locale, date.min, str))
    if not isinstance(reading, Accepted):
        raise Refused(PHONE_UNREADABLE)
    return str(reading.value)
