"""The live map of a journey and the way of cases over HTTP."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from warmline.features.security.access import require
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.watch.flow import read_flow
from warmline.features.watch.maps import Maps
from warmline.features.watch.pulse import Pulse
from warmline.features.watch.store import What
from warmline.kernel.locale import Locale
from warmline.runtime.database import Database

Watcher = Annotated[Session, Depends(require("watch.read"))]
Helper = Annotated[Session, Depends(require("watch.contacts"))]
JourneyId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)]
First = Annotated[dt.date, Query(alias="from", description="First day, in the company's time zone")]
Last = Annotated[dt.date, Query(alias="to", description="Last day, included")]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only this version")]
Channel = Annotated[str | None, Query(max_length=40, pattern=r"^[^\x00]*$", description="Only this channel")]
InLocale = Annotated[Locale | None, Query(description="Only in this language")]
Place = Annotated[str | None, Query(max_length=400, pattern=r"^[^\x00]*$", description="A block or step")]
Which = Annotated[
    str | None,
    Query(max_length=500, pattern=r"^[^\x00]*$", description="`way`: the place before; `left`, `end`: how"),
]


class SpotDoc(BaseModel):
    """What happened at a block or step; see `Spot`."""

    path: str
    entered: int
    contacts: int
    repeated: int
    now: int
    left: int
    dropped: int
    stays: int
    median_s: float | None
    p90_s: float | None


class CallDoc(BaseModel):
    """A step that calls a module, and how long contacts were in it; see `Call`."""

    path: str
    module: str
    times: int
    contacts: int
    stays: int
    median_s: float | None
    p90_s: float | None


class WayDoc(BaseModel):
    """How often contacts went from a place to the next; `from_path` null: they began here."""

    from_path: str | None
    path: str
    times: int


class OnwardDoc(BaseModel):
    """How often contacts went on into another journey."""

    path: str
    journey_id: str
    times: int


class ExitDoc(BaseModel):
    """How often contacts left the journeys at a place, and how."""

    path: str
    how: str
    times: int


class EndDoc(BaseModel):
    """How self-service ended; `under_way`: it has not."""

    how: str
    contacts: int


class SeenDoc(BaseModel):
    """What can be chosen of: a version on a channel in a language, and how many contacts walked it."""

    version: int
    channel: str
    locale: str
    contacts: int


class MapDoc(BaseModel):
    """A journey as it was walked; `ends` add up to `contacts`."""

    journey_id: str
    first: dt.date
    last: dt.date
    time_zone: str
    asked_at: dt.datetime
    contacts: int
    begun: int
    now: int
    containment: float | None
    ends: list[EndDoc]
    places: list[SpotDoc]
    calls: list[CallDoc]
    ways: list[WayDoc]
    onward: list[OnwardDoc]
    exits: list[ExitDoc]
    seen: list[SeenDoc]


class BehindDoc(BaseModel):
    """One contact behind a number."""

    contact_id: UUID
    customer_id: UUID
    channel: str
    locale: str
    status: str
    intent: str | None
    opened_at: dt.datetime
    at: dt.datetime
    times: int


class BehindsDoc(BaseModel):
    """The contacts behind a number, the latest first; `next` is the `offset` of the next page."""

    items: list[BehindDoc]
    next: int | None


class PulseDoc(BaseModel):
    """When something moved in the journeys last, in milliseconds since 1970; 0: not since the server began."""

    at_ms: int


class NodeDoc(BaseModel):
    """A box; `stage` null: an end, at the right."""

    id: str
    stage: int | None
    kind: str
    key: str
    name: dict[str, str] | None
    cases: int


class LinkDoc(BaseModel):
    """A band between two boxes."""

    source: str
    target: str
    cases: int


class SwitchDoc(BaseModel):
    """Cases that changed the channel on their way."""

    from_channel: str
    to_channel: str
    cases: int


class FlowDoc(BaseModel):
    """The way of all cases that began in a period."""

    first: dt.date
    last: dt.date
    time_zone: str
    cases: int
    switched: int
    nodes: list[NodeDoc]
    links: list[LinkDoc]
    switches: list[SwitchDoc]


def router(database: Database, pulse: Pulse) -> APIRouter:
    """Return the routes under `/api` for watching journeys."""
    api = APIRouter(responses=PROBLEMS, tags=["watch"])
    maps = Maps(database)

    @api.get("/journeys/{journey_id}/map")
    async def journey_map(
        journey_id: JourneyId, session: Watcher, first: First, last: Last, version: Version = None,
        channel: Channel = None, locale: InLocale = None,
    ) -> MapDoc:  # fmt: skip
        """Return what happened at each place of a journey in a period, and who is there now."""
        told = await maps.map(session.identity.tenant_id, journey_id, first, last, version, channel, locale)
        return MapDoc.model_validate(msgspec.to_builtins(told))

    @api.get("/journeys/{journey_id}/map/contacts")
    async def journey_map_contacts(
        journey_id: JourneyId, session: Helper, first: First, last: Last, what: What, path: Place = None,
        which: Which = None, version: Version = None, channel: Channel = None, locale: InLocale = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    ) -> BehindsDoc:  # fmt: skip
        """Return the contacts that a number of the map counts."""
        found = await maps.contacts(
            session.identity.tenant_id, journey_id, first, last, what, path, which, version, channel, locale,
            limit=limit, offset=offset,
        )  # fmt: skip
        items = [BehindDoc.model_validate(msgspec.to_builtins(one)) for one in found]
        return BehindsDoc(items=items, next=offset + limit if len(found) == limit else None)

    @api.get("/watch/pulse")
    async def watch_pulse(session: Watcher) -> PulseDoc:
        """Return when something moved last: a map read before that is worth reading again."""
        return PulseDoc(at_ms=pulse.at_ms(session.identity.tenant_id))

    @api.get("/watch/flow")
    async def watch_flow(session: Watcher, first: First, last: Last) -> FlowDoc:
        """Return the way of cases across channels, journeys, queues and people, as boxes and bands."""
        return FlowDoc.model_validate(
            msgspec.to_builtins(await read_flow(database, session.identity.tenant_id, first, last))
        )

    return api
