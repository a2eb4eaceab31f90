"""How often help pages were seen and helped: numbers of a day, of nobody."""

from sqlalchemy import Column, Date, Integer, Text

from warmline.runtime.schema.base import tenant_table

HELP_COUNT = tenant_table(
    "help_count",
    Column("journey_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("day", Date, primary_key=True),  # in the company's time zone
    Column("locale", Text, primary_key=True),
    Column("what", Text, primary_key=True),  # seen, finished, helped, not_helped, to_people
    Column("times", Integer, nullable=False),
)
