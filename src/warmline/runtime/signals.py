"""What processes tell each other through NOTIFY: four channels and how their payloads are written."""

from uuid import UUID

import msgspec

CONTACT_CHANNEL = "warmline_contact"  # these contacts changed
SIGNAL_CHANNEL = "warmline_signal"  # a named signal
EPHEMERAL_CHANNEL = "warmline_ephemeral"  # typing, read
LANE_CHANNEL = "warmline_lane"  # these outbox lanes have work
PAYLOAD_LIMIT = 7_900  # bytes; the server refuses 8,000
EVERYTHING = "*"  # too much to name: read everything you follow again
IDS_A_PAYLOAD = 200


class Signal(msgspec.Struct, array_like=True, frozen=True):
    """A named signal of one tenant; `origin` is the sending process, which has heard it already."""

    origin: str
    tenant_id: str
    name: str
    payload: str


class Ephemeral(msgspec.Struct, array_like=True, frozen=True):
    """A message for those who follow a contact right now; never stored."""

    origin: str
    tenant_id: str
    contact_id: UUID
    message: dict[str, object]


_signal_decoder = msgspec.json.Decoder(Signal)
_ephemeral_decoder = msgspec.json.Decoder(Ephemeral)
_encode = msgspec.json.Encoder().encode


class TooLong(ValueError):
    """A payload does not fit into one notification."""


def _checked(payload: bytes) -> str:
    if len(payload) > PAYLOAD_LIMIT:
        raise TooLong(
            f"A notification holds {PAYLOAD_LIMIT} bytes; this one has {len(payload)}. Send a reference."
        )
    return payload.decode()


def encode_signal(origin: str, tenant_id: str, name: str, payload: str) -> str:
    """Return the text of a signal. Raises TooLong."""
    return _checked(_encode(Signal(origin, tenant_id, name, payload)))


def decode_signal(text: str) -> Signal:
    """Read a signal. Raises msgspec.DecodeError."""
    return _signal_decoder.decode(text)


def encode_ephemeral(origin: str, tenant_id: str, contact_id: UUID, message: dict[str, object]) -> str:
    """Return the text of an ephemeral message. Raises TooLong."""
    return _checked(_encode(Ephemeral(origin, tenant_id, contact_id, message)))


def decode_ephemeral(text: str) -> Ephemeral:
    """Read an ephemeral message. Raises msgspec.DecodeError."""
    return _ephemeral_decoder.decode(text)


def encode_contacts(origin: str, tenant_id: str, contact_ids: list[UUID]) -> str:
    """Return the text that names changed contacts, or `*` when they are too many for one notification."""
    if len(contact_ids) > IDS_A_PAYLOAD:
        return f"{origin} {tenant_id} {EVERYTHING}"
    return f"{origin} {tenant_id} " + ",".join(one.hex for one in contact_ids)


def decode_contacts(text: str) -> tuple[str, str, list[UUID] | None]:
    """Read origin, tenant and contacts; None means all of that tenant."""
    origin, tenant_id, ids = text.split(" ", 2)
    return origin, tenant_id, None if ids == EVERYTHING else [UUID(hex=one) for one in ids.split(",")]
