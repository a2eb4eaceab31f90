"""What calls need of the house: who answers a number, contacts, rows, recordings, and the way to a call."""

import base64
import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from warmline.domain.contact.events_voice import Direction
from warmline.domain.contact.model import Contact
from warmline.kernel.errors import declare
from warmline.kernel.locale import Locale
from warmline.ports.chat import Contacts
from warmline.ports.media import LegWish

VOICE_SIGNAL = "voice"  # to a call or a node
SOFTPHONE_SIGNAL = "softphone"  # back to desks and pages
SDP_AT_MOST = 32_768  # bytes

NOT_RUNNING = declare(
    "call.not_running", 409, "This call is over.", "Look at the contact: it says how it went on."
)
NO_NODE = declare(
    "call.no_node", 503, "Calls are not possible right now.", "Try again in a moment, or write instead."
)
NOT_YOURS = declare(
    "call.not_yours", 403, "This is not your call.", "Accept it first, or listen to it as a supervisor."
)

Purpose = Literal["agent", "callback", "transfer"]


class Dialled(Struct, frozen=True):
    """Who answers a number. `recorded`: calls are recorded, and callers are told so."""

    tenant_id: str
    journey_id: str
    locale: Locale
    number_id: str = ""
    recorded: bool = False


class Opening(Struct, frozen=True, omit_defaults=True):
    """A contact for a call. `key` makes opening it twice open it once; with `agent_id` somebody here dials."""

    tenant_id: str
    key: UUID
    journey_id: str
    locale: Locale
    number: str | None = None
    called: str = ""
    agent_id: UUID | None = None
    agent_name: str = ""
    customer_id: UUID | None = None


class NumberPlan(Protocol):
    """Which number means what."""

    def route(self, tenant_id: str, trunk: str | None, called: str) -> Dialled | None: ...

    def phone_of(self, tenant_id: str, agent_id: UUID) -> str | None:
        """Return the id of the desk phone that stands in for an agent's browser."""
        ...

    def agent_of(self, tenant_id: str, phone: str) -> UUID | None:
        """Return on whose desk a phone stands."""
        ...

    def audio(self, tenant_id: str, trunk: str | None) -> LegWish:
        """Return what audio on a line must be; without one, on whichever line a call of ours will leave."""
        ...

    def outbound(self, tenant_id: str) -> Dialled:
        """Return what calls we make belong to: journey, language, whether they are recorded."""
        ...


class CallContacts(Contacts, Protocol):
    """Contacts as calls need them."""

    async def open_call(self, opening: Opening) -> Contact:
        """Open a contact for a call; the same key again returns the same one."""
        ...

    async def name_of(self, tenant_id: str, agent_id: UUID | None) -> str:
        """Return the name of an agent whom a desk phone knows only by extension; empty when there is none."""
        ...


class CallRows(Protocol):
    """Running calls as others find them."""

    async def began(
        self, tenant_id: str, id: UUID, contact_id: UUID, node_id: str, direction: Direction, *,
        number_id: str | None = None, trunk_id: str | None = None,
    ) -> None: ...  # fmt: skip
    async def claim(self, tenant_id: str, id: UUID, contact_id: UUID, node_id: str) -> bool:
        """Write the row of a call we are about to make, unless the contact has a running one; then False."""
        ...

    async def answered(self, tenant_id: str, id: UUID) -> None: ...
    async def over(
        self, tenant_id: str, id: UUID, outcome: str, *, mos: float | None, lost_share: float | None,
        jitter_ms: float | None,
    ) -> None: ...  # fmt: skip
    async def stranded(self) -> list[tuple[str, UUID, UUID]]:
        """Return (tenant, call, contact) of calls whose node is gone."""
        ...

    async def running(self, node_id: str) -> list[tuple[str, UUID, UUID]]:
        """Return (tenant, call, contact) of calls that a node has begun and not ended, as their rows say."""
        ...

    async def callless(self) -> list[tuple[str, UUID, bool]]:
        """Return (tenant, contact, whether it ever had one) of open telephone contacts without a running call."""
        ...

    async def beat(self, node_id: str, started_at: datetime, *, draining: bool, calls: int) -> None: ...
    async def leave(self, node_id: str) -> None: ...


class RecordingPlace(Protocol):
    """Where a recording goes, and its key."""

    @property
    def id(self) -> UUID: ...
    @property
    def path(self) -> Path: ...
    @property
    def key(self) -> bytes: ...


class RecordingRows(Protocol):
    """Recordings as others find them."""

    async def begin(
        self, tenant_id: str, contact_id: UUID, customer_id: UUID, what: Literal["call", "voicemail"]
    ) -> RecordingPlace: ...
    async def finished(self, tenant_id: str, id: UUID, duration_ms: int, size_bytes: int) -> None: ...


class OutboundPass(Protocol):
    """Leave to make one call."""

    @property
    def number(self) -> str: ...


class OutboundGate(Protocol):
    """Every call to the outside passes here."""

    async def number(self, tenant_id: str, dialled: str) -> str:
        """Return what was dialled as E.164, national forms as the company reads them; nothing is allowed by that.

        Raises Refused (`outbound.emergency`, `outbound.not_a_number`).
        """
        ...

    async def permitted(self, tenant_id: str, dialled: str) -> str:
        """Return the number as E.164 if it may be called now, reserving nothing. Raises Refused (`outbound.…`)."""
        ...

    async def allow(self, tenant_id: str, dialled: str, purpose: Purpose, contact_id: UUID) -> OutboundPass:
        """Return the number as E.164. Raises Refused (`outbound.…`)."""
        ...

    async def settle(self, used: OutboundPass, seconds: float) -> None: ...


Heard = Callable[[str, Mapping[str, object]], Awaitable[Mapping[str, object]]]


def pack_sdp(sdp: str) -> str:
    """Return a session description small enough for a notification."""
    return base64.b64encode(zlib.compress(sdp.encode(), 9)).decode()


def unpack_sdp(packed: str) -> str:
    """Return what was packed. Raises ValueError for anything else, and for more than 32 kB."""
    try:
        opened = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), SDP_AT_MOST)
    except zlib.error as error:
        raise ValueError(f"not packed: {error}") from None
    return opened.decode()
