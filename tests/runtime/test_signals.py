"""What processes tell each other reads back as it was said, and fits into one notification."""

import pytest

from warmline.kernel.ids import new_id
from warmline.runtime.signals import (
    PAYLOAD_LIMIT,
    TooLong,
    decode_contacts,
    decode_ephemeral,
    decode_signal,
    encode_contacts,
    encode_ephemeral,
    encode_signal,
)


def test_signals_and_typing_read_back() -> None:
    signal = decode_signal(encode_signal("me", "onda", "settings", "대기열"))
    assert (signal.origin, signal.tenant_id, signal.name, signal.payload) == ("me", "onda", "settings", "대기열")
    contact_id = new_id()
    typing = decode_ephemeral(encode_ephemeral("me", "onda", contact_id, {"t": "typing", "on": True}))
    assert (typing.contact_id, typing.message) == (contact_id, {"t": "typing", "on": True})


def test_many_contacts_fit_and_too_many_become_everything() -> None:
    ids = [new_id() for _ in range(200)]
    text = encode_contacts("0" * 12, "a-rather-long-tenant-name", ids)
    assert len(text.encode()) < PAYLOAD_LIMIT
    assert decode_contacts(text)[2] == ids
    assert decode_contacts(encode_contacts("me", "onda", [*ids, new_id()])) == ("me", "onda", None)


def test_what_does_not_fit_is_refused_where_it_is_said() -> None:
    with pytest.raises(TooLong):
        encode_signal("me", "onda", "settings", "x" * 8000)
    with pytest.raises(TooLong):
        encode_ephemeral("me", "onda", new_id(), {"text": "가" * 3000})
