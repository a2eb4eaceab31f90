"""Which of two versions a contact gets: drawn by lot, and always the same lot for the same contact."""

import hashlib
from typing import Literal
from uuid import UUID

from msgspec import Struct

Arm = Literal["a", "b"]
_LOTS = 2**64


class Split(Struct, frozen=True):
    """Two versions of a journey that share its contacts. `share`: of them get version b, 0 to 1."""

    id: UUID
    journey_id: str
    version_a: int
    version_b: int
    share: float

    def version_of(self, contact_id: UUID) -> int:
        """Return the version this contact gets, however often it is asked."""
        return self.version_b if arm_of(self.id, contact_id, self.share) == "b" else self.version_a


def arm_of(split_id: UUID, contact_id: UUID, share: float) -> Arm:
    """Return the lot of a contact. Another split draws anew, so nobody is in version b of everything."""
    digest = hashlib.sha256(split_id.bytes + contact_id.bytes).digest()
    return "b" if int.from_bytes(digest[:8], "big") < share * _LOTS else "a"
