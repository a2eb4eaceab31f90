"""What journeys did not understand over HTTP."""

import datetime as dt
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.watch.api import Channel, First, InLocale, Last, Version
from warmline.features.watch.unheard import Sought, read_unheard
from warmline.features.watch.unheard_retention import KEPT_DAYS
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

Listener = Annotated[Session, Depends(require("watch.words"))]
OfJourney = Annotated[
    str | None,
    Query(alias="journey", pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63, description="Only this journey"),
]
OfReason = Annotated[
    str | None,
    Query(alias="reason", pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$", max_length=63, description="Only this reason"),
]


class PhraseDoc(BaseModel):
    """Words in one language, without numbers and addresses; see `Phrase`."""

    text: str
    locale: str
    times: int
    contacts: int
    last_at: dt.datetime


class MisheardDoc(BaseModel):
    """A step and what it did not understand; see `Misheard`."""

    journey_id: str
    path: str
    version: int
    prompt: str | None
    no_match: int
    no_input: int
    contacts: int
    handed: int
    read: int
    others: int
    phrases: list[PhraseDoc]


class UnheardDoc(BaseModel):
    """What was not understood in a period; nothing is kept for longer than `kept_days`."""

    first: dt.date
    last: dt.date
    time_zone: str
    kept_days: int
    steps: list[MisheardDoc]


def router(database: Database, keyring: Keyring) -> APIRouter:
    """Return the route under `/api` for what was not understood."""
    api = APIRouter(responses=PROBLEMS, tags=["watch"])

    @api.get("/watch/unheard")
    async def watch_unheard(
        session: Listener, first: First, last: Last, journey: OfJourney = None, reason: OfReason = None,
        version: Version = None, channel: Channel = None, locale: InLocale = None,
    ) -> UnheardDoc:  # fmt: skip
        """Return where customers were not understood, and what they said there, without personal numbers."""
        sought = Sought(first, last, journey, reason, version, channel, locale)
        found = await read_unheard(database, keyring, session.identity.tenant_id, sought)
        return UnheardDoc.model_validate(msgspec.to_builtins(found) | {"kept_days": KEPT_DAYS})

    return api
