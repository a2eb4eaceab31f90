"""Addresses of opened recordings."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from warmline.features.telephony.links import Links
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.runtime.clock import utc_now
from warmline.runtime.keyring import Keyring


async def test_a_link_is_good_for_one_person_one_recording_and_a_quarter_of_an_hour(keyring: Keyring) -> None:
    await keyring.warm("onda", ())
    await keyring.warm("rival", ())
    links, recording, agent, now = Links(keyring), new_id(), new_id(), utc_now()
    query = parse_qs(urlsplit(links.url("onda", recording, agent, now)).query)
    until, signature = int(query["until"][0]), query["sig"][0]
    links.check("onda", recording, agent, until, signature, now + timedelta(minutes=14))
    misuses = [
        ("onda", recording, agent, until, signature, now + timedelta(minutes=16)),
        ("onda", recording, new_id(), until, signature, now),
        ("onda", new_id(), agent, until, signature, now),
        ("rival", recording, agent, until, signature, now),
        ("onda", recording, agent, until + 3600, signature, now),
        ("onda", recording, agent, until, signature[:-1] + "é", now),
    ]
    for misuse in misuses:
        with pytest.raises(Refused) as refusal:
            links.check(*misuse)
        assert refusal.value.code == "telephony.link_expired"
