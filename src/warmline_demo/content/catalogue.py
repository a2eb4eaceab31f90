"""Everything the demo company publishes: its journeys, its texts, and the backend fields journeys may read."""

from functools import cache
from importlib.resources import files

from warmline.domain.journey.document import Journey
from warmline.domain.journey.prompts import parse_catalogue
from warmline.kernel.locale import LOCALES, Locale
from warmline_demo.content.journeys.after_contact import AFTER_CONTACT
from warmline_demo.content.journeys.front_desk import FRONT_DESK
from warmline_demo.content.journeys.guides import GUIDE_COMPLAINT, GUIDE_REFUND
from warmline_demo.content.journeys.identify_customer import IDENTIFY_CUSTOMER
from warmline_demo.content.journeys.order_status import ORDER_STATUS
from warmline_demo.content.journeys.password_reset import PASSWORD_RESET
from warmline_demo.content.journeys.phone import PHONE
from warmline_demo.content.journeys.refund import REFUND
from warmline_demo.content.journeys.returns import (
    HELP_ORDER_NUMBER,
    HELP_RETURNS,
    RETURN_CHECK,
    RETURN_INTERVIEW,
)
from warmline_demo.content.journeys.store_hours import STORE_HOURS

JOURNEYS: tuple[Journey, ...] = (
    FRONT_DESK,
    PHONE,
    IDENTIFY_CUSTOMER,
    ORDER_STATUS,
    REFUND,
    PASSWORD_RESET,
    STORE_HOURS,
    RETURN_CHECK,
    RETURN_INTERVIEW,
    AFTER_CONTACT,
)
GUIDES: tuple[Journey, ...] = (GUIDE_REFUND, GUIDE_COMPLAINT)  # for agents, beside their contacts
HELP_PAGES: tuple[Journey, ...] = (HELP_RETURNS, HELP_ORDER_NUMBER)  # for anybody, without a contact


def library() -> dict[str, Journey]:
    """Return the demo's journeys by id."""
    return {journey.id: journey for journey in JOURNEYS}


@cache
def demo_prompts(locale: Locale) -> dict[str, str]:
    """Return the demo's own texts in a language, flat keys."""
    source = files("warmline_demo.content").joinpath(f"prompts/{locale}.toml")
    return parse_catalogue(source.read_text(encoding="utf-8"))


def all_demo_prompts() -> dict[Locale, dict[str, str]]:
    """Return the demo's own texts in every language."""
    return {locale: demo_prompts(locale) for locale in LOCALES}
