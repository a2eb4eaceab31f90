"""The tables, as SQLAlchemy Core. Migrations are tested against these; hot SQL is written by hand."""

from warmline.runtime.schema import contacts, customers, drafts, people, settings, staffing, telephony, twin
from warmline.runtime.schema.base import METADATA, TENANT_TABLES

__all__ = [
    "METADATA",
    "TENANT_TABLES",
    "contacts",
    "customers",
    "drafts",
    "people",
    "settings",
    "staffing",
    "telephony",
    "twin",
]
