"""The tables, as SQLAlchemy Core. Migrations are tested against these; hot SQL is written by hand."""

from warmline.runtime.schema import (
    contacts,
    customers,
    drafts,
    guides,
    help,
    journey_cases,
    people,
    reasons,
    settings,
    staffing,
    telephony,
    twin,
    watch,
)
from warmline.runtime.schema.base import METADATA, TENANT_TABLES

__all__ = [
    "METADATA",
    "TENANT_TABLES",
    "contacts",
    "customers",
    "drafts",
    "guides",
    "help",
    "journey_cases",
    "people",
    "reasons",
    "settings",
    "staffing",
    "telephony",
    "twin",
    "watch",
]
