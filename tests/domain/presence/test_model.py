"""Who may be offered a contact, and whom a waiting customer may count on."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from warmline.domain.presence.model import Presence, Status

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "reason", "then", "routable", "on_shift"),
    [
        (Status.AVAILABLE, None, None, True, True),
        (Status.AVAILABLE, None, Status.AWAY, False, True),
        (Status.AVAILABLE, None, Status.OFFLINE, False, False),
        (Status.AWAY, "lunch", None, False, True),
        (Status.AWAY, "no_answer", None, False, False),
        (Status.AWAY, "finishing", Status.OFFLINE, False, False),
        (Status.OFFLINE, None, None, False, False),
        (Status.OFFLINE, "desk_lost", Status.AVAILABLE, False, False),
    ],
)
def test_only_the_available_are_offered_and_only_those_who_return_count_as_staff(
    status, reason, then, routable, on_shift
):
    mina = Presence(UUID(int=1), status, NINE, NINE, reason, next_status=then)
    assert (mina.routable, mina.on_shift) == (routable, on_shift)
