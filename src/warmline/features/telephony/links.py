"""Addresses of opened recordings: for one person, one recording, a quarter of an hour."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from warmline.kernel.errors import Refused, declare
from warmline.runtime.keyring import Keyring

VALID = timedelta(minutes=15)
EXPIRED = declare(
    "telephony.link_expired",
    410,
    "This link to a recording is no longer valid.",
    "Open the recording again from its contact.",
)


class Links:
    """Signs and checks them with the company's own key; its owner must be signed in as well."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def url(self, tenant_id: str, recording_id: UUID, agent_id: UUID, now: datetime) -> str:
        """Return where the audio is for this person until `VALID` from now. Raises ColdKey."""
        until = int((now + VALID).timestamp())
        signature = self._sign(tenant_id, recording_id, agent_id, until)
        return f"/api/recordings/{recording_id}/audio?until={until}&sig={signature}"

    def check(
        self, tenant_id: str, recording_id: UUID, agent_id: UUID, until: int, signature: str, now: datetime
    ) -> None:
        """Raise Refused `telephony.link_expired` unless this person opened this recording lately."""
        expected = self._sign(tenant_id, recording_id, agent_id, until)
        if not hmac.compare_digest(expected.encode(), signature.encode()) or now.timestamp() > until:
            raise Refused(EXPIRED)

    def _sign(self, tenant_id: str, recording_id: UUID, agent_id: UUID, until: int) -> str:
        text = f"{recording_id}|{agent_id}|{until}"
        return self._keyring.blind_index(tenant_id, "recording-link", text).hex()
